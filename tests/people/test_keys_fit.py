"""Whether the keys fit those who are registered, while keys are changed and lost."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from trinnvis.people.identity import synthetic_number
from trinnvis.people.keys_fit import assert_keys_fit
from trinnvis.people.models import Person
from trinnvis.people.services import register_person, reseal_identity_numbers
from trinnvis.site.database import may_hold_people
from trinnvis.trouble import Trouble

OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture(autouse=True)
def keys(settings):
    settings.TRINNVIS_KEYS = {"sealing_key_1": OLD, "index_key": "i" * 40}
    settings.TRINNVIS_SEALING_KEYS = {"1": OLD}
    settings.TRINNVIS_SEALING_KEY_ID = "1"
    settings.TRINNVIS_INDEX_KEY = "i" * 40
    return settings


def register(sequence: int) -> Person:
    number = synthetic_number(date(1953, 12, 14), "female", sequence)
    now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    return register_person(identity_number=number, given_name="Kari", family_name="Ås", sex="female", now=now)


@pytest.mark.django_db
def test_a_key_that_is_dropped_before_all_is_sealed_anew_is_named(keys):
    register(0)
    keys.TRINNVIS_SEALING_KEYS = {"2": NEW, "1": OLD}
    keys.TRINNVIS_SEALING_KEY_ID = "2"
    register(1)
    assert_keys_fit()
    keys.TRINNVIS_SEALING_KEYS = {"2": NEW}
    with pytest.raises(Trouble, match="sealing_key_1 passer ikke"):
        assert_keys_fit()
    keys.TRINNVIS_SEALING_KEYS = {"2": NEW, "1": OLD}
    reseal_identity_numbers()
    keys.TRINNVIS_SEALING_KEYS = {"2": NEW}
    assert_keys_fit()


@pytest.mark.django_db
def test_an_older_key_that_is_wrong_is_named_although_the_newest_fits(keys):
    register(0)
    keys.TRINNVIS_SEALING_KEYS = {"2": NEW, "1": "x" * 40}
    keys.TRINNVIS_SEALING_KEY_ID = "2"
    register(1)
    with pytest.raises(Trouble, match="sealing_key_1 passer ikke"):
        assert_keys_fit()


@pytest.mark.django_db
def test_any_keys_fit_where_nobody_is_registered():
    assert_keys_fit()


@pytest.mark.django_db(transaction=True)
def test_whether_a_database_may_hold_people_is_seen_from_outside(tmp_path):
    database = {**connection.settings_dict, "OPTIONS": {}}
    assert not may_hold_people(database)
    register(0)
    assert may_hold_people(database)


def test_a_database_that_does_not_answer_may_hold_people():
    nobody = {"ENGINE": "django.db.backends.postgresql", "NAME": "x", "USER": "x", "PASSWORD": "x"}
    assert may_hold_people({**nobody, "HOST": "127.0.0.1", "PORT": 1})
