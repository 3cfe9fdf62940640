"""A ledger read a partition at a time: only what was asked for is read, and whatever the cut, the
counts are the same."""

import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from pandas.testing import assert_frame_equal

import rendering
from helpers import agency, engine, ledger, measure, story
from helpers import terms as lexicon
from helpers.ledger import OWN, Ledger, lazy
from helpers.study import root
from ledgers import put

USED = ("articles", "blocks", "sentences", "tokens", "voices", "failures", "hits")
LEXICONS = ["data/lexicons/loaded-terms.yml", "data/lexicons/frames.yml"]
TARGETS = ["ceasefire", "war", "Drosan"]


@pytest.fixture(scope="module")
def whole():
    """The demo's ledger, in single files."""
    return engine.open_ledger("data/raw/demo", [root() / name for name in LEXICONS])


def cut(whole: Ledger, folder, places: dict[str, int]) -> Ledger:
    """Put a ledger's articles into partitions: the number of each article's partition is given."""
    for table in USED:
        rows = ds.dataset(
            [str(p) for p in ledger.parts(whole.folder, table)], schema=ledger.schema(table)
        ).to_table()
        number = pd.Series(rows["article_id"].to_pylist()).map(places)
        (folder / table).mkdir(parents=True, exist_ok=True)
        for old in (folder / table).glob("*.parquet"):
            old.unlink()
        for part in sorted(set(places.values())):
            pq.write_table(
                rows.filter((number == part).to_numpy()), folder / table / f"part-{part:06}.parquet"
            )
    return Ledger(folder)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    assert_frame_equal(one.reset_index(drop=True), other.reset_index(drop=True), check_dtype=False)


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_cut_into_partitions_gives_what_one_pass_gives(whole, tmp_path, data):
    ids = list(whole.articles["article_id"])
    parts = cut(whole, tmp_path, {a: data.draw(st.integers(0, 4), label=a) for a in ids})
    articles = whole.articles.iloc[
        data.draw(st.permutations(range(len(ids))))[: data.draw(st.integers(2, len(ids)))]
    ]
    tokens = whole.tokens[whole.tokens["article_id"].isin(articles["article_id"])]
    tally = measure.tally(parts, articles, OWN)

    for every, voices in ((False, OWN), (True, None)):
        found, known = (
            tally.counts(articles, every=every),
            measure.term_counts(tokens, whole.voices, articles, voices),
        )
        assert (
            list(found.terms) == list(known.terms)
            and (found.words == known.words).all()
            and (found.matrix != known.matrix).nnz == 0
        )
    same(story.reprints(articles, parts), story.reprints(articles, tokens))
    assert lexicon.leave_out(articles, parts) == lexicon.leave_out(articles, tokens)


def test_terms_acts_and_company_are_the_same_from_partitions(whole, tmp_path):
    articles = whole.articles
    parts = cut(whole, tmp_path, {a: i % 3 for i, a in enumerate(articles["article_id"])})
    violence, targets = (
        lexicon.load(root() / "data/lexicons/violence.yml"),
        lexicon.targets(TARGETS),
    )
    scanned = agency.scan(parts, articles, [targets], violence)
    same(
        scanned.hits, lexicon.search(targets, articles, whole.blocks, whole.sentences, whole.voices)
    )
    same(
        scanned.acts,
        agency.acts_of(
            violence, articles, whole.blocks, whole.sentences, whole.tokens, whole.voices
        ),
    )

    own = whole.tokens[measure.spoken(whole.tokens, whole.voices)["voice"].isin(OWN).to_numpy()]
    nodes = scanned.hits[scanned.hits["voice"].isin(OWN)]
    found = measure.near(
        parts,
        measure.tally(parts, articles, OWN).counts(articles),
        nodes,
        OWN,
        [5, 2],
        TARGETS,
        leave_out=["the"],
    )
    for window, table in found.company.items():
        known = [
            measure.company(
                own, nodes[nodes["category"] == t], articles, window=window, leave_out=["the"]
            ).assign(target=t)
            for t in TARGETS
        ]
        same(table, pd.concat([k for k in known if len(k)]))
    around = pd.concat(
        [
            measure.around(own, nodes[nodes["category"] == t], window=5).assign(target=t)
            for t in sorted(TARGETS)
        ]
    )
    keys = ["target", "article_id", "start", "end"]
    assert set(found.around[keys].itertuples(index=False, name=None)) == set(
        around[keys].itertuples(index=False, name=None)
    )
    there = measure.places(parts, articles, ["ceasefire"], OWN)
    assert len(there) == (own["norm"] == "ceasefire").sum() > 0


