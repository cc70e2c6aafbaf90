"""Who sees a case: every role in every relation, in lists and for single cases alike."""

from datetime import timedelta

import pytest
from cast import NOW, account_of, case_of, citizen, employee, mandate, person_of

from trinnvis.access.models import StaffRole
from trinnvis.access.services import actor_of
from trinnvis.casework import services
from trinnvis.casework.errors import NotFound
from trinnvis.casework.models import Case, Clarification, Decision, TeamMember
from trinnvis.casework.queries.case import case_for
from trinnvis.casework.queries.visible import cases_to_work_on, cases_visible_to, rules_granting, worn_hats
from trinnvis.people.services import register_next_of_kin, revoke_mandate

ROLES = list(StaffRole.Role.values)
CASEWORK = {"intake", "case_worker", "decision_maker", "lawyer"}
RELATIONS = [
    "none",
    "unit, open",
    "unit, closed lately",
    "unit, closed long ago",
    "assigned, other unit",
    "assigned, closed long ago",
    "on the team",
    "on the team, closed",
    "decided it, closed long ago",
    "own, in the unit",
    "kin, in the unit",
]


def expected(role: str, relation: str) -> bool:
    """The policy in words, written apart from the table it tests."""
    if relation == "own, in the unit":
        return True  # as a citizen
    if relation in ("unit, open", "unit, closed lately"):
        return role in CASEWORK
    if relation == "unit, closed long ago":
        return role == "lawyer"
    if relation.startswith("assigned"):
        return role in CASEWORK
    if relation == "on the team":
        return role in CASEWORK | {"provider"}
    if relation == "decided it, closed long ago":
        return role == "decision_maker"
    return False


def sees(actor, case) -> bool:
    """Whether the list holds it; the guard and the rules must say the same."""
    listed = cases_visible_to(actor, NOW).filter(pk=case.pk).exists()
    assert listed == bool(rules_granting(Case.objects.get(pk=case.pk), actor, NOW))
    try:
        guarded = case_for(actor, case.number, NOW, what="Saken").pk == case.pk
    except NotFound:
        guarded = False
    assert guarded == listed
    return listed


def close(case: Case, *, days_ago: int) -> None:
    Case.objects.filter(pk=case.pk).update(closed_at=NOW - timedelta(days=days_ago))


def team_with(case, account):
    clarification = Clarification.objects.create(case=case, offered_at=NOW)
    TeamMember.objects.create(
        clarification=clarification, account=account, name=account.name, profession="Fysioterapeut"
    )


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", ROLES)
def test_every_role_in_every_relation(case, ingrid, intake_unit, other_unit, role, relation):
    in_unit = relation.startswith("unit") or relation.endswith("in the unit")
    person = None
    if relation == "own, in the unit":
        account = account_of(ingrid)
        account.roles.create(role=role, unit=intake_unit, valid_from=NOW.date())
        actor = actor_of(account, on=NOW.date())
    else:
        if relation == "kin, in the unit":
            person = person_of(citizen("Kari"))
            person.account.delete()
            register_next_of_kin(person=person_of(ingrid), relative=person, relation="søster")
        actor = employee("Ansatt", role, intake_unit if in_unit else other_unit, person=person)
    account = account_of(actor)
    if relation.startswith("assigned"):
        Case.objects.filter(pk=case.pk).update(assigned_to=account)
    if relation.startswith("on the team"):
        team_with(case, account)
    if relation.startswith("decided"):
        Decision.objects.create(
            case=case, number="V-1", kind="grant", drafted_by=account, drafted_at=NOW, decided_by=account
        )
    if "long ago" in relation:
        close(case, days_ago=1000)
    elif "closed" in relation:
        close(case, days_ago=3)
    assert sees(actor, case) == expected(role, relation)


def test_a_stranger_and_a_husband_without_mandate_see_nothing(case, fremmed, odd):
    assert not sees(fremmed, case)
    assert not sees(odd, case)


