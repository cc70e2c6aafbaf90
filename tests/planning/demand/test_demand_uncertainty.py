"""Intervals hold their middle, widen with time, and tell where the uncertainty comes from."""

import numpy as np
from planning.demand.plain import LUNNER

from trinnvis.planning.demand.forecast import Forecast, forecast
from trinnvis.planning.demand.reading import Library


def test_every_interval_holds_its_middle(everything: Forecast) -> None:
    for outcome in everything.outcomes:
        low, high = outcome.users_interval
        assert (low <= outcome.amounts.users).all()
        assert (outcome.amounts.users <= high).all()
        assert np.isfinite(high).all()
        for interval in outcome.growth.values():
            assert (interval.low <= interval.middle).all()
            assert (interval.middle <= interval.high).all()


def test_growth_starts_at_one_and_widens(everything: Forecast) -> None:
    growth = everything.constant.growth["hours"]
    assert growth.low[0] == growth.middle[0] == growth.high[0] == 1
    width = growth.high / growth.low
    assert (np.diff(width) > 0).all()


def test_the_layers_share_the_whole_variance(everything: Forecast) -> None:
    for outcome in everything.outcomes:
        shares = outcome.total("hours").shares
        assert np.allclose(shares.sum(axis=0), 1)
        assert (shares >= 0).all()


def test_chance_weighs_more_in_a_small_municipality(held: Library) -> None:
    """Hurdal has 3,000 inhabitants, Nittedal 26,000."""
    small, large = (
        forecast(code, ["constant"], held).outcomes[0].total("users").shares[2, 10]
        for code in ("3242", "3232")
    )
    assert small > large


def test_an_assumptions_range_widens_the_interval(everything: Forecast) -> None:
    by_name = {outcome.scenario.name: outcome.growth["hours"] for outcome in everything.outcomes}
    for name in ("trend", "healthy-ageing", "standard"):
        sure, unsure = by_name["constant"], by_name[name]
        assert unsure.high[15] / unsure.low[15] > sure.high[15] / sure.low[15]


def test_the_same_question_gives_the_same_answer_to_the_bit(held: Library) -> None:
    first, second = (forecast(LUNNER, ["trend"], held).outcomes[0] for _ in range(2))
    assert np.array_equal(first.users_interval, second.users_interval)
    assert np.array_equal(first.amounts.nok, second.amounts.nok)


def test_a_place_without_own_figures_is_less_sure(held: Library) -> None:
    """Østre Toten has own figures; Vestre Toten, as large, has none."""
    own, none = (forecast(code, ["constant"], held).outcomes[0].total("users") for code in ("3442", "3443"))
    assert none.high[0] / none.low[0] > 1.5 * own.high[0] / own.low[0]
