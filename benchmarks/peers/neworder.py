"""The ladder race in neworder: `df.transition` of everybody of an age and sex, a year at a time."""

from itertools import pairwise

import neworder as no
import numpy as np
import pandas as pd
from people import DEAD, OLDEST, STATES, YEARS, load, tally, totals
from rounds import serve

AGES, SEXES, STEPS, MOVES = load()
CATEGORIES = np.arange(STATES)


class Ladder(no.Model):
    """People sorted by sex and age stay so, because all grow a year older at a time."""

    def __init__(self):
        super().__init__(no.LinearTimeline(0, YEARS, YEARS), no.MonteCarlo.deterministic_identical_stream)
        self.people = pd.DataFrame(
            {"age": AGES.astype(np.int64), "sex": SEXES.astype(np.int64), "step": STEPS.astype(np.int64)}
        )
        self.tallies = []

    def step(self):
        key = (self.people.sex * 1000 + self.people.age).to_numpy()
        cuts = [0, *(np.flatnonzero(np.diff(key)) + 1).tolist(), len(key)]
        steps = np.empty(len(key), np.int64)
        for first, last in pairwise(cuts):
            same = self.people.iloc[first:last].copy()
            no.df.transition(self, CATEGORIES, MOVES[same.age.iat[0], same.sex.iat[0]], same, "step")
            steps[first:last] = same.step
        self.people["step"] = steps
        self.people["age"] = np.minimum(self.people.age + 1, OLDEST)
        self.people = self.people[self.people.step != DEAD].reset_index(drop=True)
        self.tallies.append(tally(*(self.people[name].to_numpy() for name in ("age", "sex", "step"))))


def once():
    model = Ladder()
    no.run(model)
    return totals(model.tallies)


serve(once, "neworder", "pandas", "numpy")
