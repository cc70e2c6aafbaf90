"""The level is the municipality's own, and a hidden figure is never read as none."""

import numpy as np
import pytest

from trinnvis.planning.demand import levels as module
from trinnvis.planning.demand.levels import base_years, expected, hours_level, level_years, levels, own_users
from trinnvis.planning.demand.shipped import panel, sources
from trinnvis.planning.population.municipalities import municipalities


def test_the_level_gives_back_the_last_three_years_users() -> None:
    factor = levels("3234", 2025)["home_care"].factor
    given = sum(own_users("3234", "home_care", year) for year in (2023, 2024, 2025))
    for band, ages in enumerate([slice(0, 67), slice(67, 80), slice(80, 106)]):
        would = sum(expected("home_care", "3234", y)[ages].sum() for y in (2023, 2024, 2025))
        assert would * factor[ages][0] == pytest.approx(given[band])


def test_lunner_2025_as_published() -> None:
    """81 under 67, 90 over 80 of 223; the middle by subtraction; 43 residents, 9 and 31 of them older."""
    assert own_users("3234", "home_care", 2025).tolist() == [81, 52, 90]
    assert own_users("3234", "long_term", 2025).tolist() == [3, 9, 31]


def test_suppressed_is_shared_by_expectation_never_nought() -> None:
    """Søndre Land 2021: 16 residents, 10 of them 67-79, the rest hidden."""
    found = own_users("3447", "long_term", 2021)
    assert found[1] == 10
    assert found.sum() == pytest.approx(16)
    assert found[0] > 0
    assert found[2] > found[0]


def test_a_total_that_is_not_known_says_nothing() -> None:
    assert own_users("3234", "long_term", 2007) is None
    assert np.isnan(panel().of("housing_24h")[panel().codes.index("3238"), panel().at(2013)]).all()


def test_the_level_does_not_look_across_a_break_or_at_a_wrong_year() -> None:
    assert level_years("home_care", "0-66", 2019) == [2019]
    assert level_years("home_care", "0-66", 2018) == [2016, 2017, 2018]
    assert level_years("home_care", "80+", 2020) == [2018, 2019, 2020]
    assert 2010 not in level_years("long_term", "80+", 2011)
    assert 2010 not in base_years("3234")


def test_hours_are_the_municipalitys_own_or_said_not_to_be() -> None:
    factor, own, estimated = hours_level("3234", 2025)
    assert own
    assert not estimated
    assert 0.5 < factor < 2
    assert hours_level("3446", 2025)[1:] == (True, True)
    assert hours_level("0301", 2025) == (1.0, False, False)


def test_a_place_without_figures_gets_the_nations_level_and_a_wide_error() -> None:
    own, other = levels("3234", 2025), levels("0301", 2025)
    assert not any(level.own for level in other.values())
    assert (other["home_care"].factor == 1).all()
    assert other["home_care"].spread > 3 * own["home_care"].spread


def test_every_municipality_has_a_level() -> None:
    for code in municipalities():
        for level in levels(code, 2025).values():
            assert np.isfinite(level.factor).all()
            assert (level.factor >= 0).all()


def test_every_file_has_source_licence_and_year() -> None:
    assert {found["file"] for found in sources()} == {
        "care_panel.csv",
        "national.csv",
        "rates.csv",
        "hours_by_age.csv",
    }
    assert all(found["title"] and found["licence"] and found["years"] for found in sources())


def test_the_national_rates_give_back_the_nations_users() -> None:
    """24.8 % of those over 80 had home care in 2025 (KOSTRA), 47 % of the users were under 67."""
    users = sum(expected("home_care", code, 2025) for code in municipalities())
    people = sum(module.observed(2026)[i] for i in range(len(municipalities()))).sum(axis=-1)
    assert users[80:].sum() / people[80:].sum() == pytest.approx(0.248, abs=0.001)
    assert users[:67].sum() / users.sum() == pytest.approx(0.47, abs=0.002)
