"""Drafts and adopted lists: two at a time, two persons, all or nothing, and never changed afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import LONG_AGO, NOW, employee
from small_policy import small_policy

from trinnvis.policy.append_only import AppendOnlyError
from trinnvis.policy.queries import PolicyChanged, policy_of
from trinnvis.policy.services import adopt as adopt_policy
from trinnvis.pricing import queries, services
from trinnvis.pricing.errors import Conflict, Faulty, NotFound, Refused
from trinnvis.pricing.models import PriceDraft, PriceEvent, PriceList
from trinnvis.pricing.rules.typed import as_typed
from trinnvis.trouble import Trouble

NEW_YEAR = date(2027, 1, 1)
INDEX = [(2, {"år": "2026", "indeks": "100"}), (3, {"år": "2027", "indeks": "103,5"})]


def stored(draft: PriceDraft, service: str):
    return draft.rows.get(service=service)


def typed(draft: PriceDraft, service: str, **changes: str) -> dict[str, str]:
    return as_typed(queries.row_of(stored(draft, service))) | changes


def save(draft, service, actor, revision=1, now=NOW, **changes):
    return services.save_row(
        draft.pk, typed=typed(draft, service, **changes), expected_revision=revision, actor=actor, now=now
    )


def adopt(draft, actor, valid_from=NEW_YEAR, decision="Kommunestyret, sak 12/26", now=NOW):
    draft.refresh_from_db()
    return services.adopt(
        draft.pk,
        valid_from=valid_from,
        decision=decision,
        expected_revision=draft.revision,
        actor=actor,
        now=now,
    )


def test_a_draft_begins_with_the_policys_prices_of_the_day(draft, policy):
    assert draft.rows.count() == len(policy.prices)
    assert draft.made_from == "Prisene i den vedtatte politikken"


def test_a_saved_row_is_logged_with_before_and_after(draft, eva):
    save(draft, "mat", eva, nok="150")
    event = draft.events.first()
    assert (event.verb, event.by_id) == ("row_saved", eva.key)
    assert (Decimal(event.data["before"]["nok"]), Decimal(event.data["after"]["nok"])) == (120, 150)


def test_saving_what_stands_changes_nothing(draft, eva):
    row = save(draft, "mat", eva)
    draft.refresh_from_db()
    assert (row.revision, draft.revision) == (1, 1)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(draft, eva, planke):
    save(draft, "mat", planke, nok="150")
    with pytest.raises(Conflict, match="Planke Planlegger lagret denne prisen") as conflict:
        save(draft, "mat", eva, nok="160")
    assert conflict.value.current.content["nok"] == "150"
    assert stored(draft, "mat").content["nok"] == "150"
    save(draft, "mat", eva, revision=2, nok="160")
    assert stored(draft, "mat").content["nok"] == "160"


def test_two_who_add_the_same_price_are_told_and_so_is_one_whose_row_was_removed(draft, eva, planke):
    with pytest.raises(Conflict, match="la inn en pris"):
        save(draft, "mat", eva, revision=0)
    before = typed(draft, "mat", nok="1")
    services.remove_row(stored(draft, "mat").pk, expected_revision=1, actor=planke, now=NOW)
    with pytest.raises(Conflict, match="fjernet prisen") as conflict:
        services.save_row(draft.pk, typed=before, expected_revision=1, actor=eva, now=NOW)
    assert conflict.value.current is None


def test_a_row_somebody_changed_is_not_removed(draft, eva, planke):
    save(draft, "mat", planke, nok="150")
    with pytest.raises(Conflict):
        services.remove_row(stored(draft, "mat").pk, expected_revision=1, actor=eva, now=NOW)


def test_a_faulty_row_stores_nothing(draft, eva):
    with pytest.raises(Faulty) as faulty:
        save(draft, "mat", eva, source="", nok="x")
    assert [fault.column for fault in faulty.value.faults] == ["nok", "source"]
    assert stored(draft, "mat").revision == 1


@pytest.mark.parametrize("who", ["sara", "bjorn", "unni", "ingrid"])
def test_others_cannot_write_price_lists(draft, who, request):
    actor = request.getfixturevalue(who)
    for attempt in (
        lambda: services.create_draft(title="x", rows=(), made_from="", actor=actor, now=NOW),
        lambda: save(draft, "mat", actor, nok="1"),
        lambda: services.remove_row(stored(draft, "mat").pk, expected_revision=1, actor=actor, now=NOW),
        lambda: services.replace_rows(
            draft.pk, rows=[], file_name="", expected_revision=1, actor=actor, now=NOW
        ),
        lambda: services.discard(draft.pk, actor=actor, now=NOW),
        lambda: adopt(draft, actor),
        lambda: services.import_index(title="i", source="s", licence="", rows=INDEX, actor=actor, now=NOW),
    ):
        with pytest.raises(Refused):
            attempt()
    assert not PriceList.objects.exists()


def test_a_file_takes_the_place_of_every_row_or_of_none(draft, eva):
    rows = [(2, typed(draft, "mat", nok="150")), (3, typed(draft, "alarm", source=""))]
    with pytest.raises(Faulty) as faulty:
        services.replace_rows(
            draft.pk, rows=rows, file_name="p.xlsx", expected_revision=1, actor=eva, now=NOW
        )
    assert [(fault.line, fault.column) for fault in faulty.value.faults] == [(3, "source")]
    assert draft.rows.count() == 9
    count = services.replace_rows(
        draft.pk, rows=rows[:1], file_name="p.xlsx", expected_revision=1, actor=eva, now=NOW
    )
    assert (count, draft.rows.get().content["nok"]) == (1, "150")
    with pytest.raises(Conflict, match="etter at du så over fila"):
        services.replace_rows(draft.pk, rows=rows[:1], file_name="", expected_revision=1, actor=eva, now=NOW)


def test_the_last_editor_cannot_adopt_and_another_can(draft, eva, leif):
    with pytest.raises(Refused, match="En annen må vedta"):
        adopt(draft, eva)
    adopted = adopt(draft, leif)
    assert (adopted.number, adopted.valid_from, adopted.adopted_by_id) == (1, NEW_YEAR, leif.key)
    assert draft.events.first().verb == "adopted"


def test_a_role_without_the_power_cannot_adopt(draft, planke):
    with pytest.raises(Refused, match="Rollen din"):
        adopt(draft, planke)


def test_the_policy_says_who_adopts_and_whether_two_are_needed(db):
    rule = {"roles": ("planner",), "two_persons": False, "source": "Test", "status": "eksempel"}
    version = adopt_policy(policy=small_policy(price_list_rule=rule), valid_from=LONG_AGO, by="KS", now=NOW)
    unit = policy_of(version.pk).municipality.intake_unit
    planner, leader = employee("Per", "planner", unit), employee("Lise", "manager", unit)
    rows = queries.policy_book(policy_of(version.pk), NOW.date()).rows
    draft = services.create_draft(title="P", rows=rows, made_from="", actor=planner, now=NOW)
    with pytest.raises(Refused, match="Rollen din"):
        adopt(draft, leader)
    assert adopt(draft, planner).number == 1


def test_what_changed_after_it_was_read_is_not_adopted(draft, eva, leif):
    save(draft, "mat", eva, nok="150")
    with pytest.raises(Conflict, match="Les det på nytt"):
        services.adopt(draft.pk, valid_from=NEW_YEAR, decision="KS", expected_revision=1, actor=leif, now=NOW)


@pytest.mark.parametrize(
    ("day", "decision", "said"),
    [
        (NEW_YEAR, " ", "hvem som har vedtatt"),
        (date(2099, 1, 1), "KS", "fem år fram"),
        (date(1999, 1, 1), "KS", "for langt tilbake"),
    ],
)
def test_an_adoption_that_cannot_be_is_told_why(draft, leif, day, decision, said):
    with pytest.raises(Refused, match=said):
        adopt(draft, leif, day, decision)


def test_an_adopted_list_never_changes_and_is_not_adopted_twice(draft, eva, leif):
    adopted = adopt(draft, leif)
    with pytest.raises(Refused, match="endres aldri"):
        save(draft, "mat", eva, nok="1")
    with pytest.raises(Refused, match="endres aldri"):
        adopt(draft, leif)
    adopted.title = "Noe annet"
    with pytest.raises(AppendOnlyError):
        adopted.save()
    with pytest.raises(AppendOnlyError):
        PriceList.objects.update(title="x")
    again = services.create_draft(
        title="Igjen", rows=queries.book_of(adopted).rows, made_from="", actor=eva, now=NOW
    )
    with pytest.raises(Refused, match="fra denne dagen"):
        adopt(again, leif)
    with pytest.raises(Refused, match="de samme som i prisliste 1"):
        adopt(again, leif, date(2028, 1, 1))


def test_tampering_with_an_adopted_list_is_found(draft, leif):
    from django.db import connection

    number = adopt(draft, leif).number
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pricing_pricelist SET document = REPLACE(document, '120', '1') WHERE 1 = 1"
        ) if (connection.vendor == "sqlite") else cursor.execute(
            "UPDATE pricing_pricelist SET document = '{\"rows\": []}'"
        )
    queries._adopted_rows.cache_clear()
    with pytest.raises(PolicyChanged):
        queries.named(str(number), small_policy(), NOW.date())


def test_a_list_counts_from_its_day_and_only_for_what_is_decided_after_its_adoption(draft, eva, leif, policy):
    save(draft, "mat", eva, nok="150")
    adopt(draft, leif)
    unit = policy.service("mat").unit
    later = queries.priced(policy, NOW)
    assert later.price("mat", unit, date(2026, 12, 31)).nok == 120
    assert later.price("mat", unit, NEW_YEAR).nok == 150
    before = queries.priced(policy, NOW - timedelta(seconds=1))
    assert before.price("mat", unit, NEW_YEAR).nok == 120
    assert queries.book_at(date(2026, 12, 31), NOW) is None
    assert "Prisliste 1" in queries.book_at(NEW_YEAR, NOW).name


def test_what_the_new_list_leaves_out_has_no_price_from_its_day(draft, eva, leif, policy):
    services.remove_row(stored(draft, "mat").pk, expected_revision=1, actor=eva, now=NOW)
    adopt(draft, leif)
    unit = policy.service("mat").unit
    assert queries.priced(policy, NOW).price("mat", unit, NEW_YEAR) is None


def test_prices_are_converted_by_an_index_and_say_so(draft, eva):
    services.import_index(title="Prøveindeks", source="Test 2026", licence="", rows=INDEX, actor=eva, now=NOW)
    assert services.convert_draft(draft.pk, index="proveindeks", to_year=2027, actor=eva, now=NOW) == 9
    row = queries.row_of(stored(draft, "mat"))
    assert (row.nok, row.price_year, row.fee_nok) == (Decimal("124.20"), 2027, 99)
    assert "Regnet om fra 2026 til 2027 med faktor 1,0350 (Prøveindeks, Test 2026)" in row.source
    with pytest.raises(Refused, match="alt i 2027-kroner"):
        services.convert_draft(draft.pk, index="proveindeks", to_year=2027, actor=eva, now=NOW)


def test_a_year_outside_the_index_converts_nothing(draft, eva):
    services.import_index(title="Prøveindeks", source="Test 2026", licence="", rows=INDEX, actor=eva, now=NOW)
    with pytest.raises(Trouble, match=r"har ikke tall for 2030. Den går fra 2026 til 2027"):
        services.convert_draft(draft.pk, index="proveindeks", to_year=2030, actor=eva, now=NOW)
    assert {queries.row_of(row).price_year for row in draft.rows.all()} == {2026}
    with pytest.raises(NotFound):
        services.convert_draft(draft.pk, index="finnes-ikke", to_year=2027, actor=eva, now=NOW)


def test_a_newer_import_of_an_index_takes_over(eva, lunner):
    for level in ("103,5", "104"):
        rows = [INDEX[0], (3, {"år": "2027", "indeks": level})]
        services.import_index(title="Prøveindeks", source="T", licence="", rows=rows, actor=eva, now=NOW)
    (only,) = queries.indexes()
    assert queries.series_of(only).levels[2027] == 104


@pytest.mark.parametrize("changes", [{"title": " "}, {"source": ""}])
def test_an_index_without_name_or_source_is_refused(eva, changes):
    said = {"title": "P", "source": "S", "licence": "", "rows": INDEX, "actor": eva, "now": NOW}
    with pytest.raises(Refused, match="uten kilde"):
        services.import_index(**{**said, **changes})


def test_a_discarded_draft_is_closed_and_the_log_is_kept(draft, eva, leif):
    services.discard(draft.pk, actor=eva, now=NOW)
    with pytest.raises(Refused, match="forkastet"):
        adopt(draft, leif)
    assert [event.verb for event in PriceEvent.objects.all()] == ["discarded", "draft_created"]


def test_an_empty_draft_and_one_that_does_not_fit_the_policy_are_not_adopted(eva, leif, lunner, policy):
    empty = services.create_draft(title="Tom", rows=(), made_from="", actor=eva, now=NOW)
    with pytest.raises(Refused, match="ingen priser"):
        adopt(empty, leif)
    rows = queries.policy_book(policy, NOW.date()).rows
    strange = [rows[0].model_copy(update={"service": "fotpleie"})]
    other = services.create_draft(title="Feil", rows=strange, made_from="", actor=eva, now=NOW)
    with pytest.raises(Refused, match="fotpleie"):
        adopt(other, leif)
