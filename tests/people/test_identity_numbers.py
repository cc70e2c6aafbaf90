"""Identity numbers: what is accepted, what is refused, and that no message gives a number away."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trinnvis.people.identity import (
    FIRST_WEIGHTS,
    SECOND_WEIGHTS,
    InvalidIdentityNumber,
    birth_date_of,
    check_identity_number,
    format_identity_number,
    is_d_number,
    is_synthetic,
    mask,
    synthetic_number,
)

BIRTHDAYS = st.dates(date(1854, 1, 1), date(2039, 12, 31))
SEXES = st.sampled_from(["female", "male"])
# Skatteetaten's own examples of numbers first issued in 2032; nobody has them.
FROM_2032 = ["02013299997", "30108299939"]


def completed(nine: str, remainder: int = 0) -> str:
    """Nine digits with their check digits; an individual number that has none gives way to the next."""
    first = (remainder - sum(int(d) * w for d, w in zip(nine, FIRST_WEIGHTS[:9], strict=True))) % 11
    second = -sum(int(d) * w for d, w in zip(f"{nine}{first}", SECOND_WEIGHTS[:10], strict=False)) % 11
    if 10 in (first, second):
        return completed(f"{nine[:6]}{int(nine[6:]) - 2:03}", remainder)
    return f"{nine}{first}{second}"


@given(BIRTHDAYS, SEXES, st.integers(0, 20))
def test_a_synthetic_number_is_valid_and_tells_its_birth_date(born, sex, sequence):
    number = synthetic_number(born, sex, sequence)
    assert check_identity_number(number, synthetic_allowed=True) == number
    assert birth_date_of(number) == born
    assert is_synthetic(number) and int(number[2:4]) == born.month + 80
    assert int(number[8]) % 2 == (sex == "male")


def test_synthetic_numbers_of_one_day_differ_and_come_to_an_end():
    numbers = {synthetic_number(date(1953, 12, 14), "female", i) for i in range(150)}
    assert len(numbers) == 150
    with pytest.raises(ValueError, match="number 900"):
        synthetic_number(date(1953, 12, 14), "female", 900)


@given(BIRTHDAYS, SEXES)
def test_a_synthetic_number_is_refused_unless_allowed(born, sex):
    with pytest.raises(InvalidIdentityNumber, match="syntetisk"):
        check_identity_number(synthetic_number(born, sex, 0))


@pytest.mark.parametrize("added", [40, 65, 80])
def test_all_three_synthetic_series_are_known(added):
    number = completed(f"06{added + 6:02}50100")
    assert birth_date_of(check_identity_number(number, synthetic_allowed=True)) == date(1950, 6, 6)
    with pytest.raises(InvalidIdentityNumber, match="syntetisk"):
        check_identity_number(number)


def test_a_d_number_is_accepted_and_tells_its_birth_date():
    number = completed("460650100")
    assert check_identity_number(number) == number
    assert is_d_number(number)
    assert birth_date_of(number) == date(1950, 6, 6)


def test_a_synthetic_d_number_is_refused_in_production():
    number = completed("468650100")
    assert birth_date_of(check_identity_number(number, synthetic_allowed=True)) == date(1950, 6, 6)
    with pytest.raises(InvalidIdentityNumber, match="syntetisk"):
        check_identity_number(number)


@pytest.mark.parametrize("number", FROM_2032)
def test_numbers_of_the_2032_series_are_accepted(number):
    assert check_identity_number(number) == number


@pytest.mark.parametrize("remainder", [1, 2, 3])
def test_a_number_of_the_2032_series_does_not_tell_its_century(remainder):
    number = check_identity_number(completed("301082999", remainder))
    assert birth_date_of(number) is None


@pytest.mark.parametrize("remainder", range(4, 11))
def test_other_remainders_are_refused(remainder):
    with pytest.raises(InvalidIdentityNumber, match="siffer er feil"):
        check_identity_number(completed("301082999", remainder))


@given(BIRTHDAYS, SEXES, st.integers(0, 10), st.integers(1, 9))
def test_the_second_check_digit_catches_every_single_wrong_digit(born, sex, place, change):
    number = synthetic_number(born, sex, 1)
    wrong = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    with pytest.raises(InvalidIdentityNumber) as caught:
        check_identity_number(wrong, synthetic_allowed=True)
    assert wrong not in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    ["{0}", " {0} ", "{1} {2}", "{1}-{2}", "{1}\u00a0{2}", "{1}\u2013{2}", "{0}\n", "\ufeff{0}", "{1}\t{2}"],
)
def test_spaces_and_hyphens_are_forgiven(typed):
    number = synthetic_number(date(1953, 12, 14), "female", 0)
    text = typed.format(number, number[:6], number[6:])
    assert check_identity_number(text, synthetic_allowed=True) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "-----------",
        "1234567890",
        "123456789012",
        "1" * 100_000,
        "abcdefghijk",
        "0106501009O",
        "01065010O93",
        "０１８６５０１０９３１",
        "٠١٨٦٥٠١٠٠٩٣",
        "²1865010093",
        "+1865010093",
        "1e650100931",
        "018650.0093",
        "'; DROP TABLE",
        "\x0018650100931",
    ],
)
def test_anything_but_eleven_digits_is_refused_with_what_to_do(text):
    with pytest.raises(
        InvalidIdentityNumber, match="Skriv inn fødselsnummeret eller D-nummeret med 11 siffer"
    ):
        check_identity_number(text, synthetic_allowed=True)


@pytest.mark.parametrize(
    "nine",
    ["290201501", "290200100", "310450100", "000150100", "011350100", "320150100", "720150100", "019950100"],
)
def test_a_date_that_does_not_exist_is_refused(nine):
    with pytest.raises(InvalidIdentityNumber, match="fødselsdato"):
        check_identity_number(completed(nine), synthetic_allowed=True)


@pytest.mark.parametrize(
    ("nine", "born"), [("290200501", date(2000, 2, 29)), ("290252101", date(1952, 2, 29))]
)
def test_a_leap_day_in_a_leap_year_is_a_birth_date(nine, born):
    assert birth_date_of(check_identity_number(completed(nine))) == born


@given(st.text(max_size=20) | st.from_regex(r"\A[0-9]{11}\Z"))
def test_whatever_is_typed_the_message_does_not_hold_it(text):
    try:
        check_identity_number(text)
    except InvalidIdentityNumber as refused:
        assert not any(sign.isdigit() for sign in str(refused).replace("11", ""))
        assert str(refused).endswith(".")


def test_a_number_is_shown_in_two_groups_or_masked():
    number = synthetic_number(date(1953, 12, 14), "female", 0)
    assert format_identity_number(number) == f"{number[:6]} {number[6:]}"
    assert number[6:] not in mask(number)
    assert mask(number).startswith(number[:6])
