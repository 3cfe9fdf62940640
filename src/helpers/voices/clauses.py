"""Reporting clauses in one sentence: who says (source), by which words (cue), what (content).

Everything is a pattern over the tags of `words.Line`; see there for the letters. Places are word
indices.
"""

from __future__ import annotations

import re

from .cues import AHEAD, CUE, Cue, Span, cues, main
from .tails import NO_CLAUSE, TAIL, Said, accord, cleared, ended, opening, rest, stripped
from .verbs import reporting
from .words import Line

HEARER = re.compile(
    r"[yc][xgedM]{0,2}[xM](?=[fIT]|,?[qQU])|[DHyc]?[degrycNxCM]{0,6}[xNCM](?=T|I[^.,;:hbVP]{1,20}T)|[OP]|H(?![xNdegCM])|[DHyc]?[degrycN]*[xN](?:[fI][DHc]?[degxNC]*[xNC])?|[DH]?[Mx]*C+(?:M+C+)?(?:&?C+)*(?:M?[xN]+)?"
)
LATER = re.compile(
    r"(?:(?:t,)?[tC]d(?:,d)?,?)?(?:[Irtof][^.,:;TqQUPVvWwsbhG&-]{0,16})?(?:[,-][wWDxIegC][^.:;TqQU-]{0,30}[,-](?=[TqQU]))?(?=T|:|,?[qQU])"
)
TIMES = re.compile(r"(?:r|I?[Dr]?[dx]?t+d?)+")
START = re.compile(r"[PDHxNCMcydegTwWIqQUvbrsonf]")
VERBAL = re.compile(r".*?(?:[bhVvPGqQUT]|o[xvV])")
ANONYMITY = re.compile(r"ob[exVv]")  # asked not to be named
UNNAMED = frozenset({"named", "identified", "quoted"})
EMPTY = re.compile(r"[DPOrwn]{1,2}")  # "did not say which", "said so"
BREAK = re.compile(r"[,;-]")
VIEW = re.compile(r"I(?P<whose>c|[DH]|[Dxy]{1,3}(?<=y))(?P<word>[xN]),")
VIEWS = frozenset(
    {"view", "opinion", "words", "telling", "estimation", "reckoning", "judgement", "judgment"}
)
BESIDES = frozenset({"while", "although", "though", "whereas", "as"})
MODALS = frozenset({"would", "could", "will", "should", "might", "may", "must", "can"})
WHOLE = ("clause", "hearer", "belief")
CONTRASTS = ("object", "charge")


def reports(line: Line, start: int, end: int) -> list[Said]:
    """Attributions in words start to end (one sentence), in order of their cues."""
    tags = line.tags
    if tags[start] != "I" and tags[end - 1] != ":" and not CUE.search(tags, start, end):
        return []  # half of all sentences
    found = cues(line, start, end)
    said: list[Said] = []
    view = _view(line, start, end) if tags[start] == "I" else None
    if view:
        said.append(view)
    for place, cue in enumerate(found, 1):
        if any(c.source and c.source[0] < cue.at < c.source[1] for c in found[place:]):
            continue  # "a source speaking to the paper said"
        limit = _limit(line, found[place:], end, cue.end) if place < len(found) else end
        row = (
            accord(line, start, end, cue)
            if cue.takes == "according"
            else _content(line, start, limit, end, cue)
        )
        # "…," said Name, adding that …
        goes_on = tags[cue.at] == "G" and tags[cue.begins - 1] in ",qQ&"
        if row and row.source is None and said and goes_on:
            row = row._replace(source=said[-1].source)
        if row:
            said.append(row)
    if tags[end - 1] == ":" and end == len(tags) and not (said and not said[-1].contents):
        said.append(_announced(line, start, end, found))
    return said


def _view(line: Line, start: int, end: int) -> Said | None:
    """ "In his view, C", "In Name's words, C"."""
    found = VIEW.match(line.tags, start, end)
    if not found or line.low(found.start("word")) not in VIEWS or found.end() >= end:
        return None
    stretches = cleared(line.tags, [(found.end(), end)])
    return (
        Said(
            found.span("whose"), (start, found.end() - 1), stretches, "clause", "in somebody's view"
        )
        if stretches
        else None
    )


