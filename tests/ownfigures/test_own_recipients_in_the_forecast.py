"""The forecast with own recipients: the level follows them, and the source is told."""

from __future__ import annotations

import numpy as np
import pytest

from trinnvis.planning.demand.forecast import forecast
from trinnvis.planning.demand.levels import base_years, hours_level, levels, own_users
from trinnvis.planning.demand.own import OwnUse, Used
from trinnvis.planning.demand.reading import library
from trinnvis.trouble import Trouble

LUNNER, OSLO = "3234", "0301"
BANDS = ("0-66", "67-79", "80+")


def own(*used: Used, code: str = LUNNER) -> OwnUse:
    return OwnUse(code, 1, "kommunens eget uttrekk, 16.11.2026 (utgave 1)", used)


def of(service: str, year: int, *users: float | None, hours: float | None = None) -> list[Used]:
    return [Used(service, year, band, count, hours) for band, count in zip(BANDS, users, strict=True)]


def test_own_counts_alone_set_the_level_where_there_are_any():
    public = own_users(LUNNER, "home_care", 2025)
    doubled = own(*of("home_care", 2025, *(2 * public)))
    assert own_users(LUNNER, "home_care", 2025, doubled).tolist() == (2 * public).tolist()
    level = levels(LUNNER, 2025, doubled)["home_care"]
    same = levels(LUNNER, 2025, own(*of("home_care", 2025, *public)))["home_care"]
    assert level.years == (2025,) and level.own
    assert np.allclose(level.factor, 2 * same.factor, atol=0)
    other, plain = (levels(LUNNER, 2025, use)["long_term"] for use in (doubled, None))
    assert np.array_equal(other.factor, plain.factor)


def test_the_same_counts_as_the_public_give_the_same_forecast():
    public = [
        one
        for year in (2023, 2024, 2025)
        for one in of("long_term", year, *own_users(LUNNER, "long_term", year))
    ]
    held = library()
    with_own, plain = (forecast(LUNNER, ["constant"], held, to=2040, own=use) for use in (own(*public), None))
    assert np.array_equal(with_own.constant.amounts.users, plain.constant.amounts.users)
    assert with_own.own and not plain.own


def test_a_band_the_own_counts_lack_is_public():
    level = levels(LUNNER, 2025, own(*of("home_care", 2025, None, None, 120)))["home_care"].factor
    public = levels(LUNNER, 2025)["home_care"].factor
    assert np.array_equal(level[:80], public[:80]) and level[80] != public[80]


def test_own_hours_set_the_hours():
    users = own_users(LUNNER, "home_care", 2025)
    few, many = (
        hours_level(LUNNER, 2025, own(*of("home_care", 2025, *users, hours=h))) for h in (5000, 10_000)
    )
    assert many[0] == pytest.approx(2 * few[0]) and few[1:] == (True, False)


def test_a_hidden_band_takes_what_the_total_leaves():
    use = own(*of("long_term", 2025, None, 9, 31), Used("long_term", 2025, "all", 43))
    assert own_users(LUNNER, "long_term", 2025, use).tolist() == [3, 9, 31]


def test_a_municipality_outside_the_panel_gets_a_level_of_its_own():
    use = own(*of("home_care", 2024, 100, 100, 100), *of("short_term", 2024, 1, 2, 3), code=OSLO)
    assert 2024 in base_years(OSLO, use)
    found = forecast(OSLO, ["constant"], library(), to=2030, base=2024, own=use)
    assert found.level["home_care"].own and found.level["short_term"].own and not found.level["long_term"].own
    [told] = [note for note in found.notes if "uttrekk" in note]
    assert "hjemmetjenester (2024)" in told and "tidsbegrenset opphold (2024)" in told
    assert not any("ingen egne brukertall" in note for note in found.notes)


def test_anothers_counts_are_not_used_and_that_is_told():
    found = forecast(OSLO, ["constant"], library(), to=2030, own=own(*of("home_care", 2025, 1, 1, 1)))
    assert found.own is None and any("gjelder en annen kommune" in note for note in found.notes)


def test_counts_too_old_for_the_base_year_are_told_as_unused():
    found = forecast(LUNNER, ["constant"], library(), to=2030, own=own(*of("home_care", 2019, 1, 1, 1)))
    assert any("har ingen år som teller for grunnåret 2025" in note for note in found.notes)


def test_a_year_with_no_counts_is_no_base_year():
    with pytest.raises(Trouble, match="ingen brukertall"):
        forecast(
            OSLO, ["constant"], library(), base=2010, own=own(*of("home_care", 2024, 1, 1, 1), code=OSLO)
        )
