"""Articles on one event: found by what they share, within days."""

import pandas as pd
import pytest

from helpers import story
from storytables import tables

DAY = pd.Timestamp("2031-03-04").date()
CRASH = (
    "Two trams met on Orrin Square on Monday, and 17 people were hurt, said Police Inspector Dorn"
    " Vasky. “Both drivers say that the light was green for them,” he told the Tramway Gazette in"
    " Port Lessing."
)
AGAIN = (
    "Seventeen were hurt when two trams met in Port Lessing, Inspector Vasky said on Orrin Square."
    " “Both drivers say that the light was green for them,” he said."
)
FAIR = (
    "The Spring Fair in Kelm opens with 40 stalls. Baker Ilse Brandt has won the prize of the Guild"
    " of Ovens for her rye bread."
)


def made(**dates):
    texts = {"a": f"Trams\n\n{CRASH}\n", "b": f"Crash\n\n{AGAIN}\n", "c": f"Fair\n\n{FAIR}\n"}
    return tables(
        texts,
        published={
            k: DAY if d == 0 else d and DAY + pd.Timedelta(days=d) for k, d in dates.items()
        },
    )


def found(t, **more):
    return story.events(t["articles"], t["tokens"], t["quotes"], **more)


def test_the_same_event_is_found_and_its_rule_names_what_is_shared():
    pairs = found(made(a=0, b=1, c=1))
    assert pairs[["a", "b"]].values.tolist() == [["a", "b"]]
    assert "both drivers say that" in pairs["rule"].iloc[0] and "17" in pairs["rule"].iloc[0]


@pytest.mark.parametrize("days, there", [(3, True), (2, False)])
def test_only_within_the_window(days, there):
    assert len(found(made(a=0, b=3, c=0), days=days)) == there


def test_an_article_without_a_date_is_compared_with_all():
    assert len(found(made(a=0, b=None, c=None))) == 1


def test_sets_are_as_large_as_the_event_and_hold_each_article_once():
    t = made(a=0, b=1, c=1)
    sets = story.sets(t["articles"], found(t))
    assert sets["article_id"].tolist() == ["a", "b"] and sets["set"].tolist() == [1, 1]


def test_most_articles_of_an_event_of_the_demo_are_found_together(root):
    from helpers.engine import open_ledger

    lexicons = [root / "data/lexicons/loaded-terms.yml", root / "data/lexicons/naming-demo.yml"]
    t = open_ledger(root / "data/raw/demo", lexicons)
    sets = story.sets(t.articles, story.events(t.articles, t.tokens, t.quotes)).set_index(
        "article_id"
    )["set"]
    gold = pd.read_csv(root / "data/raw/demo/gold/sets.csv")
    gold["found"] = gold["article_id"].map(sets)
    together = gold.groupby("set_id")["found"].agg(lambda found: found.value_counts().iloc[0])
    assert together.sum() / len(gold) >= 0.85
    assert gold.dropna().groupby("found")["set_id"].nunique().max() == 1  # no two events in one set


def test_the_order_of_the_tables_does_not_matter():
    t = made(a=0, b=1, c=1)
    turned = {**t, "articles": t["articles"].iloc[::-1]}
    pd.testing.assert_frame_equal(found(t), found(turned))
