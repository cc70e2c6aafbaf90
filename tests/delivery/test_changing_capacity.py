"""Who may change what, two who change at once, the log, and what cannot be so."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import NOW, employee
from delivering import HOME, OFFICE

from trinnvis.delivery.errors import Conflict, Faulty, NotFound, Refused
from trinnvis.delivery.models import (
    Budget,
    CapacityEvent,
    MonthUsed,
    PlaceKind,
    Places,
    ServiceArea,
    ServiceHours,
    Site,
)
from trinnvis.delivery.services.budgets import BudgetSaid, save_budget
from trinnvis.delivery.services.hours import rows_of_period, save_period, seen
from trinnvis.delivery.services.setup import remove_area, save_area, save_kind
from trinnvis.delivery.services.sites import save_places, save_site
from trinnvis.policy.append_only import AppendOnlyError

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
SAID = BudgetSaid(HOME, 2026, Decimal(500_000), {"sykepleier": Decimal(900)}, "Økonomiplan", "vedtatt", 0)


@pytest.fixture
def site(policy, leader):
    return save_site(
        policy=policy, unit=HOME, name="Roa", address="Roa 1", bought=False, actor=leader, now=NOW
    )


@pytest.fixture
def kind(policy, tor):
    return save_kind(
        policy=policy, title="Langtidsplass", housing_step=2, services=["langtid"], actor=tor, now=NOW
    )


def put_places(site, kind, actor, **more):
    said = {
        "number": 8,
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
        "source": "Egen telling",
        "status": "vedtatt",
    }
    return save_places(site_pk=site.pk, kind_pk=kind.pk, actor=actor, now=NOW, **{**said, **more})


def test_a_leader_changes_their_own_unit_only(policy, leader, other_leader, site, kind):
    put_places(site, kind, leader)
    with pytest.raises(Refused):
        put_places(site, kind, other_leader)
    with pytest.raises(Refused):
        save_budget(policy=policy, said=SAID, actor=other_leader, now=NOW)
    assert save_budget(policy=policy, said=SAID, actor=leader, now=NOW).nok == 500_000


@pytest.mark.parametrize("role", ["politician", "case_worker", "provider", "administrator", "decision_maker"])
def test_others_change_nothing(policy, role, lunner):
    actor = employee("Noen", role, HOME)
    with pytest.raises(Refused):
        save_site(policy=policy, unit=HOME, name="X", address="", bought=False, actor=actor, now=NOW)
    with pytest.raises(Refused):
        save_budget(policy=policy, said=SAID, actor=actor, now=NOW)
    with pytest.raises(Refused):
        save_area(
            policy=policy, service="mat", settlement="Roa", unit=OFFICE, revision=0, actor=actor, now=NOW
        )
    assert not CapacityEvent.objects.exists()


def test_the_set_up_of_the_municipality_is_not_for_leaders(policy, leader, tor):
    with pytest.raises(Refused):
        save_kind(policy=policy, title="X", housing_step=1, services=["langtid"], actor=leader, now=NOW)
    row = save_area(
        policy=policy, service="mat", settlement="Roa", unit=OFFICE, revision=0, actor=tor, now=NOW
    )
    with pytest.raises(Conflict):  # somebody did it meanwhile
        save_area(policy=policy, service="mat", settlement="Roa", unit=HOME, revision=0, actor=tor, now=NOW)
    remove_area(pk=row.pk, revision=row.revision, actor=tor, now=NOW)
    assert not ServiceArea.objects.exists()


def test_a_unit_or_kind_that_is_not_there(policy, tor, site):
    with pytest.raises(NotFound):
        save_site(policy=policy, unit="borte", name="X", address="", bought=False, actor=tor, now=NOW)
    with pytest.raises(NotFound):
        put_places(site, PlaceKind(pk=99), tor)


def test_the_second_of_two_is_told_who_was_first(policy, leader, tor, site):
    first = {"policy": policy, "unit": HOME, "address": "", "bought": False, "pk": site.pk, "now": NOW}
    save_site(name="Roa nord", revision=1, actor=tor, **first)
    with pytest.raises(Conflict, match="Tor Økonom lagret dette"):
        save_site(name="Roa sør", revision=1, actor=leader, **first)
    assert Site.objects.get().name == "Roa nord"


def test_a_budget_carries_its_revision(policy, leader, tor):
    save_budget(policy=policy, said=SAID, actor=leader, now=NOW)
    with pytest.raises(Conflict):
        save_budget(policy=policy, said=replace(SAID, nok=Decimal(1)), actor=tor, now=NOW)
    save_budget(policy=policy, said=replace(SAID, nok=Decimal(1), revision=1), actor=tor, now=NOW)
    event = CapacityEvent.objects.first()
    assert (event.before["nok"], event.after["nok"], event.by_name) == ("500000.00", "1", "Tor Økonom")
    with pytest.raises(AppendOnlyError):
        event.delete()


def test_saving_the_same_again_changes_nothing(policy, leader):
    save_budget(policy=policy, said=SAID, actor=leader, now=NOW)
    save_budget(policy=policy, said=SAID, actor=leader, now=NOW)
    assert (Budget.objects.get().revision, CapacityEvent.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": " "}, "source"),
        ({"status": "sikkert"}, "status"),
        ({"nok": Decimal(-1)}, "nok"),
        ({"nok": None, "hours": {}}, "nok"),
        ({"hours": {"trollmann": Decimal(1)}}, "hours"),
        ({"hours": {"sykepleier": Decimal(-1)}}, "hours_sykepleier"),
        ({"year": 26}, "year"),
    ],
)
def test_a_budget_that_cannot_be(policy, leader, change, field):
    with pytest.raises(Faulty) as told:
        save_budget(policy=policy, said=replace(SAID, **change), actor=leader, now=NOW)
    assert [fault.field for fault in told.value.faults] == [field]
    assert not Budget.objects.exists()


def test_places_of_a_kind_are_counted_once_a_day(site, kind, leader):
    row = put_places(site, kind, leader, valid_to=date(2026, 6, 30))
    with pytest.raises(Faulty, match="8 plasser"):
        put_places(site, kind, leader, valid_from=date(2026, 6, 30))
    put_places(site, kind, leader, valid_from=date(2026, 7, 1), number=10)
    with pytest.raises(Faulty, match="Siste dag"):
        put_places(site, kind, leader, pk=row.pk, revision=1, valid_to=date(2025, 1, 1))
    assert Places.objects.count() == 2


def test_a_service_fills_one_kind_of_place(policy, kind, tor):
    with pytest.raises(Faulty, match="bruker plassene «Langtidsplass»"):
        save_kind(policy=policy, title="Annet", housing_step=1, services=["langtid"], actor=tor, now=NOW)
    with pytest.raises(Faulty, match="finnes ikke"):
        save_kind(policy=policy, title="Annet", housing_step=9, services=["borte"], actor=tor, now=NOW)


def report(policy, actor, hours, *, period=OCTOBER, used=None, read=""):
    save_period(
        policy=policy,
        unit=HOME,
        first=period[0],
        last=period[1],
        hours=hours,
        used=used,
        source="Arbeidsplan",
        status="gjeldende",
        read=read or marked(*period),
        actor=actor,
        now=NOW,
    )


def marked(first, last):
    hours, used = rows_of_period(HOME, first, last)
    return seen([*hours, *used])


def test_a_month_is_reported_corrected_and_taken_away(policy, leader):
    both = (Decimal(100), Decimal(90))
    report(policy, leader, {"praktisk-bistand": both}, used=(Decimal(1000), None))
    row = ServiceHours.objects.get()
    assert (row.planned, row.executed, MonthUsed.objects.get().nok) == (100, 90, 1000)
    report(policy, leader, {"praktisk-bistand": (Decimal(100), None)}, used=(None, None))
    assert ServiceHours.objects.get().executed is None
    assert not MonthUsed.objects.exists()  # nothing known is no row, not a nought
    verbs = list(CapacityEvent.objects.values_list("verb", flat=True))
    assert verbs.count("hours_saved") == 2 and verbs.count("used_saved") == 2


def test_two_who_report_the_same_month(policy, leader, tor):
    opened = marked(*OCTOBER)
    report(policy, tor, {"praktisk-bistand": (Decimal(1), None)}, read=opened)
    with pytest.raises(Conflict, match="Tor Økonom"):
        report(policy, leader, {"praktisk-bistand": (Decimal(2), None)}, read=opened)
    assert ServiceHours.objects.get().planned == 1


def test_no_day_is_counted_twice(policy, leader):
    week = (date(2026, 9, 28), date(2026, 10, 4))
    report(policy, leader, {"praktisk-bistand": (Decimal(10), None)}, period=week)
    with pytest.raises(Faulty, match="telles to ganger"):
        report(policy, leader, {"praktisk-bistand": (Decimal(10), None)})


def test_what_has_not_happened_cannot_be_reported_as_done(policy, leader):
    november = (date(2026, 11, 1), date(2026, 11, 30))
    report(policy, leader, {"praktisk-bistand": (Decimal(10), None)}, period=november)
    with pytest.raises(Faulty, match="før perioden er over"):
        report(policy, leader, {"praktisk-bistand": (Decimal(10), Decimal(9))}, period=november)
    with pytest.raises(Faulty, match="før måneden er over"):
        report(policy, leader, {}, period=november, used=(Decimal(1), None))


def test_only_whole_months_and_weeks_from_monday(policy, leader):
    for first, days in ((date(2026, 10, 2), 6), (date(2026, 10, 1), 29)):
        with pytest.raises(Faulty, match="hel måned eller en uke"):
            report(
                policy,
                leader,
                {"praktisk-bistand": (Decimal(1), None)},
                period=(first, first + timedelta(days=days)),
            )