def _announced(line: Line, start: int, end: int, found: list[Cue]) -> Said:
    """A sentence that ends a block with a colon: what follows is said by its last reporting verb or
    its subject."""
    for cue in reversed(found):
        if cue.source and cue.takes in ("clause", "hearer"):
            return Said(cue.source, (cue.start, cue.end), (), cue.takes, "colon")
        source = _by(line, cue, end) if cue.takes == "according" else None
        if source:
            return Said(source, (cue.start, cue.end), (), "clause", "colon")
    return Said(main(line, start, end), (end - 1, end), (), "clause", "colon")


def _by(line: Line, cue: Cue, end: int) -> Span | None:
    """Who stands behind "according to"."""
    found = AHEAD.match(line.tags, cue.end, end)
    return found.span() if found else None


def _limit(line: Line, later: list[Cue], end: int, after: int) -> int:
    """Where the clause of a later cue cuts off the content of an earlier one."""
    tags = line.tags
    for cue in later:
        before = tags[cue.begins - 1]
        if before == "s" and cue.begins - 1 - after <= 1:
            continue  # "said even though it seems that …, the dam is safe"
        two = tags[max(cue.begins - 2, 0) : cue.begins - 1] == ","
        if cue.takes == "according" or tags[cue.at] == "G":
            if before == "," or (before == "s" and two):
                return cue.begins - (1 if before == "," else 2)
        elif (cue.takes in ("clause", "hearer") or _second(line, cue, before)) and _parts(
            line, cue, before
        ):
            return cue.begins - (2 if two and before != "," else 1)
    return end


def _second(line: Line, cue: Cue, before: str) -> bool:
    """Whether a verb without a subject of its own goes on from the one before: "… but refused to
    go"."""
    return (
        before == "&"
        and cue.begins == cue.start
        and line.tags[cue.at] == "V"
        and cue.takes != "object"
    )


def _parts(line: Line, cue: Cue, before: str) -> bool:
    """Whether a clause stands beside the one before it and not inside it."""
    if before == "s":
        return line.low(cue.begins - 1) in BESIDES
    return before in "&,;" and not (
        cue.begins == cue.start and MODALS.intersection(line.words(cue.start, cue.at))
    )


def _content(line: Line, start: int, limit: int, end: int, cue: Cue) -> Said | None:
    tags = line.tags
    if cue.passive:
        return _passive(line, start, limit, cue)
    at = _content_start(tags, cue, limit)
    if cue.takes in WHOLE:
        found = ended(line, (start, end), limit, cue, at)
        if found:
            return found
    if ANONYMITY.search(tags, at, min(at + 4, limit)) and UNNAMED & {
        word.lower() for word in line.words(at, at + 4)
    }:
        return None
    following = tags[at] if at < limit else ""
    if following and following in ",:" and at + 1 < limit:
        if following == "," and tags[at + 1] not in "qQU":
            return None
        at += 1
        following = tags[at]
    if (
        not following
        or not (START.match(following) or (following == "O" and cue.takes in CONTRASTS))
        or (following in "bWs" and cue.takes != "clause")
        or (following in "If" and cue.takes in WHOLE and not VERBAL.match(tags, at, limit))
    ):
        return None
    return _said(line, cue, at, limit)


def _content_start(tags: str, cue: Cue, limit: int) -> int:
    """Behind the hearer, the time and the place of a reporting verb."""
    at = cue.end
    if cue.takes == "hearer":
        hearer = HEARER.match(tags, at, limit)
        at = hearer.end() if hearer else at
    later = LATER.match(tags, at, limit) if cue.takes in WHOLE else None
    if later:
        return later.end()
    times = TIMES.match(tags, at, limit)
    return times.end() if times else at


def _said(line: Line, cue: Cue, at: int, limit: int) -> Said | None:
    """Content from `at` to the limit, without punctuation at its end."""
    stop = limit
    semicolon = line.tags.find(";", at, limit)
    if semicolon > 0 and line.tags[semicolon + 1 : semicolon + 2] != "T":
        stop = limit = semicolon
    if cue.takes in CONTRASTS:
        found = BREAK.search(line.tags, at, limit)
        stop = found.start() if found else limit
    beside = ASIDE_AFTER.finditer(line.tags, at + LEAST_CLAUSE, stop)
    for match in beside if cue.takes in WHOLE else ():
        if line.low(match.start() + 1) in BESIDE_WORDS:
            stop = match.start()
            break
    if line.tags[at] in "qQU" and AND_DID.match(line.tags, at + 1, stop):
        stop = at + 1  # "asked “…” and sat down"
    stop = stripped(line.tags, at, stop)
    if EMPTY.fullmatch(line.tags, at, stop):
        return None
    if stop <= at or (cue.takes in STRICT and not STRICT[cue.takes].match(line.tags, at, stop)):
        return None
    rule = _rule(line, cue, at, stop)
    if not rule:
        return None
    return Said(cue.source, (cue.start, cue.end), ((at, stop),), cue.takes, rule)


