"""What hostile or damaged input may not do: hang, vanish, run, or end everything else."""

import csv
import datetime
import json
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import rendering
from helpers import corpus, engine, terms
from helpers.corpus import catalogue
from helpers.corpus import page as pages
from helpers.corpus.page import page
from helpers.corpus.rows import Unusable
from helpers.ledger import Ledger, harmless, unguarded
from helpers.render.page import ADDRESS
from helpers.show import reading
from helpers.show.html import Html
from helpers.study import StudyError, load
from helpers.study.parameters import inspected

PROSE = "The council of the town met on Monday and agreed to open the quay in the spring. " * 4


def test_a_page_of_many_open_elements_is_read_to_its_end():
    html = f"<html><body>{'<div>' * 400}<p>{PROSE}</p>{'</div>' * 400}<p>The end of it.</p></body>"
    found = page(html)
    assert "The end of it." in found.text and PROSE.strip()[:60] in found.text


def test_a_page_whose_style_is_over_ten_megabytes_is_read_to_its_end():
    style = "a{b:c}" * 1_900_000
    html = f"<html><head><style>{style}</style></head><body><p>{PROSE}</p></body></html>"
    assert PROSE.strip()[:60] in page(html).text


def test_what_no_parser_can_read_is_named_as_cut():
    html = f"<html><body><p>{PROSE}</p>{'<div>' * 3000}<p>Deep.</p></body></html>"
    try:
        found = page(html)
    except Unusable as error:
        assert "cannot be parsed as HTML" in error.reason
    else:
        assert "Deep." in found.text or any("could not be read" in note for note in found.notes)


def test_a_page_too_long_for_one_article_is_refused_before_trafilatura_is_asked(monkeypatch):
    monkeypatch.setattr(pages, "LONGEST", 1000)
    monkeypatch.setattr(pages, "_extract", lambda html: pytest.fail("trafilatura was asked"))
    with pytest.raises(Unusable, match=r"too long for one article \(1,000 at most\)"):
        page(f"<p>{PROSE * 4}</p>")


def test_line_breaks_without_end_are_read_as_a_hundred(monkeypatch):
    asked = []
    monkeypatch.setattr(pages, "_extract", lambda html: asked.append(html) or (None, ()))
    found = page(f"<body><p>{PROSE}</p>{'<br> <BR/>' * 5000}<p>The end of it.</p></body>")
    assert asked[0].lower().count("<br") == 100
    assert found.text.count("\n") < 110 and found.text.endswith("The end of it.\n")
    page(f"<body><p>{PROSE}</p>{'<br>' * 90}<p>The end of it.</p></body>")
    assert asked[1].count("<br") == 90


def test_of_a_page_with_very_many_tags_the_visible_text_is_read_and_trafilatura_not_asked(
    monkeypatch,
):
    monkeypatch.setattr(pages, "EXTRACTED", 100)
    monkeypatch.setattr(pages, "_extract", lambda html: pytest.fail("trafilatura was asked"))
    found = page(f"<body><p>{PROSE}</p>{'<i>x</i> ' * 100}<p>The end of it.</p></body>")
    assert found.notes == (pages.TOO_MANY,) and found.main == ()
    assert PROSE.strip() in found.text and "The end of it." in found.text


def test_a_page_of_more_tags_than_any_article_has_is_refused_by_their_number(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "LARGEST", 100)
    folder = rendering.corpus(tmp_path / "in", North__a=PROSE)
    (folder / "North/b.html").write_text(f"<p>{PROSE}</p>{'<i>x</i> ' * 100}", encoding="utf-8")
    _, refused = corpus.read(folder)
    assert refused.reason == "202 tags: too many for one article (100 at most)"


def test_a_text_too_long_for_one_article_is_refused_by_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "LONGEST", 1000)
    (tmp_path / "a.txt").write_text("word " * 300, encoding="utf-8")
    (tmp_path / "b.txt").write_text(PROSE, encoding="utf-8")
    rows = list(corpus.read(tmp_path))
    assert [type(row).__name__ for row in rows] == ["Failure", "Received"]
    assert "too long for one article (1,000 at most)" in rows[0].reason