def test_only_the_columns_and_partitions_asked_for_are_read(whole, tmp_path, monkeypatch):
    ids = list(whole.articles["article_id"])
    parts, opened = cut(whole, tmp_path, {a: i % 4 for i, a in enumerate(ids)}), []
    read = lazy.read
    assert len(parts.holds) == 4
    monkeypatch.setattr(
        lazy,
        "read",
        lambda place, columns, articles=None: (
            opened.append((place.parent.name, place.name, tuple(columns)))
            or read(place, columns, articles)
        ),
    )
    rows = [part.tokens for part in parts.each([ids[1], ids[5]], tokens=["article_id", "norm"])]
    assert opened == [("tokens", "part-000001.parquet", ("article_id", "norm"))]
    assert set(rows[0]["article_id"]) == {ids[1], ids[5]} and list(rows[0]) == [
        "article_id",
        "norm",
    ]
    same(parts.of([ids[2]], "blocks"), whole.blocks[whole.blocks["article_id"] == ids[2]])


def test_a_ledger_of_single_files_is_one_part(whole):
    (part,) = whole.each(tokens=["article_id", "start"], voices=["article_id"])
    assert len(part.tokens) == len(whole.tokens) and len(part.voices) == len(whole.voices)


def test_the_largest_outlets_are_compared_and_the_others_are_in_the_rest():
    articles = pd.DataFrame(
        {"article_id": list("abcdef"), "outlet": ["C", "B", "B", "A", "A", "D"]}
    )
    assert measure.largest(articles, 3) == ["A", "B", "C"]
    sides = measure.comparisons(articles, most=2)
    assert [side.name_a for side in sides] == ["A", "B"] and all(
        (side.a | side.b).all() for side in sides
    )


STUDY = """\
title: Partitions
corpus: {corpus}
lexicons: [data/lexicons/loaded-terms.yml, data/lexicons/frames.yml]
reports:
  - {{notebook: 02-loaded-terms, parameters: {{
      lexicons: [data/lexicons/loaded-terms.yml], draws: 200, most: 4}}}}
  - {{notebook: 03-framing, parameters: {{
      lexicons: [data/lexicons/frames.yml], draws: 200, most_outlets: 4}}}}
"""


def test_reports_of_a_partitioned_ledger_have_the_tables_of_a_single_one(whole, tmp_path):
    ids = list(whole.articles["article_id"])
    tables = {}
    for name, n in (("one", 1), ("four", 4)):
        parts = cut(
            whole, tmp_path / name / "ledger", {a: i * n // len(ids) for i, a in enumerate(ids)}
        )  # in order, as the engine does
        if n == 1:
            for table in USED:
                (parts.folder / table / "part-000000.parquet").rename(
                    parts.folder / f"{table}.parquet"
                )
                (parts.folder / table).rmdir()
        (parts.folder / ledger.KEY).write_text("{}")
        study = rendering.study(tmp_path / name / "study", STUDY.format(corpus=parts.folder))
        done = rendering.framing("report", study)
        assert done.returncode == 0, done.stderr
        tables[name] = {
            f.name: f.read_bytes() for f in sorted((study.parent / "tables").glob("*.csv"))
        }
    assert len(tables["one"]) > 20
    assert tables["one"] == tables["four"]
    shown, every = (
        html.fromstring((study.parent / "02-loaded-terms.html").read_text()),
        pd.read_csv(study.parent / "tables/02-loaded-terms.own-voice.csv"),
    )
    assert (
        len(shown.xpath("//table[@id='t-own-voice']/tbody/tr"))
        == 4
        < len(every)
        == whole.articles["outlet"].nunique()
    )
    assert f"the largest 4 of {len(every)} rows" in shown.text_content()


def test_a_column_that_may_have_no_value_gives_no_row(tmp_path):
    found = put(tmp_path, voices=[ledger.Voice("a", 0, 3, "narration", "")])
    assert found.read("voices", ["start"], ledger.among(voice=[])).empty
    assert found.read("voices", ["start"], ledger.among(voice=["narration"]))["start"].tolist() == [
        0
    ]
