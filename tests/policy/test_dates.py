from datetime import date

import pytest

from trinnvis.policy.dates import long_date, read_date, weekday, weekday_date


def test_dates_in_words() -> None:
    day = date(2026, 11, 22)
    assert (long_date(day), weekday(day)) == ("22. november 2026", "søndag")
    assert weekday_date(date(2027, 5, 1)) == "lørdag 1. mai 2027"


@pytest.mark.parametrize("text", ["2026-11-22", "22.11.2026", " 22.11.2026 ", "2026-11-22 "])
def test_a_date_may_be_written_in_two_ways(text: str) -> None:
    assert read_date(text) == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["", "i morgen", "22/11/2026", "22.11.26", "2026-13-01", "31.02.2026"])
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"Skriv den som 2026-11-22|finnes ikke i kalenderen"):
        read_date(text)
