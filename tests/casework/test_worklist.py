"""The worklist: most urgent first, counts that agree with filters, and the same cost at any size."""

from datetime import date, timedelta

import pytest
from cast import NOW, account_of, case_of, citizen, employee, enquire, person_of

from trinnvis.casework import services
from trinnvis.casework.models import Case, Enquiry, Need
from trinnvis.casework.queries.worklist import PAGE_SIZE, Filter, worklist
from trinnvis.casework.rules.enquiry import Said

MOST_QUERIES = 6
TODAY = NOW.date()


def many(number, *, person, version, unit):
    """Open cases with two needs each, due on different days; made in bulk, without services."""
    cases = Case.objects.bulk_create(
        Case(
            number=f"2025-{i:06d}",
            person=person,
            policy=version,
            unit=unit,
            stage=Case.Stage.values[i % 8],
            track="fast" if i % 50 == 49 else "ordinary",
            opened_at=NOW - timedelta(days=i),
            next_due=TODAY + timedelta(days=i % 30 - 10),
        )
        for i in range(number)
    )
    Need.objects.bulk_create(
        Need(
            case=case, kind=kind, opened_at=NOW, due_on=case.next_due + timedelta(days=extra), due_why="Fordi"
        )
        for case in cases
        for kind, extra in (("assess", 0), ("draft_decision", 5))
    )
    return cases


@pytest.fixture
def fill(ingrid, lunner, intake_unit):
    return lambda number: many(number, person=person_of(ingrid), version=lunner, unit=intake_unit)


@pytest.mark.parametrize("number", [0, 20, 200])
def test_it_costs_the_same_at_any_size(fill, sara, number, django_assert_max_num_queries, ingrid):
    fill(number)
    for i in range(number // 20):
        enquire(ingrid, key=str(i))
    with django_assert_max_num_queries(MOST_QUERIES):
        shown = worklist(sara, NOW)
    assert (shown.total, len(shown.rows)) == (number, min(number, PAGE_SIZE))


def test_twenty_and_two_hundred_take_exactly_as_many_queries(fill, sara, django_assert_num_queries):
    fill(20)
    with django_assert_num_queries(MOST_QUERIES) as first:
        worklist(sara, NOW)
    Need.objects.all().delete()
    Case.objects.all().delete()
    fill(200)
    with django_assert_num_queries(len(first.captured_queries)):
        worklist(sara, NOW)


def test_the_severely_ill_stand_first_then_haste_then_what_is_due(ingrid, fremmed, sara):
    ordinary = case_of(ingrid, sara, is_application=True)
    urgent = case_of(fremmed, sara, outcome="urgent")
    fast = case_of(citizen("Johs"), sara, outcome="severely_ill")
    late = case_of(citizen("Kari"), sara)
    Case.objects.filter(pk=late.pk).update(next_due=date(2020, 1, 1))
    numbers = [row.number for row in worklist(sara, NOW).rows]
    assert numbers == [fast.number, urgent.number, late.number, ordinary.number]


def test_a_row_says_what_is_due_first_and_why(case, sara):
    row = worklist(sara, NOW).rows[0]
    need = case.needs.filter(state="open", due_on__isnull=False).order_by("due_on", "pk").first()
    assert (row.number, row.need, row.due_on, row.due_why) == (
        case.number,
        need.kind,
        need.due_on,
        need.due_why,
    )
    assert row.need_title and row.due_why
    assert (row.person_name, row.assigned_to, row.overdue) == ("Ingrid Prøve", "", False)


def test_a_case_is_overdue_the_day_after(case, sara):
    due = worklist(sara, NOW).rows[0].due_on
    on_the_day = NOW + (due - TODAY)
    assert worklist(sara, on_the_day).counts.overdue == 0
    after = worklist(sara, on_the_day + timedelta(days=1))
    assert (after.counts.overdue, after.rows[0].overdue) == (1, True)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(whose="mine"), "mine"),
        (Filter(whose="unassigned"), "unassigned"),
        (Filter(due="overdue"), "overdue"),
        (Filter(due="week"), "week"),
        (Filter(), "all"),
    ],
)
def test_a_count_is_what_its_filter_shows(fill, sara, wanted, count):
    fill(60)
    Case.objects.filter(number__endswith="7").update(assigned_to=account_of(sara))
    shown = worklist(sara, NOW, wanted)
    assert shown.total == getattr(shown.counts, count) > 0


