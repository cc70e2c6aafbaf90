"""The ladder model with own recipients: it starts from them, keeps them, and says so."""

from __future__ import annotations

from itertools import product

import pytest
from ownfigures.test_own_recipients_in_the_forecast import LUNNER, OSLO, of, own

from trinnvis.planning.demand.forecast import forecast
from trinnvis.planning.demand.levels import own_users
from trinnvis.planning.demand.own import OwnUse
from trinnvis.planning.demand.reading import library
from trinnvis.planning.ladder import running
from trinnvis.planning.ladder.document import as_json
from trinnvis.planning.ladder.interventions import scenarios
from trinnvis.planning.ladder.simulation import Simulation, simulation
from trinnvis.planning.ladder.table import error, table_for
from trinnvis.planning.ladder.use import use_of

BASIS = library().basis


def simulated(code: str, use: OwnUse | None, draws: int = 2) -> Simulation:
    with running.threads(1) as workers:
        return simulation(
            code, BASIS, [scenarios()["as-today"]], lambda job, n: running.run(job, n, workers),
            years=4, draws=draws, base=2025, own=use,
        )  # fmt: skip


def residents(factor: float) -> OwnUse:
    """Long-term residents of Lunner as published, times a factor."""
    return own(
        *(
            one
            for year in (2023, 2024, 2025)
            for one in of("long_term", year, *(factor * own_users(LUNNER, "long_term", year)))
        )
    )


def test_the_same_counts_as_the_public_give_the_same_draws():
    assert simulated(LUNNER, residents(1.0)).results[0].digest == simulated(LUNNER, None).results[0].digest


def test_half_as_many_residents_are_half_as_many_in_every_year():
    use = residents(0.5)
    half, plain = (simulated(LUNNER, one) for one in (use, None))
    at = half.world.steps.index(11)
    got, was = (found.results[0].expected.totals[:, at] for found in (half, plain))
    assert got == pytest.approx(0.5 * was, rel=1e-6)
    table = table_for(BASIS, half.level, 2025, 4)
    assert error(table) < 1e-6


def test_it_is_the_forecast_with_the_same_counts_at_constant_rates():
    users = own_users(LUNNER, "home_care", 2025)
    use = own(*of("home_care", 2025, *(1.2 * users), hours=40_000))
    found, told = simulated(LUNNER, use), forecast(LUNNER, ["constant"], library(), base=2025, own=use)
    steps = found.world.steps
    amounts = use_of(BASIS, LUNNER, 2025, steps, use).totals(found.results[0].expected)
    for year, name in product((0, 4), ("hours", "nok")):
        mine = amounts[name][year].sum()
        assert mine == pytest.approx(getattr(told.constant.amounts, name)[year].sum(), rel=2e-3)


def test_whose_counts_they_are_is_told():
    said = as_json(simulated(LUNNER, residents(1.0)))
    assert "Brukere: kommunens eget uttrekk, 16.11.2026 (utgave 1)" in said["sources"]
    assert any("(2023–2025)" in note for note in said["notes"])
    public = as_json(simulated(OSLO, own(*of("home_care", 2025, 1, 1, 1)), draws=1))
    assert "Brukere: offentlige tall (SSB)" in public["sources"]
    assert any("gjelder en annen kommune" in note for note in public["notes"])
    assert any("ingen egne brukertall for Oslo" in note for note in public["notes"])
