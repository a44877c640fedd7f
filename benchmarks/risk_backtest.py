"""Two hundred indicators: on one declaration with every hit explained, and on a million.

The mix: price with
origin and mode, beginnings of the commodity code with value or mass, an importer in a set of
1,000 and an origin outside another, origin and departure in sets with chapters, a seller in a
set of 1,000. Declarations are resampled from the synthetic set beside the repository where it
is there, else made up in its shape. CPU time, no I/O.
"""

from __future__ import annotations

import gc
import random
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._probe import probe
from gatepost.codelists.hs import is_beginning
from gatepost.consignment.model import Consignment, Conveyance, GoodsItem, Party
from gatepost.risk.assess import assess
from gatepost.risk.columns import (
    history_of_frame,
    hits_of,
    read_by,
    result_of,
    same_one_by_one,
)
from gatepost.risk.compiled import IndicatorBook
from gatepost.risk.model import Indicator
from tests.small_country import indicator

SHARED = Path(__file__).parents[2] / "shared/data/risk_synthetic/open"
SECRET = b"s" * 32
AGENCIES = ("customs", "plant", "vet", "food", "environment")
NUMBER, MILLION, SINGLES = 200, 1_000_000, 3000


def declarations() -> pl.DataFrame:
    """Return the rows to draw from, in the columns of a flat history."""
    files = sorted(SHARED.glob("*.csv"))
    if not files:
        return made_up()
    frame = pl.concat([pl.read_csv(one, infer_schema=False) for one in files])
    names = {
        "HS6 Code": "item.commodity",
        "Country of Origin": "item.origin",
        "Item Price": "item.value",
        "Net Mass": "item.net_mass",
        "Importer ID": "consignment.importer.id",
        "Seller ID": "consignment.exporter.id",
        "Country of Departure": "consignment.export_country",
        "Mode of Transport": "consignment.mode",
    }
    numbers = pl.col("item.value", "item.net_mass").cast(pl.Float64)
    return frame.select(names.keys()).rename(names).with_columns(numbers)


def made_up() -> pl.DataFrame:
    """Return rows in the shape of the synthetic set: as many distinct values of each column."""
    chance = random.Random(1)
    size = 45_519
    headings = [code for n in range(10_000) if is_beginning(code := f"{n:04d}")]

    def pick(name: str, many: int) -> list[str]:
        return [f"{name}{int(many * chance.random() ** 2)}" for _ in range(size)]

    return pl.DataFrame(
        {
            "item.commodity": [f"{chance.choice(headings)}{n % 100:02d}" for n in range(size)],
            "item.origin": pick("C", 119),
            "item.value": [chance.lognormvariate(7, 2) for _ in range(size)],
            "item.net_mass": [chance.lognormvariate(5, 2) for _ in range(size)],
            "consignment.importer.id": pick("I", 14_482),
            "consignment.exporter.id": pick("S", 12_201),
            "consignment.export_country": pick("C", 102),
            "consignment.mode": pick("", 6),
        }
    )


