"""Precision and recall of the forms of violence, against acts coded by hand in the demo corpus.

    python benchmarks/agency.py [--show]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from helpers import engine, measure, terms
from helpers.study import root

GOLD = "data/raw/demo/gold/agency.csv"
MEASURED = "data/lexicons/violence-measured.csv"
CODED = {"active": "active", "passive_by": "by", "noun_actor": "noun, doer named"}


def compared(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the acts that the rules find in the coded articles, each beside its gold form, and the gold."""
    tables = engine.open_ledger(folder / "data/raw/demo", [])
    lexicon = terms.load(folder / "data/lexicons/violence.yml")
    found = terms.acts_of(lexicon, tables.articles, tables.blocks, tables.sentences, tables.tokens, tables.voices)
    gold = pd.read_csv(folder / GOLD, keep_default_na=False).assign(form=lambda t: t["form"].replace(CODED))
    found = found[found["article_id"] != "le-estoval-plan"]  # the same bytes as mw-corvesse-plan
    gold["row"] = gold.index
    pairs = found.merge(gold, on="article_id", how="left", suffixes=("", "_gold"))
    pairs = pairs[(pairs["start"] <= pairs["start_gold"]) & (pairs["start_gold"] < pairs["end"])]
    table = found.merge(pairs[["article_id", "start", "row", "form_gold", "actor_in_sentence"]], on=["article_id", "start"], how="left")
    return table, gold


def scores(table: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Give precision and recall of each form: form, told (by the rules), right (of these), precision, from, to, coded, recall."""
    rows = []
    for form in terms.FORMS:
        told, coded = table[table["form"] == form], int((gold["form"] == form).sum())
        right = int((told["form_gold"] == form).sum())
        low, high = measure.wilson(right, max(len(told), 1))
        rows.append((form, len(told), right, right / max(len(told), 1), float(low), float(high), coded, right / max(coded, 1)))
    return pd.DataFrame(rows, columns=["form", "told", "right", "precision", "from", "to", "coded", "recall"]).round(3)


def main() -> None:
    """Print precision and recall of each form, and write them where the notebook reads them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--show", action="store_true", help="list what the rules and the coder tell differently")
    options = asked.parse_args()
    table, gold = compared(root())
    found = scores(table, gold)
    print(found.to_string(index=False))
    found.to_csv(root() / MEASURED, index=False, lineterminator="\n")
    if options.show:
        wrong = table[table["form"] != table["form_gold"]]
        print(wrong[["article_id", "start", "entry", "form", "form_gold"]].to_string())
        print(gold[~gold["row"].isin(table["row"])][["article_id", "start", "form", "text"]].to_string())


if __name__ == "__main__":
    main()
