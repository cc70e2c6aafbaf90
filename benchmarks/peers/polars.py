"""The ladder race in polars: join everybody with their row of the table, and compare with one number each."""

import numpy as np
import polars as pl
from people import DEAD, OLDEST, STATES, YEARS, load, tally, totals
from rounds import serve

AGES, SEXES, STEPS, MOVES = load()
COLUMNS = ["age", "sex", "step"]
LIMITS = [f"up_to_{step}" for step in range(STATES - 1)]


def table():
    age, sex, step = (grid.ravel() for grid in np.meshgrid(*map(np.arange, MOVES.shape[:3]), indexing="ij"))
    limits = np.cumsum(MOVES, axis=-1).reshape(-1, STATES)
    columns = dict(zip(COLUMNS, (each.astype(np.uint8) for each in (age, sex, step)), strict=True))
    return pl.DataFrame(columns | {name: limits[:, at] for at, name in enumerate(LIMITS)})


ROWS = table()


def once():
    chance = np.random.default_rng(1)
    people = pl.DataFrame(dict(zip(COLUMNS, (AGES, SEXES, STEPS), strict=True)))
    tallies = []
    for _ in range(YEARS):
        drawn = people.with_columns(pl.Series("u", chance.random(len(people))))
        people = (
            drawn.join(ROWS, on=COLUMNS, how="left")
            .select(
                pl.min_horizontal(pl.col("age") + 1, pl.lit(OLDEST)).cast(pl.UInt8).alias("age"),
                "sex",
                pl.sum_horizontal((pl.col("u") > pl.col(name)).cast(pl.UInt8) for name in LIMITS)
                .cast(pl.UInt8)
                .alias("step"),
            )
            .filter(pl.col("step") != DEAD)
        )
        tallies.append(tally(*(people[name].to_numpy() for name in COLUMNS)))
    return totals(tallies)


serve(once, "polars", "numpy")
