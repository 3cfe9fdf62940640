"""Groups of lines that belong to other articles: boxes of links, teasers, the next article on the
page."""

from __future__ import annotations

from helpers.clean.lines import Line
from helpers.clean.run import MENU, worth

Verdict = tuple[str, str] | None
PROSE = 15  # words of a sentence that is a paragraph, not a link
SUMMARY = 60  # a teaser's summary has no more words
HEADLINE = 6  # words: shorter lines between paragraphs are subheads
ROWS = 3  # headline and one paragraph in turn, three times over: a list of teasers, not an article
BEGUN = 100  # words of prose after which another headline with byline or date is another article
LINKS = ("boilerplate", "related links")
TEASER = ("boilerplate", "teaser of another article")


def headline(row: Line) -> bool:
    """A line that reads as the headline of an article."""
    return not row.final and HEADLINE <= row.words <= 25 and not row.text.isupper()


def _paragraph(row: Line) -> bool:
    return row.final and row.words >= PROSE and row.lower >= 0.4 and not row.bullet


def mark(found: list[Line], ruled: list[Verdict]) -> tuple[list[float], list[bool]]:
    """Points and ends for the way through the lines; boxes of links are entered into `ruled`.

    found    the lines
    ruled    verdicts of the rules of single lines; changed in place
    returns  worth of each line inside the article, and whether it marks the article's end
    """
    points = [
        worth(row) if verdict is None else -0.5 for row, verdict in zip(found, ruled, strict=True)
    ]
    ends = [ending(verdict) for verdict in ruled]
    for at, verdict in enumerate(ruled):
        points[at] -= CLOSING.get(verdict[1], 0.0) if verdict else 0.0
    _continued(found, ruled, points)
    _links(found, ruled, points)
    _read_more(found, ruled, points)
    _lists(found, ruled, points)
    _next(found, ruled, points, ends)
    _short_runs(found, ruled, points, ends)
    return points, ends


def _continued(found: list[Line], ruled: list[Verdict], points: list[float]) -> None:
    """A line that goes on with a small letter where the line above stopped is one paragraph with
    it."""
    introduced = False
    for at in range(1, len(found)):
        above, row = found[at - 1], found[at]
        if (
            row.text[0].islower()
            and not above.final
            and above.words >= 5
            and ruled[at - 1] is None is ruled[at]
        ):
            points[at - 1] = max(points[at - 1], float(above.words))
            points[at] = max(points[at], float(row.words))
        # the items of a list that a sentence announces belong to the sentence
        introduced = row.bullet and (introduced or above.text[-1] == ":")
        if introduced and ruled[at] is None:
            points[at] = max(points[at], 0.5)


CLOSING = {
    "login or comment prompt": 30.0,
    "copyright": 60.0,
    "author note": 30.0,
    "related links": 5.0,
}
"""What an article pays to go on over such a line: boxes of links stand inside articles too."""

ENDS = frozenset(
    {
        "related links",
        "login or comment prompt",
        "copyright",
        "author note",
        "teaser of another article",
    }
)


def ending(verdict: Verdict) -> bool:
    """Whether a line is a mark of the article's end."""
    return verdict is not None and verdict[1] in ENDS


def _links(found: list[Line], ruled: list[Verdict], points: list[float]) -> None:
    """What follows "Related" or "Most read" belongs to it, down to the next paragraph."""
    open_box = False
    for at, row in enumerate(found):
        if ruled[at] is not None:
            # "Related: …" names its one link itself; the others head a list
            open_box = open_box or (ruled[at] == LINKS and row.words <= 8)
        elif open_box and (
            headline(row)
            or row.bullet
            or (row.text[-1] in "?!" and row.words <= 20 and not row.quoted)
        ):
            ruled[at], points[at] = LINKS, -MENU
        elif _paragraph(row):
            open_box = False


def _read_more(found: list[Line], ruled: list[Verdict], points: list[float]) -> None:
    """Headline, summary and "read more", where that comes at least twice."""
    marks = [at for at, verdict in enumerate(ruled) if verdict == TEASER]
    for at in marks if len(marks) > 1 else ():
        for line in _above(found, ruled, at):
            points[line] = -max(abs(points[line]), MENU)


def _above(found: list[Line], ruled: list[Verdict], at: int) -> range:
    """The lines of a teaser above its "read more": back to its headline, four unexplained lines at
    most."""
    seen = 0
    for up in range(at - 1, max(-1, at - 9), -1):
        if ruled[up] is not None:
            continue
        seen += 1
        if not found[up].final and 3 <= found[up].words <= 25:
            return range(up, at)
        if seen == 4:
            break
    return range(0)


def _lists(found: list[Line], ruled: list[Verdict], points: list[float]) -> None:
    """Headline and summary in turn, again and again."""
    group: list[int] = []
    rows = [at for at, verdict in enumerate(ruled) if verdict is None]
    at = 0
    while at < len(rows):
        pair = rows[at : at + 2]
        if len(pair) == 2 and headline(found[pair[0]]) and _summary(found[pair[1]]):
            group += pair
            at += 2
            continue
        _close(group, points)
        group = []
        at += 1
    _close(group, points)


def _summary(row: Line) -> bool:
    return 8 <= row.words <= SUMMARY and not headline(row) and not row.text.startswith(("“", '"'))


def _close(group: list[int], points: list[float]) -> None:
    if len(group) >= 2 * ROWS:
        for line in group:
            points[line] = -max(abs(points[line]) / 2, MENU)


def _next(found: list[Line], ruled: list[Verdict], points: list[float], ends: list[bool]) -> None:
    """A doubled headline below prose, or a headline with a byline or a date, begins another
    article."""
    prose, headed = 0.0, False
    for at in range(1, len(found)):
        prose += max(points[at - 1], 0.0)
        if prose < BEGUN:
            if not headed and begins(ruled[at]) and _headed(found, ruled, at):
                # so little prose above headline and byline is a banner or a caption
                points[: at - 2] = [min(value, 0.0) for value in points[: at - 2]]
                headed = True
            continue
        row, above = found[at], found[at - 1]
        doubled = headline(row) and row.low == above.low and ruled[at] is None
        if doubled or (begins(ruled[at]) and _headed(found, ruled, at)):
            ends[at - 1] = True
            points[at - 1] = min(points[at - 1], -10.0)


def begins(verdict: Verdict) -> bool:
    """Whether a line stands between headline and article: a byline or a date."""
    return verdict is not None and verdict[0] in ("byline", "dateline")


def _headed(found: list[Line], ruled: list[Verdict], at: int) -> bool:
    near = range(max(0, at - 2), at)
    return any(ruled[up] is None and headline(found[up]) for up in near)


def _short_runs(
    found: list[Line], ruled: list[Verdict], points: list[float], ends: list[bool]
) -> None:
    """Below a mark of the end, one or two paragraphs under a headline are a teaser and not the
    article going on."""
    prose, ended, headed = 0.0, False, False
    run: list[int] = []
    for at in range(len(found)):
        prose += max(points[at], 0.0)
        ended = ended or (ends[at] and prose >= BEGUN)
        if not ended:
            continue
        if points[at] > 0:
            run.append(at)
            continue
        _discount(run, headed, points)
        headed = (headed and not run) or (ruled[at] is None and headline(found[at]))
        run = []
    _discount(run, headed, points)


def _discount(run: list[int], headed: bool, points: list[float]) -> None:
    if headed and len(run) <= 2:
        for at in run:
            points[at] *= 0.2