@pytest.mark.parametrize(
    ("scopes", "visible", "hats"),
    [
        (("read",), True, set()),
        (("read", "write"), True, {"representative"}),
        (("write",), False, set()),
        (("contact",), False, set()),
    ],
)
def test_a_mandate_reaches_as_far_as_its_scopes(case, ingrid, odd, scopes, visible, hats):
    mandate(of=ingrid, to=odd, scopes=scopes)
    assert sees(odd, case) == visible
    assert worn_hats(case, odd, NOW) == hats


@pytest.mark.parametrize(
    ("start", "end", "visible"),
    [(-10, -1, False), (-10, 0, True), (0, None, True), (1, None, False), (1, 9, False)],
)
def test_a_mandate_holds_from_its_first_day_to_its_last(case, ingrid, odd, start, end, visible):
    today = NOW.date()
    mandate(
        of=ingrid,
        to=odd,
        start=today + timedelta(days=start),
        valid_to=None if end is None else today + timedelta(days=end),
    )
    assert sees(odd, case) == visible


def test_a_revoked_mandate_is_over_at_once(case, ingrid, odd):
    given = mandate(of=ingrid, to=odd)
    assert sees(odd, case)
    revoke_mandate(mandate=given, now=NOW)
    assert not sees(odd, case)


def test_a_mandate_is_for_one_principal(case, fremmed, odd):
    mandate(of=fremmed, to=odd)
    assert not sees(odd, case)


@pytest.mark.parametrize(("start", "end", "visible"), [(-9, -1, False), (-9, 0, True), (1, None, False)])
def test_a_role_holds_from_its_first_day_to_its_last(case, intake_unit, start, end, visible):
    today = NOW.date()
    account = account_of(employee("Vikar", "planner", "ingen"))
    account.roles.create(
        role="case_worker",
        unit=intake_unit,
        valid_from=today + timedelta(days=start),
        valid_to=None if end is None else today + timedelta(days=end),
    )
    assert sees(actor_of(account, on=today), case) == visible


def test_a_role_counts_only_in_its_own_unit(case, intake_unit, other_unit):
    account = account_of(employee("Kari", "intake", intake_unit))
    account.roles.create(role="decision_maker", unit=other_unit, valid_from=NOW.date())
    assert worn_hats(case, actor_of(account, on=NOW.date()), NOW) == {"intake"}


def test_a_provider_on_the_team_works_as_one_and_no_more(case, unni):
    assert not sees(unni, case)
    team_with(case, account_of(unni))
    assert worn_hats(case, unni, NOW) == {"provider"}


def test_staff_work_on_their_units_cases_and_not_on_their_own(ingrid, case, intake_unit):
    account = account_of(ingrid)
    account.roles.create(role="case_worker", unit=intake_unit, valid_from=NOW.date())
    both = actor_of(account, on=NOW.date())
    assert case in cases_visible_to(both, NOW)
    assert case not in cases_to_work_on(both, NOW)
    assert worn_hats(case, both, NOW) == {"citizen"}


def test_kin_named_in_either_direction_are_barred(ingrid, case, intake_unit):
    sister = person_of(citizen("Kari"))
    sister.account.delete()
    worker = employee("Kari", "case_worker", intake_unit, person=sister)
    assert sees(worker, case)
    register_next_of_kin(person=sister, relative=person_of(ingrid), relation="søster")
    assert not sees(worker, case)


def test_how_long_a_closed_case_is_seen_is_a_setting(settings, ingrid, sara):
    case = case_of(ingrid, sara)
    services.close_case(number=case.number, reason="Ferdig", actor=sara, now=NOW)
    assert cases_visible_to(sara, NOW + timedelta(days=settings.TRINNVIS_CLOSED_CASE_ACCESS_DAYS))
    assert not cases_visible_to(sara, NOW + timedelta(days=settings.TRINNVIS_CLOSED_CASE_ACCESS_DAYS + 1))
    settings.TRINNVIS_CLOSED_CASE_ACCESS_DAYS = 0
    assert not cases_visible_to(sara, NOW + timedelta(days=1))
