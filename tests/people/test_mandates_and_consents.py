"""Who may act for whom, and when; what a person has agreed to, and still agrees to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trinnvis.people import queries, services
from trinnvis.people.identity import synthetic_number
from trinnvis.people.models import Consent, Mandate, Person
from trinnvis.people.rules import Standing, Validity, birthday, last_day_as_minor

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def register(name: str, born: date, sex: str = "female", **more) -> Person:
    number = synthetic_number(born, sex, Person.objects.count())
    return services.register_person(
        identity_number=number, given_name=name, family_name="Prøve", sex=sex, now=NOW, **more
    )


@pytest.fixture
def johs(db) -> Person:
    return register("Johs", date(1955, 12, 3), "male")


@pytest.fixture
def son(johs) -> Person:
    return register("Eirik", date(1984, 5, 5), "male")


def mandate(principal, representative, **changes) -> Mandate:
    terms = {"kind": Mandate.Kind.POWER_OF_ATTORNEY, "scopes": ["read", "write"], "valid_from": TODAY}
    return services.give_mandate(principal=principal, representative=representative, **{**terms, **changes})


@pytest.mark.parametrize(
    ("validity", "standing"),
    [
        (Validity(TODAY), Standing.IN_FORCE),
        (Validity(TODAY, TODAY), Standing.IN_FORCE),
        (Validity(TODAY + DAY), Standing.FUTURE),
        (Validity(TODAY - 2 * DAY, TODAY - DAY), Standing.EXPIRED),
        (Validity(TODAY - DAY, None, TODAY), Standing.REVOKED),
        (Validity(TODAY - DAY, None, TODAY + DAY), Standing.IN_FORCE),
        (Validity(TODAY - 9 * DAY, TODAY - DAY, TODAY - 5 * DAY), Standing.REVOKED),
    ],
)
def test_a_validity_stands_somewhere_on_every_day(validity, standing):
    assert validity.standing(TODAY) is standing
    assert validity.in_force(TODAY) is (standing is Standing.IN_FORCE)


@given(DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_nothing_comes_back_into_force_once_it_is_over(start, end, revoked, on):
    validity = Validity(start, end, revoked)
    if validity.standing(on) in (Standing.EXPIRED, Standing.REVOKED):
        assert not any(validity.in_force(on + n * DAY) for n in range(0, 400, 7))


@given(st.dates(date(1920, 1, 1), date(2025, 12, 31)), st.integers(0, 100))
def test_a_birthday_is_the_first_day_with_that_age(born, age):
    day = birthday(born, age)
    person = Person(birth_date=born)
    assert person.age_on(day) == age
    assert age == 0 or person.age_on(day - DAY) == age - 1


def test_a_child_of_29_february_comes_of_age_on_1_march():
    assert last_day_as_minor(date(2008, 2, 29)) == date(2026, 2, 28)


def test_an_open_ended_mandate_is_found_with_its_scope(johs, son):
    given_one = mandate(johs, son)
    assert queries.mandates_valid(son, TODAY) == [given_one]
    assert queries.mandates_valid(son.pk, TODAY, scope=Mandate.Scope.WRITE) == [given_one]
    assert queries.mandates_valid(son, TODAY, scope=Mandate.Scope.CONTACT) == []
    assert queries.mandates_valid(johs, TODAY) == []
    assert list(queries.mandates_for(johs, TODAY)) == [given_one]


@pytest.mark.parametrize(
    ("start", "end", "valid"),
    [
        (TODAY, TODAY, True),
        (TODAY + DAY, None, False),
        (TODAY - 9 * DAY, TODAY - DAY, False),
        (date(2024, 2, 29), date(2028, 2, 29), True),
    ],
)
def test_future_and_expired_mandates_give_no_power(johs, son, start, end, valid):
    held = mandate(johs, son, valid_from=start, valid_to=end)
    assert bool(queries.mandates_valid(son, TODAY)) is valid
    assert queries.validity_of(held).in_force(TODAY) is valid


def test_a_revoked_mandate_gives_no_power_from_that_very_day(johs, son):
    held = mandate(johs, son, valid_from=TODAY - 9 * DAY)
    services.revoke_mandate(mandate=held, now=NOW)
    services.revoke_mandate(mandate=held, now=NOW + 30 * DAY)
    assert held.revoked_at == NOW
    assert queries.mandates_valid(son, TODAY) == []
    assert queries.mandates_valid(son, TODAY - DAY) == [held]
    assert queries.validity_of(held).standing(TODAY) is Standing.REVOKED


def test_a_revocation_near_midnight_counts_on_its_norwegian_day(johs, son):
    held = mandate(johs, son, valid_from=TODAY - 9 * DAY)
    services.revoke_mandate(mandate=held, now=datetime(2026, 3, 10, 23, 30, tzinfo=UTC))  # 00:30 on the 11th
    assert queries.mandates_valid(son, TODAY) == [held]
    assert queries.mandates_valid(son, TODAY + DAY) == []
    assert queries.validity_of(held).revoked_on == TODAY + DAY


def test_a_parents_mandate_ends_the_day_before_the_child_is_18(son):
    child = register("Nora", date(2010, 6, 1))
    held = mandate(child, son, kind=Mandate.Kind.PARENT, valid_to=date(2050, 1, 1))
    assert held.valid_to == date(2028, 5, 31)
    with pytest.raises(services.NotPossible, match="18 år"):
        mandate(child, son, kind=Mandate.Kind.PARENT, valid_from=date(2028, 6, 1))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"scopes": []}, "Velg hva"),
        ({"scopes": ["read", "everything"]}, "Velg hva"),
        ({"valid_to": TODAY - DAY}, "slutter før"),
    ],
)
def test_a_mandate_without_sense_is_refused(johs, son, changes, why):
    with pytest.raises(services.NotPossible, match=why):
        mandate(johs, son, **changes)
    assert not Mandate.objects.exists()


def test_nobody_represents_themselves(johs):
    with pytest.raises(services.NotPossible):
        mandate(johs, johs)


def test_a_consent_holds_until_it_is_withdrawn(johs, son):
    terms = {"person": johs, "kind": Consent.Kind.SHARE_WITH_NEXT_OF_KIN, "to_person": son, "how": "muntlig"}
    consent = services.give_consent(**terms, now=NOW)
    assert services.give_consent(**terms, now=NOW + DAY) == consent
    assert list(queries.consents_in_force(johs, NOW)) == [consent]
    assert not queries.consents_in_force(johs, NOW - DAY)
    assert not queries.consents_in_force(johs, NOW, [Consent.Kind.SHARE_WITH_GP])
    services.withdraw_consent(consent=consent, now=NOW + 5 * DAY)
    services.withdraw_consent(consent=consent, now=NOW + 9 * DAY)
    assert consent.withdrawn_at == NOW + 5 * DAY
    assert not queries.consents_in_force(johs, NOW + 5 * DAY)
    assert services.give_consent(**terms, now=NOW + 20 * DAY) != consent


@pytest.mark.parametrize("changes", [{"how": " "}, {"to_person": None}])
def test_a_consent_says_how_and_to_whom(johs, son, changes):
    terms = {"person": johs, "kind": Consent.Kind.SHARE_WITH_NEXT_OF_KIN, "to_person": son, "how": "muntlig"}
    with pytest.raises(services.NotPossible):
        services.give_consent(**{**terms, **changes}, now=NOW)


@pytest.mark.parametrize(
    "dates",
    [
        {"valid_from": date(1026, 3, 10)},
        {"valid_from": date(1955, 12, 2)},  # the day before Johs was born
        {"valid_from": date(1984, 5, 4)},  # and the day before his son was
        {"valid_to": date(9999, 1, 1)},
        {"valid_from": date(2126, 3, 10)},
    ],
)
def test_a_mandate_lies_within_the_lives_of_the_two(johs, son, dates):
    with pytest.raises(services.NotPossible, match="Kontroller årstallet"):
        mandate(johs, son, **dates)
    assert not Mandate.objects.exists()


def test_a_mandate_may_be_old_and_last_long(johs, son):
    held = mandate(johs, son, valid_from=date(1990, 1, 1), valid_to=date(2066, 1, 1))
    assert (held.valid_from, held.valid_to) == (date(1990, 1, 1), date(2066, 1, 1))