@pytest.mark.parametrize("stage", Case.Stage.values[:8])
def test_stages_are_counted_as_they_are_filtered(fill, sara, stage):
    fill(50)
    shown = worklist(sara, NOW, Filter(stage=stage))
    assert shown.total == shown.counts.by_stage[stage] > 0
    assert {row.stage for row in shown.rows} == {stage}


def test_filters_narrow_each_other(fill, sara):
    fill(200)
    both = worklist(sara, NOW, Filter(track="fast", due="overdue"))
    expected = Case.objects.filter(track="fast", next_due__lt=TODAY).count()
    assert both.total == expected


@pytest.mark.parametrize("text", ["øystein", "ØYSTEIN", "østby øystein", "000001", "2026-000001"])
def test_a_case_is_found_by_name_or_number(sara, text):
    case = case_of(citizen("Øystein", family_name="Østby"), sara)
    case_of(citizen("Kari", date(1950, 1, 1)), sara)
    assert [row.number for row in worklist(sara, NOW, Filter(text=text)).rows] == [case.number]


@pytest.mark.parametrize("text", ["%", "_", "\0", "' OR 1=1 --", "💥" * 500])
def test_strange_words_find_nothing_and_break_nothing(case, sara, text):
    assert worklist(sara, NOW, Filter(text=text)).total == (1 if text == "\0" else 0)


def test_pages_hold_every_case_once(fill, sara):
    fill(2 * PAGE_SIZE + 3)
    pages = [worklist(sara, NOW, Filter(page=page)) for page in (1, 2, 3)]
    numbers = [row.number for page in pages for row in page.rows]
    assert len(numbers) == len(set(numbers)) == 2 * PAGE_SIZE + 3
    assert [page.pages for page in pages] == [3, 3, 3]
    beyond = worklist(sara, NOW, Filter(page=999))
    assert (beyond.page, beyond.rows) == (3, pages[2].rows)
    assert worklist(sara, NOW, Filter(page=-1)).page == 1


def test_closed_cases_are_not_work(ingrid, sara):
    case = case_of(ingrid, sara)
    services.close_case(number=case.number, reason="Ferdig", actor=sara, now=NOW)
    assert worklist(sara, NOW).counts.all == 0


@pytest.mark.parametrize("who", ["ingrid", "fremmed", "unni", "leif", "planke"])
def test_nobody_else_has_a_worklist(request, case, ingrid, who):
    enquire(ingrid)
    shown = worklist(request.getfixturevalue(who), NOW)
    assert (shown.rows, shown.waiting, shown.counts.all) == ((), (), 0)


def test_another_units_work_is_not_mine(case, other_unit):
    assert worklist(employee("Ola", "case_worker", other_unit), NOW).counts.all == 0


def test_enquiries_wait_with_their_due_date_most_urgent_first(ingrid, sara):
    calm = enquire(ingrid, now=NOW - timedelta(days=6), is_application=True)
    haste = enquire(ingrid, says_urgent=True)
    unknown = services.register_enquiry(
        actor=sara,
        now=NOW,
        submission_key="x",
        channel="phone",
        said=Said(what_matters="Ramlet"),
        unidentified_name="Mann i Roa",
    )
    waiting = worklist(sara, NOW).waiting
    assert [row.number for row in waiting] == [haste.number, calm.number, unknown.number]
    assert [row.overdue for row in waiting] == [False, True, False]
    assert [row.identified for row in waiting] == [True, True, False]
    assert waiting[2].name == "Mann i Roa"
    assert all(row.due_on and row.due_why for row in waiting)


def test_a_triaged_enquiry_waits_no_longer(ingrid, sara):
    case_of(ingrid, sara)
    assert worklist(sara, NOW).counts.waiting == 0
    assert Enquiry.objects.count() == 1
