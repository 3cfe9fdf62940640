"""What the rules for who does what to whom are worth, against acts coded by hand.

    python benchmarks/agency.py [--show]

Two samples. The demo: every act that a reader found in it, coded before the rules and their lexicon
were written
(data/raw/demo/gold/agency.csv). General news: 40 passives and 40 nouns that the rules told without
a doer, drawn at
random from 1,200 articles of many outlets and read (benchmarks/agency-news.csv, places only): it
has precision, and
no recall. Writes data/lexicons/violence-measured.csv, which 03-framing shows.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from helpers import agency, engine, measure, terms
from helpers.study import root

GOLD = "data/raw/demo/gold/agency.csv"
NEWS = "benchmarks/agency-news.csv"
MEASURED = "data/lexicons/violence-measured.csv"
CODED = {"active": "active", "passive_by": "by", "noun_actor": "noun, doer named"}


def compared(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the acts that the rules find in the coded articles, each beside its gold form, and the
    gold."""
    tables = engine.open_ledger(folder / "data/raw/demo", [])
    lexicon = terms.load(folder / "data/lexicons/violence.yml")
    found = agency.acts_of(
        lexicon, tables.articles, tables.blocks, tables.sentences, tables.tokens, tables.voices
    )
    gold = pd.read_csv(folder / GOLD, keep_default_na=False).assign(
        form=lambda t: t["form"].replace(CODED)
    )
    found = found[found["article_id"] != "le-estoval-plan"]  # the same bytes as mw-corvesse-plan
    gold["row"] = gold.index
    pairs = found.merge(gold, on="article_id", how="left", suffixes=("", "_gold"))
    pairs = pairs[(pairs["start"] <= pairs["start_gold"]) & (pairs["start_gold"] < pairs["end"])]
    table = found.merge(
        pairs[["article_id", "start", "row", "form_gold", "actor_in_sentence"]],
        on=["article_id", "start"],
        how="left",
    )
    return table, gold


def scores(told: pd.Series, right: pd.Series, coded: pd.Series | None, sample: str) -> pd.DataFrame:
    """Give precision and recall of each form.

    told, right  by act of the rules: its form, and whether that is so
    coded        the forms in the gold; none: recall is not known
    """
    rows = []
    for form in (f for f in agency.FORMS if (told == f).any()):
        mine = right[told == form]
        low, high = measure.wilson(int(mine.sum()), len(mine))
        there = None if coded is None else int((coded == form).sum())
        recall = None if not there else mine.sum() / there
        rows.append(
            (
                sample,
                form,
                len(mine),
                int(mine.sum()),
                mine.mean(),
                float(low),
                float(high),
                there,
                recall,
            )
        )
    table = pd.DataFrame(
        rows,
        columns=["sample", "form", "told", "right", "precision", "from", "to", "coded", "recall"],
    )
    return table.astype({"coded": "Int64"}).round(3)


def measured(folder: Path) -> pd.DataFrame:
    """Give the scores of both samples."""
    table, gold = compared(folder)
    demo = scores(
        table["form"], table["form"] == table["form_gold"], gold["form"], "demo (news of a war)"
    )
    news = pd.read_csv(folder / NEWS)
    right = (news["violence"] == "yes") & (news["form_right"] == "yes")
    return pd.concat([demo, scores(news["form"], right, None, "general news")], ignore_index=True)


def main() -> None:
    """Print precision and recall of each form, and write them where the notebook reads them."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument(
        "--show", action="store_true", help="list what the rules and the coder tell differently"
    )
    options = asked.parse_args()
    found = measured(root())
    print(found.to_string(index=False))
    found.to_csv(root() / MEASURED, index=False, lineterminator="\n")
    if options.show:
        table, gold = compared(root())
        print(
            table.loc[
                table["form"] != table["form_gold"],
                ["article_id", "start", "entry", "form", "form_gold"],
            ].to_string()
        )
        print(
            gold.loc[
                ~gold["row"].isin(table["row"]), ["article_id", "start", "form", "text"]
            ].to_string()
        )


if __name__ == "__main__":
    main()