def _rule(line: Line, cue: Cue, at: int, stop: int) -> str:
    """By which rule words at to stop are what was said or thought; "" where they are not."""
    verb = lemma(line, cue)
    if cue.takes == "object" and line.tags[at] == "I" and line.low(at) not in TARGETS:
        return ""  # "lashed out on Twitter"
    if cue.takes not in STRICT and not says_something(line, verb, cue, at, stop):
        nothing = not cue.source or verb in NOTHING or cue.takes == "noun" or line.tags[at] == "T"
        return "" if nothing else NO_CLAUSE
    if _deed(line, verb, cue, at, stop):
        return NO_CLAUSE
    return "passive" if cue.passive else "verb before content"


TARGETS = frozenset({"about", "against", "at", "for", "with"})
"""Prepositions behind which an object stands: "railed against the bill"."""


def _deed(line: Line, verb: str, cue: Cue, at: int, stop: int) -> bool:
    """Whether a verb tells what somebody did in the outlet's words: "attacked what he had done",
    "showed a wish for peace", "wants to go"."""
    if QUOTED.search(line.tags, at, stop):
        return False
    if cue.takes == "wish":
        speech = reporting()[line.low(cue.at)].group in ("promising", "warning")
        return not speech or (line.tags[at] == "o" and not INFINITIVE.match(line.tags, at, stop))
    if cue.takes == "belief":
        return not cue.passive and not says_something(line, verb, cue, at, stop)
    return cue.takes == "object"


QUOTED = re.compile("[qQU]")
ASIDE_AFTER = re.compile(r",(?=rs[PDCHMxd]|g|G|s[PDCHMxd])")
BESIDE_WORDS = frozenset(
    {"even", "referring", "referencing", "citing", "following", "indicating", "though", "although"}
)
"""What begins the outlet's own words behind a report: "…, even as they left", "…, citing Orr"."""
AND_DID = re.compile(r"&r?[xeVvbh]")
RELATIVE = re.compile(r"T(?:[rn]*[hbVv]|x[Io])")  # "that would bring", "that range from"
INFINITIVE = re.compile(r"n?o[rn]*[xvVbhe](?![c])")
FOR_TO = re.compile(r"I[^,;:hb]{1,12}o[rn]*[xvVbh]")
DOING_IS = re.compile(r"[gG][^,;.hbo]{1,5}[hb]")  # "said leaving the town would harm it"
THEN = re.compile(r"s[^,]{2,60},[DHPCxM][^,]*?[hbVve]")
CONCEDING = frozenset({"though", "although", "while", "than", "unless"})
OF_DOING = re.compile(r"[fI](?:[HDcyCMxN]{1,4})?[rn]*[gG]")
DOING = re.compile(r"[rn]*[gG]")
# A subject and a finite verb: an auxiliary or a form of be, a pronoun or a name with a verb.
SENTENCE_LIKE = re.compile(
    r"(?:[^,;:.ofI-]|[ofI](?=[DHPCMxNcydgeO])){0,16}?(?:[bh]|(?<=[PCNxMdtO])r?[Vv]|(?<=P)r?[xe]"
    r"|(?<=[CN])r?e(?![xNCg]))"
)
SAYING = frozenset(
    [
        "say",
        "add",
        "argue",
        "claim",
        "insist",
        "note",
        "believe",
        "think",
        "suggest",
        "write",
        "contend",
        "assert",
        "allege",
        "conclude",
        "concede",
        "acknowledge",
        "admit",
        "maintain",
        "explain",
        "predict",
        "warn",
        "boast",
        "joke",
        "quip",
        "complain",
        "reply",
        "respond",
        "testify",
        "state",
        "stress",
        "reiterate",
        "caution",
        "tweet",
        "post",
        "concur",
        "affirm",
        "hint",
        "imply",
        "lament",
        "confirm",
        "remark",
        "observe",
    ]
)
"""Verbs after which a noun phrase nearly always begins a clause."""