def indicators(rows: pl.DataFrame, chance: random.Random) -> tuple[list[Indicator], dict[str, Any]]:
    """Return 200 indicators of five kinds, and the named sets they use."""
    few = {name: rows[name].drop_nulls().unique().sort().to_list() for name in rows.columns}
    sets = {
        f"{kind}_{n}": frozenset(chance.sample(few[name], min(1000, len(few[name]))))
        for kind, name in (
            ("importers", "consignment.importer.id"),
            ("sellers", "consignment.exporter.id"),
        )
        for n in range(10)
    }
    sets |= {f"origins_{n}": frozenset(chance.sample(few["item.origin"], 12)) for n in range(10)}
    heads = sorted({code[:4] for code in few["item.commodity"]})
    prices = rows["item.value"].sort()

    def price(share: float) -> str:
        return f"{prices[int(share * (len(prices) - 1))]:.2f}"

    def one(n: int) -> str:
        origin, mode = chance.choice(few["item.origin"]), chance.choice(few["consignment.mode"])
        match n % 5:
            case 0:
                return (
                    f"item.value > {price(0.6 + chance.random() * 0.4)} && "
                    f'item.origin == "{origin}" && !(consignment.mode == "{mode}")'
                )
            case 1:
                some = '", "'.join(chance.sample(heads, 3))
                return (
                    f'starts_with(item.commodity, "{some}") && '
                    f"(item.value > {price(0.5)} || item.value / item.net_mass < {n}.5)"
                )
            case 2:
                return (
                    f'consignment.importer.id in set("importers_{n % 10}") && '
                    f'!(item.origin in set("origins_{n // 10 % 10}"))'
                )
            case 3:
                return (
                    f'item.origin in set("origins_{n % 10}") && '
                    f'consignment.export_country in set("origins_{(n + 3) % 10}") && '
                    f'starts_with(item.commodity, "{heads[n][:2]}")'
                )
        return f'consignment.exporter.id in set("sellers_{n % 10}") && item.value > {price(0.8)}'

    made = [indicator(f"RISK-{n:03d}", AGENCIES[n % 7 % 5], one(n)) for n in range(NUMBER)]
    return made, sets


def singly(rows: pl.DataFrame, made: list[Indicator], sets: dict[str, Any]) -> tuple[float, float]:
    """Return the CPU time for one declaration in microseconds, and the hits it has on average."""
    book = IndicatorBook(made, sets)
    loads = [
        Consignment(
            "import",
            date(2026, 7, 2),
            "IMA",
            str(n),
            mode=row["consignment.mode"],
            importer=Party(row["consignment.importer.id"]),
            exporter=Party(row["consignment.exporter.id"]),
            export_country=row["consignment.export_country"],
            items=(
                GoodsItem(
                    1,
                    row["item.commodity"],
                    origin=row["item.origin"],
                    value=row["item.value"],
                    net_mass=row["item.net_mass"],
                ),
            ),
            conveyance=Conveyance(row["consignment.mode"]),
        )
        for n, row in enumerate(rows.sample(SINGLES, seed=2).iter_rows(named=True))
    ]
    assess(book, loads[0], "0", SECRET)
    times, hits = [], 0
    gc.collect()
    for part in range(0, SINGLES, 100):
        some = loads[part : part + 100]
        start = process_time()
        found = [assess(book, load, load.reference, SECRET) for load in some]
        times.append((process_time() - start) / len(some) * 1e6)
        hits += sum(len(one.hits) for one in found)
        assert all(hit.values and hit.legal_basis for one in found for hit in one.hits)
    return median(times), hits / SINGLES


def main() -> None:
    """Measure, and print beside the machine's moment."""
    rows = declarations()
    made, sets = indicators(rows, random.Random(7))
    alone, hits = singly(rows, made, sets)
    many = rows.sample(MILLION, with_replacement=True, seed=3)
    many = many.with_columns(pl.int_range(pl.len()).cast(pl.String).alias("reference"))
    gc.collect()
    start = process_time()
    history = history_of_frame(many, read_by(made))
    fired = hits_of(made, sets, history, SECRET)
    result = result_of(fired, history)
    spent = process_time() - start
    found = sum(one.hits for one in result.indicators)
    checked = same_one_by_one(made, sets, history, 2000)
    assert checked.equal, "the two back ends differ"
    print(probe())
    print(
        f"one declaration x {NUMBER} indicators, all hits explained: {alone:.1f} us CPU "
        f"({hits:.2f} hits each); {alone / 50:.2f} of the 50 us allowed"
    )
    print(
        f"back-test {NUMBER} x {MILLION:,}: {spent:.2f} s CPU, {found:,} hits "
        f"({NUMBER * MILLION / spent / 1e6:.0f} million conditions a second); "
        f"{spent / 5:.2f} of the 5 s allowed; {checked.records} records asked again one by one: "
        "same hits"
    )


if __name__ == "__main__":
    main()