def test_a_parquet_file_with_days_that_python_has_not_gives_an_empty_date_and_goes_on(tmp_path):
    table = pa.table(
        {
            "id": ["a", "b"],
            "text": [PROSE, PROSE + "More."],
            "date": pa.array([2**40, 0], pa.timestamp("s")),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    rows = list(corpus.read(tmp_path / "t.parquet"))
    assert [row.article.published for row in rows] == [None, datetime.date(1970, 1, 1)]
    assert any("published is no full date" in note for note in rows[0].notes)


def test_a_parquet_file_of_an_unknown_time_zone_is_read(tmp_path):
    days = pa.array([0], pa.timestamp("s", tz="Mars/Olympus"))
    table = pa.table({"id": ["a"], "text": [PROSE], "date": days})
    pq.write_table(table, tmp_path / "t.parquet")
    [row] = list(corpus.read(tmp_path / "t.parquet"))
    assert row.article.published is None and row.article.text == PROSE


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0b", "\x0c", "\x1c"])
def test_a_catalogue_cell_with_a_rare_line_break_is_one_cell(tmp_path, mark):
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    rows = [["source", "outlet", "title"], ["a.txt", "North", f"One{mark}two"]]
    with (tmp_path / catalogue.NAME).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    [row] = list(corpus.read(tmp_path))
    assert (row.article.outlet, row.article.title) == ("North", "One two")


def test_one_file_that_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path, monkeypatch):
    source = rendering.corpus(tmp_path / "in", North__a=PROSE, North__b=PROSE + "More.")
    sound = engine.keys.sha256

    def sha256(path):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return sound(path)

    monkeypatch.setattr("builtins.open", open)
    assert set(engine.keys.inputs([source])) == {"North/a.txt", "North/b.txt"}
    gone = tmp_path / "in/North/none.txt"
    assert engine.keys.sha256(gone).startswith("unreadable: ")
    assert sha256(source / "North/b.txt") == sound(source / "North/b.txt")


def test_an_entry_with_two_stars_to_each_of_several_words_is_refused_at_once():
    start = time.monotonic()
    with pytest.raises(terms.LexiconError, match=r"one \* to a word at most"):
        terms.build("own", {"a": ["a*b* c*d* e*f*"]})
    assert time.monotonic() - start < 1
    assert terms.build("own", {"a": ["a*b*", "c* d*"]}).groups


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He sent it to 0x742d35cc6634c0532925a3b844bc454e4438f44e, it said.", False),
        ("<matplotlib.axes.Axes object at 0x7f12ab34cd56>", True),
        ("ipykernel_123/4567.py", True),
    ],
)
def test_the_check_of_a_page_looks_at_what_python_wrote_and_not_at_what_an_article_says(
    text, found
):
    assert bool(ADDRESS.search(text)) is found


def test_two_cells_tagged_parameters_are_refused(tmp_path, root):
    notebook = json.loads((root / "notebooks/new-analysis.ipynb").read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if c["metadata"].get("tags") == ["parameters"])
    notebook["cells"].append({**cell, "id": "again"})
    path = tmp_path / "twice.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(StudyError, match="2 cells are tagged parameters"):
        inspected(path)


def test_a_study_whose_corpus_is_empty_is_refused(tmp_path):
    (tmp_path / "study.yml").write_text(
        "title: T\ncorpus: ''\nreports:\n  - notebook: 01-clean\n", encoding="utf-8"
    )
    with pytest.raises(StudyError, match="title and corpus must say something"):
        load(tmp_path / "study.yml")


