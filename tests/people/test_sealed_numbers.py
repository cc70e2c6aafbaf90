"""Identity numbers are sealed in the database: tamper, rotation, missing keys."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from trinnvis.people.sealing import SealBroken, blind_index, is_current, open_sealed, seal

OLD, NEW = "o" * 40, "n" * 40
NUMBER = "14925349924"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.TRINNVIS_SEALING_KEYS = {"1": OLD}
    settings.TRINNVIS_SEALING_KEY_ID = "1"
    settings.TRINNVIS_INDEX_KEY = "i" * 40
    return settings


@pytest.mark.parametrize("text", ["", NUMBER, "Æ ø å 🙂", "x" * 10_000])
def test_what_is_sealed_can_be_opened_and_is_not_readable(text):
    sealed = seal(text)
    assert open_sealed(sealed) == text
    assert not text or text not in sealed


def test_the_same_number_seals_differently_each_time_but_has_one_index():
    assert len({seal(NUMBER) for _ in range(50)}) == 50
    assert blind_index(NUMBER) == blind_index(NUMBER)
    assert len(blind_index(NUMBER)) == 64
    assert NUMBER not in blind_index(NUMBER)


def test_every_changed_character_is_noticed():
    sealed = seal(NUMBER)
    for place in range(2, len(sealed) - 1):
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(SealBroken) as caught:
            open_sealed(sealed[:place] + other + sealed[place + 1 :])
        assert NUMBER not in str(caught.value)


@pytest.mark.parametrize("text", ["", ".", "1.", "1.AAAA", NUMBER, "1.ø", "1." + "A" * 30])
def test_a_text_that_was_never_sealed_is_refused(text):
    with pytest.raises((SealBroken, ImproperlyConfigured)):
        open_sealed(text)


def test_a_seal_moved_to_another_key_id_does_not_open(keys):
    keys.TRINNVIS_SEALING_KEYS = {"1": OLD, "2": OLD}
    with pytest.raises(SealBroken):
        open_sealed("2" + seal(NUMBER)[1:])


def test_after_rotation_old_seals_still_open_and_new_ones_use_the_new_key(keys):
    before = seal(NUMBER)
    keys.TRINNVIS_SEALING_KEYS = {"2": NEW, "1": OLD}
    keys.TRINNVIS_SEALING_KEY_ID = "2"
    after = seal(NUMBER)
    assert open_sealed(before) == open_sealed(after) == NUMBER
    assert (is_current(before), is_current(after)) == (False, True)


def test_a_seal_whose_key_is_gone_says_which_key_is_missing(keys):
    sealed = seal(NUMBER)
    keys.TRINNVIS_SEALING_KEYS = {"2": NEW}
    with pytest.raises(ImproperlyConfigured, match="'1'"):
        open_sealed(sealed)


def test_a_changed_key_under_the_same_id_opens_nothing(keys):
    sealed = seal(NUMBER)
    keys.TRINNVIS_SEALING_KEYS = {"1": NEW}
    with pytest.raises(SealBroken):
        open_sealed(sealed)


@pytest.mark.parametrize("secret", ["", "short"])
def test_without_a_proper_key_nothing_is_sealed_or_indexed(keys, secret):
    keys.TRINNVIS_SEALING_KEYS = {"1": secret}
    keys.TRINNVIS_INDEX_KEY = secret
    with pytest.raises(ImproperlyConfigured, match="TRINNVIS_SEALING_KEYS"):
        seal(NUMBER)
    with pytest.raises(ImproperlyConfigured, match="TRINNVIS_INDEX_KEY"):
        blind_index(NUMBER)


def test_the_index_depends_on_its_own_key(keys):
    before = blind_index(NUMBER)
    keys.TRINNVIS_SEALING_KEYS = {"1": NEW}
    assert blind_index(NUMBER) == before
    keys.TRINNVIS_INDEX_KEY = "j" * 40
    assert blind_index(NUMBER) != before


@pytest.mark.parametrize("missing", ["SEALING_KEY_1", "INDEX_KEY"])
def test_in_production_a_missing_key_stops_the_program(tmp_path, missing):
    names = {"SECRET_KEY", "SEALING_KEY_1", "INDEX_KEY"} - {missing}
    surroundings = {"PATH": os.environ["PATH"], "TRINNVIS_ENV": "production", "TRINNVIS_DATA": str(tmp_path)}
    surroundings |= {f"TRINNVIS_{name}": name * 10 for name in names}
    started = subprocess.run(
        [sys.executable, "-c", "import trinnvis.site.settings"],
        env=surroundings,
        capture_output=True,
        text=True,
    )
    assert started.returncode != 0
    assert f"TRINNVIS_{missing}" in started.stderr
