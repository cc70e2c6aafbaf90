"""Registering and finding people, with their numbers sealed all the way down."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from trinnvis.people import queries, services
from trinnvis.people.identity import InvalidIdentityNumber, format_identity_number, synthetic_number
from trinnvis.people.loading import DwellingFacts, PersonFacts, Register, load_register
from trinnvis.people.models import Dwelling, Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
BORN = date(1953, 12, 14)
NUMBER = synthetic_number(BORN, "female", 0)


def register(given="Ingrid", family="Ødegård", number=NUMBER, **more) -> Person:
    return services.register_person(
        identity_number=number, given_name=given, family_name=family, sex="female", now=NOW, **more
    )


def test_a_person_is_found_by_number_and_the_number_stands_nowhere_in_the_database():
    ingrid = register(number=format_identity_number(NUMBER))
    assert ingrid.birth_date == BORN
    assert queries.person_by_identity_number(f" {NUMBER[:6]}-{NUMBER[6:]}") == ingrid
    assert queries.identity_number_of(ingrid) == NUMBER
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person")
        assert not any(
            NUMBER in str(value) or NUMBER[6:] in str(value)[:8] for value in cursor.fetchone()[1:]
        )


def test_an_unknown_number_finds_nobody_and_a_wrong_one_says_what_to_do():
    assert queries.person_by_identity_number(synthetic_number(BORN, "male", 3)) is None
    with pytest.raises(InvalidIdentityNumber, match="11 siffer"):
        queries.person_by_identity_number("123")


def test_the_same_number_cannot_be_registered_twice():
    register()
    with pytest.raises(services.NotPossible, match="fra før") as refused:
        register(given="Annen")
    assert NUMBER not in str(refused.value)
    assert Person.objects.count() == 1


def test_synthetic_numbers_are_refused_when_the_setting_says_so(settings):
    settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS = False
    with pytest.raises(InvalidIdentityNumber, match="syntetisk"):
        register()
    with pytest.raises(InvalidIdentityNumber, match="syntetisk"):
        queries.person_by_identity_number(NUMBER)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"birth_date": date(1953, 12, 15)}, "en annen"),
        ({"number": synthetic_number(date(2026, 3, 11), "female", 0)}, "ikke kommet"),
        ({"given": "  "}, "fornavn"),
        ({"number": "30908299732"}, "Skriv inn fødselsdatoen"),
    ],
)
def test_what_does_not_agree_is_refused(changes, why):
    with pytest.raises(services.NotPossible, match=why):
        register(**changes)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "ingrid",
        "INGRID",
        "ødegård",
        "ØDEGÅRD",
        "ødeg ingr",
        "14.12.1953",
        "14121953",
        "141253",
        "14/12/1953",
        NUMBER,
    ],
)
def test_a_person_is_found_by_name_birth_date_or_number(text):
    ingrid = register()
    register("Berit", "Moen", synthetic_number(date(1960, 1, 1), "female", 0))
    assert queries.search_people(text) == [ingrid]


@pytest.mark.parametrize(
    "text", ["", "  ", "%", "_", "' OR 1=1 --", "99.99.1953", "311353", "x" * 5000, "x " * 5000, "\x00"]
)
def test_a_search_that_means_nothing_finds_nobody(text):
    register()
    assert queries.search_people(text) == []


def test_a_search_is_cut_at_the_limit():
    for i in range(5):
        register(number=synthetic_number(BORN, "female", i))
    assert len(queries.search_people("ingrid", limit=3)) == 3


def test_a_protected_address_is_found_by_the_whole_number_only():
    hidden = register(protected_address=True)
    assert queries.search_people("ingrid") == queries.search_people("14.12.1953") == []
    assert queries.search_people(NUMBER) == [hidden]


def test_a_household_and_the_next_of_kin():
    ingrid = register()
    odd = register("Odd", "Ødegård", synthetic_number(date(1951, 2, 2), "female", 0))
    home = Dwelling.objects.create(
        address="Bjørkelia 1", postal_code="2742", postal_place="Grua", settlement="Grua", housing_step=2
    )
    assert list(queries.household_of(ingrid)) == []
    services.move_together(people=[ingrid, odd], dwelling=home)
    assert list(queries.household_of(ingrid)) == [odd]
    services.register_next_of_kin(person=ingrid, relative=odd, relation="venn")
    services.register_next_of_kin(person=ingrid, relative=odd, relation="ektefelle", is_nearest=True)
    assert [(kin.relative, kin.relation) for kin in queries.next_of_kin_of(ingrid)] == [(odd, "ektefelle")]
    with pytest.raises(services.NotPossible, match="seg selv"):
        services.register_next_of_kin(person=ingrid, relative=ingrid, relation="venn")


def test_rotation_seals_every_number_anew(settings):
    ingrid = register()
    settings.TRINNVIS_SEALING_KEYS = {"2": "n" * 40, **settings.TRINNVIS_SEALING_KEYS}
    settings.TRINNVIS_SEALING_KEY_ID = "2"
    assert services.reseal_identity_numbers() == 1
    assert services.reseal_identity_numbers() == 0
    del settings.TRINNVIS_SEALING_KEYS["1"]
    ingrid.refresh_from_db()
    assert queries.identity_number_of(ingrid) == NUMBER
    assert queries.person_by_identity_number(NUMBER) == ingrid


@pytest.mark.parametrize("number", ["12345678901", synthetic_number(BORN, "male", 0)])
def test_a_register_with_one_wrong_number_is_not_loaded_at_all(settings, number):
    settings.TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS = number == "12345678901"
    home = DwellingFacts("Bjørkelia 1", "2742", "Grua", "Grua", 2, "enebolig")
    ingrid = PersonFacts(NUMBER, "Ingrid", "Haugen", BORN, "female", 0)
    wrong = PersonFacts(number, "Odd", "Haugen", BORN, "male", 0)
    with pytest.raises(InvalidIdentityNumber):
        load_register(Register(dwellings=[home], households=[0], people=[ingrid, wrong]))
    assert not Person.objects.exists()
    assert not Dwelling.objects.exists()


def test_nobody_is_as_old_as_a_mistyped_century():
    oldest = date(1897, 1, 1)  # 129 years
    assert register(number=synthetic_number(oldest, "female", 0)).birth_date == oldest
    with pytest.raises(services.NotPossible, match="for langt tilbake"):
        register(number=synthetic_number(date(1895, 1, 1), "female", 0))