def test_a_name_is_escaped_once_in_an_article_to_read(tmp_path):
    cells = f"a,{PROSE.replace(',', '')},Kyiv's choice,https://example.org/a"
    rows = f"id,text,title,url\n{cells}\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    tables = Ledger(engine.annotate([tmp_path / "t.csv"], [], tmp_path / "out").folder)
    shown = reading.article(tables, "a").markup
    assert "Kyiv&#x27;s choice" in shown and "&amp;#x27;" not in shown


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-x", "@a", "＝1", "＋1", "－1", "＠a", "plain", "'tis"]
)
def test_a_cell_goes_out_harmless_and_comes_back_as_it_was(cell):
    assert unguarded(harmless(cell)) == cell
    assert not str(harmless(cell)).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_accepted_entries_are_no_formulas_in_the_file_and_entries_when_read(tmp_path):
    sheet = tmp_path / "sheet.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["entry", "category"], ["quay", harmless("=places")]])
    made = terms.accept(sheet, tmp_path / "own.csv")
    assert [category for category, _ in made.entries] == ["=places"]
    assert "'=places" in (tmp_path / "own.csv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("restored")
    text = f"The quay was shut on Monday. {PROSE}"
    source = rendering.corpus(folder / "in", North__a=text, South__b=f"{PROSE} It rained.")
    study = f"title: T\ncorpus: {source}\nreports:\n  - notebook: 01-clean\n"
    file = rendering.study(folder / "study", study)
    assert rendering.framing("report", file).returncode == 0
    return file


@pytest.mark.parametrize("harm", ["cut", "gone", "table gone", "table cut", "state cut"])
def test_what_was_cut_or_deleted_of_a_report_is_made_again(rendered, root, harm):
    page = rendered.parent / "01-clean.html"
    table = rendered.parent / "tables/01-clean.outlets.csv"
    before = page.read_bytes(), table.read_bytes()
    states = [p for p in (root / "data/processed/.pages").glob("study-*.json")]
    if harm == "cut":
        page.write_bytes(before[0][:1000])
    elif harm == "gone":
        page.unlink()
    elif harm == "table gone":
        table.unlink()
    elif harm == "table cut":
        table.write_bytes(b"")
    else:
        for state in states:
            state.write_text("{", encoding="utf-8")
    done = rendering.framing("report", rendered)
    assert done.returncode == 0 and "rendering 01-clean" in done.stderr, done.stderr
    assert (page.read_bytes(), table.read_bytes()) == before
    again = rendering.framing("report", rendered)
    assert again.returncode == 0 and "rendering" not in again.stderr


def test_a_study_of_aliases_inside_aliases_is_refused_at_once(tmp_path):
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for name, before in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    bomb = "\n".join(f"      {line}" for line in lines)
    text = (
        "title: T\ncorpus: data/raw/demo\nreports:\n  - notebook: 01-clean\n    parameters:\n"
        f"{bomb}\n      outlets: *i\n"
    )
    (tmp_path / "study.yml").write_text(text, encoding="utf-8")
    start = time.monotonic()
    with pytest.raises(StudyError, match="unfolds to more than 10,000 values"):
        load(tmp_path / "study.yml")
    assert time.monotonic() - start < 5


def test_money_is_no_formula_in_jupyterlab(monkeypatch):
    monkeypatch.delenv("FRAMING_TABLES", raising=False)
    shown = Html("<p>$5 million this year and $7 million</p>", "")._repr_mimebundle_()
    assert shown["text/html"].startswith('<div class="tex2jax_ignore mathjax_ignore"><p>$5')
    assert Html("<p>five</p>", "")._repr_mimebundle_()["text/html"] == "<p>five</p>"


def test_a_run_says_what_it_did_and_escapes_names(tmp_path):
    folder = tmp_path / "corpus" / "Post"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("The council met on Monday and said no to the plan.\n" * 2)
    (folder / "b.txt").write_text("Die Regierung hat das Angebot am Dienstag abgelehnt, sagte er.")
    (folder / "x\x1b[31m.doc").write_text("x")
    done = rendering.framing("annotate", folder.parent, "--out", tmp_path / "out")
    assert done.returncode == 0
    line = "articles: 2 read, 0 failed, 1 skipped, 0 cut whole, 0 without outlet, 2 without date, 1"
    assert f"{line} in another language" in done.stderr
    assert "\x1b" not in done.stderr and "\\x1b[31m.doc" in done.stderr


def test_a_figure_that_somebody_put_beside_a_report_stays_and_an_old_one_of_ours_goes(tmp_path):
    text = "title: T\ncorpus: data/raw/demo\nreports:\n  - notebook: new-analysis\n"
    study = rendering.study(tmp_path / "own", text)
    assert rendering.framing("report", study).returncode == 0
    figures = study.parent / "figures"
    [ours] = figures.glob("new-analysis.ceasefire-attack-in-the-outlets-own-voice.pdf")
    mine = figures / "new-analysis.mine.png"
    mine.write_bytes(b"mine")
    done = rendering.framing("report", study, "--set", "terms=war")
    assert done.returncode == 0, done.stderr
    assert mine.read_bytes() == b"mine" and not ours.exists()
    assert list(figures.glob("new-analysis.war-in-the-outlets-own-voice.pdf"))
