"""How often intervals of corrected and of raw rates hold the truth: a simulation.

Each round makes 100 articles of two outlets with 2,000 units, whose true labels come in bursts by
article, and a machine that errs more in one outlet than in the other; 200 units are drawn by
`draw_sample` within each outlet and each label of the machine, units without a hit too, and coded
without error. Printed for each outlet and their difference: how many
of the 95 % intervals hold the truth, and their mean width, for raw counts, for corrected figures,
and for the coded units alone.

    python benchmarks/corrected.py [rounds]
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from helpers.measure import shares
from helpers.measure.ratios import ratio
from helpers.reliability import corrected, draw_sample

ARTICLES, UNITS, CODED = 100, 2000, 200
MISSES = {"North": 0.10, "South": 0.30}
FALSE_ALARMS = {"North": 0.25, "South": 0.05}
TRUE = {"North": 0.30, "South": 0.40}


def simulated(random: np.random.Generator) -> pd.DataFrame:
    """One corpus: article_id, outlet, truth, machine, code, chance."""
    sizes = random.multinomial(UNITS, random.dirichlet(np.full(ARTICLES, 4.0)))
    parts = []
    for i, size in enumerate(sizes):
        outlet = "North" if i % 2 else "South"
        own = random.beta(8 * TRUE[outlet], 8 * (1 - TRUE[outlet]))
        truth = random.random(size) < own
        flip = np.where(truth, MISSES[outlet], FALSE_ALARMS[outlet])
        machine = truth ^ (random.random(size) < flip)
        parts.append(
            pd.DataFrame(
                {"article_id": f"a{i}", "outlet": outlet, "truth": truth, "machine": machine}
            )
        )
    units = pd.concat(parts, ignore_index=True).astype({"truth": int, "machine": int})
    units = units.assign(start=units.groupby("article_id").cumcount())
    drawn = draw_sample(
        units, CODED, by=["outlet", "machine"], seed=int(random.integers(2**32)), in_all=True
    )
    keys = ["article_id", "start"]
    chance = drawn.groupby(["outlet", "machine"])["weight"].first() ** -1
    coded = units[keys].merge(drawn.assign(code=drawn["truth"])[[*keys, "code"]], how="left")
    strata = pd.MultiIndex.from_frame(units[["outlet", "machine"]])
    return units.assign(code=coded["code"], chance=chance.reindex(strata).to_numpy())


def raw(units: pd.DataFrame) -> pd.DataFrame:
    """Shares of what the machine says, with intervals over articles."""
    table = shares(units.assign(machine=units["machine"].map({0: "no", 1: "yes"})), of="machine")
    return table[table["machine"] == "yes"].set_index("outlet")[["share", "low", "high"]]


def coded_only(units: pd.DataFrame) -> pd.DataFrame:
    """Shares among the coded units, each weighted by its chance, with intervals over articles."""
    some = units.dropna(subset="code")
    made = {}
    for outlet, part in some.groupby("outlet"):
        sums = pd.DataFrame(
            {"a": part["article_id"], "k": part["code"] / part["chance"], "n": 1 / part["chance"]}
        )
        sums = sums.groupby("a").sum()
        got = ratio(sums["k"].to_numpy(), sums["n"].to_numpy())
        made[outlet] = {"share": 100 * got.value, "low": 100 * got.low, "high": 100 * got.high}
    return pd.DataFrame.from_dict(made, orient="index")


def design_based(units: pd.DataFrame) -> pd.DataFrame:
    """Corrected shares."""
    table = corrected(units).set_index("outlet")
    return table[["corrected", "low", "high"]].rename(columns={"corrected": "share"})


def main(rounds: int) -> None:
    """Print the table."""
    ways = {"raw": raw, "corrected": design_based, "coded only": coded_only}
    held = {way: {"North": 0, "South": 0, "difference": 0} for way in ways}
    width = {way: {"North": 0.0, "South": 0.0, "difference": 0.0} for way in ways}
    gap = 100 * (TRUE["South"] - TRUE["North"])
    for i in range(rounds):
        units = simulated(np.random.default_rng([20, i]))
        for way, measure in ways.items():
            table = measure(units)
            ends = {name: (table.at[name, "low"], table.at[name, "high"]) for name in TRUE}
            halves = [(high - low) / 2 for low, high in ends.values()]
            middle = table.at["South", "share"] - table.at["North", "share"]
            reach = float(np.hypot(*halves))
            ends["difference"] = (middle - reach, middle + reach)
            for name, (low, high) in ends.items():
                truth = gap if name == "difference" else 100 * TRUE[name]
                held[way][name] += low <= truth <= high
                width[way][name] += high - low
    print(f"{rounds} rounds, {CODED} of {UNITS:,} units coded in {ARTICLES} articles")
    for way in ways:
        said = [
            f"{name} {100 * held[way][name] / rounds:.1f} % held, width"
            f" {width[way][name] / rounds:.1f}"
            for name in held[way]
        ]
        print(f"{way:>10}: {'; '.join(said)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
