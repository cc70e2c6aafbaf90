"""The ladder race as it is often written in pandas: group by age, sex and step, and draw for each group."""

import numpy as np
import pandas as pd
from people import DEAD, OLDEST, STATES, YEARS, load, tally, totals
from rounds import serve

AGES, SEXES, STEPS, MOVES = load()


def once():
    chance = np.random.default_rng(1)
    people = pd.DataFrame(
        {"age": AGES.astype(np.int64), "sex": SEXES.astype(np.int64), "step": STEPS.astype(np.int64)}
    )
    tallies = []
    for _ in range(YEARS):
        steps = np.empty(len(people), np.int64)
        for (age, sex, step), where in people.groupby(["age", "sex", "step"]).indices.items():
            steps[where] = chance.choice(STATES, len(where), p=MOVES[age, sex, step])
        people = people.assign(step=steps, age=np.minimum(people.age + 1, OLDEST))
        people = people[people.step != DEAD].reset_index(drop=True)
        tallies.append(tally(*(people[name].to_numpy() for name in ("age", "sex", "step"))))
    return totals(tallies)


serve(once, "pandas", "numpy")