ASKING = frozenset(
    [
        "ask",
        "urge",
        "order",
        "tell",
        "call",
        "demand",
        "promise",
        "vow",
        "pledge",
        "threaten",
        "agree",
        "offer",
        "swear",
        "propose",
        "warn",
        "request",
        "recommend",
        "instruct",
        "beg",
        "implore",
        "encourage",
        "advise",
        "challenge",
        "remind",
        "plead",
        "press",
        "push",
        "advocate",
    ]
)
"""Verbs after which an infinitive is what was said: "urged them to go", "threatened to go"."""

TOLD_OF = frozenset(["say", "report", "allege", "claim"])
"""Verbs whose passive with an infinitive says something: "is said to have gone"."""

NOTHING = frozenset(
    [
        "continue",
        "quote",
        "add",
        "respond",
        "point",
        "refer",
        "plead",
        "tell",
        "say",
        "sum",
        "read",
        "write",
    ]
)
"""Verbs that report neither speech nor attitude with an object or an infinitive."""

GERUND = frozenset(
    [
        "deny",
        "admit",
        "recall",
        "suggest",
        "recommend",
        "propose",
        "acknowledge",
        "describe",
        "advocate",
        "mention",
        "report",
        "accuse",
        "blame",
        "dismiss",
    ]
)


def lemma(line: Line, cue: Cue) -> str:
    """What a table calls the verb of a cue; "" for a noun."""
    verb = reporting().get(line.low(cue.at))
    return verb.lemma if verb else ""


def says_something(  # noqa: C901, PLR0911 — one kind of beginning after the other
    line: Line, verb: str, cue: Cue, at: int, stop: int
) -> bool:
    """Whether words at to stop can be what was said: a clause, an order, words in marks; no object
    ("condemned the attack"), no adverbial ("said in a statement"), no bare infinitive ("has
    continued to"), no relative clause ("made claims that range from")."""
    tags = line.tags
    if QUOTED.search(tags, at, stop):
        return True
    if verb == "quote":  # "quoted Peskov as saying": the second verb reports
        return False
    head = tags[at]
    if head == "T":
        return not RELATIVE.match(tags, at, stop) or (
            cue.takes == "clause" and verb in SAYING and tags[at + 1 : at + 2] in ("b", "h")
        )  # "says that wasn't the first time"
    if head == "w":
        return True
    if head == "o" or tags[at : at + 2] == "no":
        known = verb in (TOLD_OF if cue.passive else ASKING) or cue.takes == "hearer"
        return known and bool(INFINITIVE.match(tags, at, stop))
    if head in "If":
        if verb in ASKING and line.low(at) == "for" and FOR_TO.match(tags, at, stop):
            return True
        return verb in GERUND and bool(OF_DOING.match(tags, at, stop))
    if DOING.match(tags, at, stop):
        return verb in GERUND or (verb in SAYING and bool(DOING_IS.match(tags, at, stop)))
    if head == "s" and verb in SAYING and line.low(at) in CONCEDING:
        return bool(THEN.match(tags, at, stop))
    if head in "sbhVvo&":
        return False
    if SENTENCE_LIKE.match(tags, at, stop):
        return True
    return verb in SAYING and cue.takes == "clause" and stop - at >= LEAST_CLAUSE


LEAST_CLAUSE = 4
"""Words of a clause whose verb no tag shows."""

STRICT = {"belief": VERBAL, "wish": re.compile(r"[^,;]{0,12}?[oTqQU]")}
"""What the content must hold: "knows that it rains", not "knows the way"; "wants to go", not "a man
wanted here"."""


def _passive(line: Line, start: int, limit: int, cue: Cue) -> Said | None:
    """ "It was reported that …", "is expected to …": nobody says it, or whoever stands after
    "by"."""
    tags = line.tags
    at, source = cue.end, None
    if at < limit and line.low(at) == "by":
        agent = AHEAD.match(tags, at + 1, limit)
        if agent:
            source, at = agent.span(), agent.end()
    following = tags[at] if at < limit else ""
    if following and following in ("Tow" if source else "To"):
        return _said(line, cue._replace(source=source), at, limit)
    first = cue.begins - 1
    if (
        first > start
        and tags[first] == ","
        and tags[cue.begins] == "P"
        and TAIL.match(tags, at, limit)
    ):
        stretches = cleared(
            tags, [(opening(tags, start, first), first), *rest(tags, at, limit, False)]
        )
        return (
            Said(None, (cue.start, cue.end), stretches, cue.takes, "passive") if stretches else None
        )
    return None
