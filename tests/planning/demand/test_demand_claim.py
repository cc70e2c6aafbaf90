"""The claim is computed and said plainly, whichever way it goes."""

from collections.abc import Callable

import numpy as np
from planning.demand.plain import LUNNER, figure

from trinnvis.planning.demand.claim import claim, probability
from trinnvis.planning.demand.forecast import Forecast, forecast
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.schema import Scenario
from trinnvis.planning.demand.uncertainty import Interval


def test_from_2025_it_does_not_hold_for_lunner(everything: Forecast) -> None:
    said = claim(everything)
    assert said.startswith("Påstanden er at behovet blir mer enn dobbelt så høyt i 2040")
    assert "Den holder ikke for Lunner regnet fra 2025" in said
    growth = everything.constant.growth["hours"].middle[15]
    assert f"timene {growth:.1f}".replace(".", ",") in said
    assert "Innbyggerne over 80 år blir 1,9 ganger så mange" in said
    assert said.count("påstanden holder") == 6


def test_where_it_holds_it_says_so(held: Library) -> None:
    """From 2021, the year before the document, long-term places do double."""
    said = claim(forecast(LUNNER, ["constant"], held, base=2021))
    assert "Påstanden holder altså for" in said
    assert "langtidsopphold i institusjon" in said


def test_a_scenario_that_doubles(held: Library, scenario: Callable[..., Scenario]) -> None:
    wild = scenario({"kind": "hours_growth", "services": ["home_care", "long_term"], "yearly": figure(0.05)})
    own = Library(held.basis, [*held.scenarios.values(), wild])
    assert "påstanden holder." in claim(forecast(LUNNER, ["own"], own))


def test_a_forecast_that_stops_early_says_which_year(held: Library) -> None:
    assert "prøvd for det året" in claim(forecast(LUNNER, ["constant"], held, to=2030))


def test_every_panel_municipality_has_its_claim(held: Library) -> None:
    for code in ("3230", "3232", "3234", "3236", "3238", "3242", "3442", "3446", "3447"):
        said = claim(forecast(code, ["constant"], held))
        assert "nan" not in said
        assert "ganger så mange" in said


def test_the_chance_of_more_than_double() -> None:
    one = np.array([1.0])
    even = Interval(2 * one, 1.5 * one, 2.6 * one, one)
    assert probability(even, 0, 2.0) == 0.5
    edge = Interval(one, 0.5 * one, 2 * one, one)
    assert abs(probability(edge, 0, 2.0) - 0.1) < 1e-9
    sure = Interval(one, one, one, one)
    assert probability(sure, 0, 2.0) == 0.0
