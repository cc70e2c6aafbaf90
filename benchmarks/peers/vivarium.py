"""The ladder race in vivarium: a component with a lookup table, a choice and an update each year."""

import contextlib
import io

import pandas as pd
from people import DEAD, OLDEST, STATES, YEARS, load, tally, totals
from rounds import serve
from vivarium import Component, InteractiveContext

AGES, SEXES, STEPS, MOVES = load()
COLUMNS = ["age", "sex", "step"]
CHANCES = [f"to_{step}" for step in range(STATES)]


def table():
    """By range of age, which vivarium looks up faster than one age at a time."""
    rows = [
        (age, age + 1, sex, step, *MOVES[age, sex, step])
        for age in range(OLDEST + 1)
        for sex in range(2)
        for step in range(STATES)
    ]
    return pd.DataFrame(rows, columns=["age_start", "age_end", "sex", "step", *CHANCES])


class Ladder(Component):
    def setup(self, builder):
        builder.population.register_initializer(initializer=self.initialize, columns=COLUMNS)
        self.moves = builder.lookup.build_table(table(), "moves", value_columns=CHANCES)
        self.choices = builder.randomness.get_stream("moves")
        self.tallies = []

    def initialize(self, data):
        made = pd.DataFrame({"age": AGES, "sex": SEXES, "step": STEPS}, index=data.index).astype("int64")
        self.population_view.initialize(made)

    def on_time_step(self, event):
        people = self.population_view.get(event.index, COLUMNS)
        people = people[people.step != DEAD]
        step = self.choices.choice(people.index, list(range(STATES)), self.moves(people.index).to_numpy())
        age = (people.age + 1).clip(upper=OLDEST)
        changed = people.assign(age=age, step=step.astype("int64"))
        self.population_view.update(COLUMNS, lambda now: changed)
        alive = changed[changed.step != DEAD]
        self.tallies.append(tally(*(alive[name].to_numpy() for name in COLUMNS)))


def once():
    ladder = Ladder()
    with contextlib.redirect_stdout(io.StringIO()):
        world = InteractiveContext(
            components=[ladder],
            configuration={
                "population": {"population_size": len(AGES)},
                "time": {"step_size": 365},
                "randomness": {"map_size": 4 * len(AGES)},
            },
            logging_verbosity=0,
        )
        for _ in range(YEARS):
            world.step()
    return totals(ladder.tallies)


serve(once, "vivarium", "pandas", "numpy")
