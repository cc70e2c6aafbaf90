"""Versions: whole or not at all, who and when, going back, and two planners at once."""

from __future__ import annotations

import pytest
from cast import NOW
from django.db import IntegrityError

from trinnvis.ownfigures import queries, services
from trinnvis.ownfigures.errors import Conflict, Faulty, NotFound
from trinnvis.ownfigures.models import FileDraft, OwnFigures
from trinnvis.ownfigures.rules.kinds import Kind

HEAD = "År;Tjeneste;Alder;Brukere 31.12.\n"
LUNNER = "3234"


def rows(year: int, users: int, service: str = "Langtid") -> str:
    return f"{HEAD}{year};{service};80+;{users}\n"


def stands() -> dict[tuple[int, str], object]:
    held = queries.newest(LUNNER, Kind.RECIPIENTS)
    return {(row.year, row.keys[0]): row.values[0] for row in held.rows} if held else {}


def test_a_version_says_who_when_and_which_file(figures, planke):
    assert figures.take_in(rows(2025, 30)) == 1
    held = queries.newest(LUNNER, Kind.RECIPIENTS)
    assert (held.saved_by, held.file_name, len(held.file_hash)) == (planke.name, "tall.csv", 64)
    assert held.saved_at == NOW and "kommunens eget uttrekk, 16.11.2026" in held.source
    assert not FileDraft.objects.exists()


def test_a_new_file_replaces_its_own_years_and_services_alone(figures):
    figures.take_in(rows(2024, 28) + "2025;Langtid;80+;30\n")
    figures.take_in(rows(2025, 33), seen=1)
    figures.take_in(rows(2025, 70, "Hjemmetjenester"), seen=2)
    assert stands() == {(2024, "long_term"): 28, (2025, "long_term"): 33, (2025, "home_care"): 70}


def test_one_rejected_row_and_nothing_is_taken_in(figures):
    with pytest.raises(Faulty):
        figures.take_in(rows(2025, 30) + "2024;Langtid;80+;-1\n")
    assert stands() == {} and FileDraft.objects.count() == 1


def test_a_second_click_takes_nothing_in_again(figures, planke):
    key = figures.upload(rows(2025, 30))
    first, again = (services.adopt(key, expected_revision=0, actor=planke, now=NOW) for _click in range(2))
    assert (first, again, OwnFigures.objects.count()) == (1, 1, 1)


def test_of_two_at_once_the_second_is_told_and_keeps_the_file(figures, leif):
    other = type(figures)(leif)
    mine, theirs = figures.upload(rows(2025, 30)), other.upload(rows(2025, 31))
    services.adopt(theirs, expected_revision=0, actor=leif, now=NOW)
    with pytest.raises(Conflict, match=leif.name):
        services.adopt(mine, expected_revision=0, actor=figures.actor, now=NOW)
    assert stands() == {(2025, "long_term"): 31}
    assert services.adopt(mine, expected_revision=1, actor=figures.actor, now=NOW) == 2


def test_broken_off_midway_leaves_what_was(figures, monkeypatch):
    figures.take_in(rows(2024, 28))
    key = figures.upload(rows(2025, 30))

    def stop(self) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(FileDraft, "delete", stop)
    with pytest.raises(KeyboardInterrupt):
        services.adopt(key, expected_revision=1, actor=figures.actor, now=NOW)
    assert stands() == {(2024, "long_term"): 28} and OwnFigures.objects.count() == 1


def test_the_database_itself_refuses_two_of_one_revision(figures, monkeypatch):
    figures.take_in(rows(2024, 28))
    key = figures.upload(rows(2025, 30))

    def late(self, **_kwargs) -> None:
        raise IntegrityError

    monkeypatch.setattr(OwnFigures, "save", late)
    with pytest.raises(Conflict, match="samtidig"):
        services.adopt(key, expected_revision=1, actor=figures.actor, now=NOW)


def test_going_back_is_a_new_version(figures):
    figures.take_in(rows(2025, 30))
    figures.take_in(rows(2025, 99), seen=1)
    back = {"municipality": LUNNER, "kind": Kind.RECIPIENTS, "actor": figures.actor, "now": NOW}
    assert services.take_back(to_revision=1, expected_revision=2, **back) == 3
    assert stands() == {(2025, "long_term"): 30}
    with pytest.raises(Conflict):
        services.take_back(to_revision=0, expected_revision=2, **back)
    with pytest.raises(NotFound):
        services.take_back(to_revision=9, expected_revision=3, **back)
    services.take_back(to_revision=0, expected_revision=3, **back)
    assert stands() == {} and queries.own_use(LUNNER) is None
    assert [one.revision for one in queries.versions(LUNNER, Kind.RECIPIENTS)] == [4, 3, 2, 1]
    assert queries.own_use(LUNNER, 2).users("long_term", 2025)[2] == 99


def test_only_planners_take_in_and_a_file_is_its_makers_alone(figures, sara, leif):
    with pytest.raises(NotFound):
        type(figures)(sara).upload(rows(2025, 30))
    key = figures.upload(rows(2025, 30))
    with pytest.raises(NotFound):
        queries.draft_of(key, leif)
    with pytest.raises(NotFound):
        services.adopt(key, expected_revision=0, actor=leif, now=NOW)
