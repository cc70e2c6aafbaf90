"""One cast for the whole suite, so that a test reads as a sentence; each is an Actor with real rows.

Ingrid lives here and needs help; Odd is her husband and nearest kin, without a mandate. Sara handles cases
and Bjørn decides, in the unit enquiries come to.
Unni provides, Leif manages, Planke plans. Fremmed is a stranger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from built_once import built_once

from trinnvis.access.actor import Actor
from trinnvis.access.models import Account, StaffRole
from trinnvis.access.services import actor_of
from trinnvis.casework import services
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.rules.enquiry import Said
from trinnvis.people.identity import synthetic_number
from trinnvis.people.models import Mandate, Person
from trinnvis.people.services import give_mandate, register_next_of_kin, register_person
from trinnvis.policy.loading import load_folder
from trinnvis.policy.model import Policy
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.queries import policy_of
from trinnvis.policy.services import adopt

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=OSLO)  # a Monday
LONG_AGO = date(2024, 1, 1)
FOLDERS = Path(__file__).parent / "policy" / "folders"
SARA = ("Sara Saksbehandler", "case_worker")
BJORN = ("Bjørn Beslutter", "decision_maker")
Beginning = Callable[[], dict[str, Any]]


def clock() -> datetime:
    """`TRINNVIS_CLOCK` where pages and commands are tried."""
    return NOW


@pytest.fixture
def now() -> datetime:
    return clock()


@cache
def policy_in(folder: Path) -> Policy:
    return load_folder(folder)


def adopt_from(folder: Path) -> None:
    adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


@cache
def adopted_from(folder: Path) -> Beginning:
    @built_once
    def adopted() -> dict[str, Any]:
        adopt_from(folder)
        return {}

    return adopted


def people_under(folder: Path) -> dict[str, Any]:
    """Ingrid, Sara and Bjørn, with the policy of a folder in force."""
    adopt_from(folder)
    unit = policy_in(folder).municipality.intake_unit
    return {"ingrid": citizen("Ingrid"), "sara": employee(*SARA, unit), "bjorn": employee(*BJORN, unit)}


@cache
def opened_under(folder: Path) -> Beginning:
    """Ingrid's case, an application, open in Sara's unit."""

    @built_once
    def opened() -> dict[str, Any]:
        people = people_under(folder)
        return people | {"case": open_case(people["ingrid"], people["sara"])}

    return opened


def standing(request: pytest.FixtureRequest) -> Any:
    """What the fixture that asks would build, where the scene holds it already."""
    scene = request.getfixturevalue("scene") if "scene" in request.fixturenames else {}
    return scene.get(request.fixturename)


@pytest.fixture
def policy_folder() -> Path:
    """Where the policy of these tests is written."""
    return FOLDERS / "four_steps"


@pytest.fixture
def beginnings(policy_folder: Path) -> dict[str, Beginning]:
    """What a test may begin with, by the fixture that asks for it; the one furthest on last."""
    return {"case": opened_under(policy_folder)}


@pytest.fixture
def scene(
    request: pytest.FixtureRequest, db: None, policy_folder: Path, beginnings: dict[str, Beginning]
) -> Mapping[str, Any]:
    """What stands when the test begins, by the name of the fixture that gives it; the policy always does."""
    asked = [begin for name, begin in beginnings.items() if name in request.fixturenames]
    return asked[-1]() if asked else adopted_from(policy_folder)()


@pytest.fixture
def lunner(scene: Mapping[str, Any]) -> PolicyVersion:
    """The policy in force in every test that needs one."""
    return PolicyVersion.objects.defer("document").get()


@pytest.fixture
def policy(lunner: PolicyVersion) -> Policy:
    return policy_of(lunner.pk)


@pytest.fixture
def intake_unit(policy: Policy) -> str:
    """The unit that enquiries come to, where Sara and Bjørn work."""
    return policy.municipality.intake_unit


@pytest.fixture
def other_unit(policy: Policy, intake_unit: str) -> str:
    """A unit that provides services, where Unni works."""
    return next(unit.code for unit in policy.units if unit.code != intake_unit)


def citizen(
    name: str,
    born: date = date(1948, 5, 4),
    sex: str = "female",
    *,
    family_name: str = "Prøve",
    **more: object,
) -> Actor:
    """Someone who lives here and can log in."""
    person = register_person(
        identity_number=synthetic_number(born, sex, Person.objects.filter(birth_date=born).count()),
        given_name=name,
        family_name=family_name,
        sex=Person.Sex(sex),
        now=NOW,
        **more,
    )
    account = Account.objects.create(subject=f"demo:{uuid4().hex}", name=person.full_name, person=person)
    return actor_of(account, on=NOW.date())


def employee(name: str, role: str, unit: str, *, person: Person | None = None) -> Actor:
    """Someone who works for the municipality."""
    account = Account.objects.create(
        subject=f"demo:{uuid4().hex}", name=name, title=StaffRole.Role(role).label, person=person
    )
    StaffRole.objects.create(account=account, role=role, unit=unit, valid_from=LONG_AGO)
    return actor_of(account, on=NOW.date())


def person_of(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def account_of(actor: Actor) -> Account:
    return Account.objects.get(pk=actor.account_id)


@pytest.fixture
def ingrid(request: pytest.FixtureRequest, lunner: PolicyVersion) -> Actor:
    return standing(request) or citizen("Ingrid")


def husband_of(ingrid: Actor) -> Actor:
    actor = citizen("Odd", date(1945, 2, 3), "male")
    register_next_of_kin(
        person=person_of(ingrid), relative=person_of(actor), relation="ektefelle", is_nearest=True
    )
    return actor


@pytest.fixture
def odd(request: pytest.FixtureRequest, ingrid: Actor) -> Actor:
    return standing(request) or husband_of(ingrid)


@pytest.fixture
def fremmed(lunner: PolicyVersion) -> Actor:
    return citizen("Fremmed", date(1980, 1, 2), "male")


@pytest.fixture
def sara(request: pytest.FixtureRequest, intake_unit: str) -> Actor:
    return standing(request) or employee(*SARA, intake_unit)


@pytest.fixture
def bjorn(request: pytest.FixtureRequest, intake_unit: str) -> Actor:
    return standing(request) or employee(*BJORN, intake_unit)


@pytest.fixture
def unni(other_unit: str) -> Actor:
    return employee("Unni Utfører", "provider", other_unit)


@pytest.fixture
def leif(intake_unit: str) -> Actor:
    return employee("Leif Leder", "manager", intake_unit)


@pytest.fixture
def planke(intake_unit: str) -> Actor:
    return employee("Planke Planlegger", "planner", intake_unit)


def mandate(
    *,
    of: Actor,
    to: Actor,
    scopes: tuple[str, ...] = ("read", "write"),
    start: date = LONG_AGO,
    **more: object,
) -> Mandate:
    """`to` may act for `of`."""
    return give_mandate(
        principal=person_of(of),
        representative=person_of(to),
        kind=Mandate.Kind.POWER_OF_ATTORNEY,
        scopes=[Mandate.Scope(scope) for scope in scopes],
        valid_from=start,
        **more,
    )


def enquire(actor: Actor, *, now: datetime = NOW, key: str = "", **said: object) -> Enquiry:
    """A citizen sends the portal's form about themselves."""
    words = {"what_matters": "Å klare meg hjemme", **said}
    return services.register_enquiry(
        actor=actor,
        now=now,
        submission_key=key or uuid4().hex,
        channel=Enquiry.Channel.PORTAL,
        said=Said(**words),
        person=person_of(actor),
    )


def case_of(
    citizen: Actor, worker: Actor, *, now: datetime = NOW, outcome: str = "clarification", **said: object
) -> Case:
    """A citizen makes contact, and a case worker makes it a case."""
    enquiry = enquire(citizen, now=now, **said)
    case = services.triage(
        enquiry_number=enquiry.number, outcome=outcome, reason="Trenger mer enn råd", actor=worker, now=now
    )
    assert case is not None
    return case


def open_case(ingrid: Actor, sara: Actor) -> Case:
    return case_of(ingrid, sara, is_application=True, applies_for="Hjelp til å dusje")


@pytest.fixture
def case(request: pytest.FixtureRequest, ingrid: Actor, sara: Actor) -> Case:
    """Ingrid's case, an application, open in Sara's unit."""
    return standing(request) or open_case(ingrid, sara)
