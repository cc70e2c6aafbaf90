"""A ladder of four steps, a case under assessment, and the cast around it, built straight in the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from built_once import built_once

from trinnvis.access.actor import Actor
from trinnvis.access.models import Account, StaffRole
from trinnvis.access.services import actor_of
from trinnvis.casework.models import Alternative, AlternativeLine, Case
from trinnvis.casework.rules.state import needs_at_start
from trinnvis.casework.services.needs import open_needs, settle
from trinnvis.people.models import Mandate, Person
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of
from trinnvis.policy.services import adopt

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 3, 2)
UNIT = "tildelingsenheten"
SOURCED = {"source": "Oppdiktet", "status": "eksempel"}
DATED = {"valid_from": date(2020, 1, 1)}
TOPICS = {"viktig": "wish", "selv": "own", "rundt": "network", "bo": "home", "teknologi": "technology"}
TOPICS |= {"helse": "health", "annet": "other"}
VARIABLES = ("hygiene", "mat")
SKIPPED_ON_FAST_TRACK = {"offer_clarification", "run_clarification", "compare_alternatives"}
NEEDS = (
    "give_help_now",
    "hear_citizen",
    "offer_clarification",
    "run_clarification",
    "assess",
    "consent_capacity",
    "answer_criteria",
    "compare_alternatives",
    "draft_decision",
    "approve",
    "send_notice",
    "preliminary_reply",
)


def _entries(*codes: str) -> tuple[dict[str, str], ...]:
    return tuple({"code": code, "title": code.capitalize()} for code in codes)


def _answer(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": code.capitalize()} | more


def _tree(code: str) -> dict[str, Any]:
    """Three questions: trenger -(ja)-> trening -(ja)-> nytte."""
    return {
        "code": code,
        "title": code,
        "first": "trenger",
        "questions": (
            {
                "code": "trenger",
                "text": "Trenger du hjelp til noe du ikke kan gjøre selv?",
                "answers": (
                    _answer("ja", next="trening", reason="optional"),
                    _answer("nei", outcome="not_met", reason="required"),
                ),
            },
            {
                "code": "trening",
                "text": "Kan trening gjøre at du klarer det?",
                "answers": (_answer("ja", next="nytte"), _answer("nei", outcome="met")),
            },
            {
                "code": "nytte",
                "text": "Vil du prøve det først?",
                "answers": (
                    _answer("ja", outcome="not_met", reason="required"),
                    _answer("nei", outcome="met"),
                ),
            },
        ),
        **SOURCED,
    }


def _service(code: str, criteria: str | None) -> dict[str, Any]:
    return {
        "code": code,
        "title": code,
        "summary": "-",
        "steps": (2,),
        "decision": "individual",
        "unit": "hours_per_week",
        "provider": UNIT,
        "criteria": criteria,
        "description": {
            "goal": "-",
            "who": "-",
            "covered": ("-",),
            "not_covered": (),
            "you_can_expect": ("-",),
            "we_expect_of_you": ("-",),
            "price": "-",
        },
        **SOURCED,
    }


def _instrument(code: str, parts: tuple[str, ...], low: int, high: int, relevant: int) -> dict[str, Any]:
    return {
        "code": code,
        "title": code.upper(),
        "parts": _entries(*parts),
        "low": Decimal(low),
        "high": Decimal(high),
        "step": Decimal(1),
        "relevant_change": Decimal(relevant),
        **SOURCED,
    }


def _need(code: str) -> dict[str, Any]:
    return {
        "code": code,
        "title": code,
        "help": code,
        "roles": ("case_worker",),
        "deadline": "avklaring" if code == "run_clarification" else None,
        "two_persons": code == "approve",
        "skipped_on_fast_track": code in SKIPPED_ON_FAST_TRACK,
    }


def four_steps(**changes: Any) -> Policy:
    """A policy of four steps and two housing steps, with any of its parts changed."""
    step = {
        "title": "-",
        "caption": "-",
        "decision": "required",
        "usual_housing": (1,),
        "municipality_offers": (),
        "expects_of_citizen": (),
        "citizen_text": "-",
    }
    housing = {"title": "-", "caption": "-", "citizen_text": "-"}
    document: dict[str, Any] = {
        "title": "Fire trinn",
        "municipality": {
            "code": "9999",
            "name": "Prøve kommune",
            "adopted_document": "-",
            "phone": "-",
            "email": "-",
            "address": "-",
            "website": "-",
            "intake_unit": UNIT,
            "appeal_body": "-",
            "privacy_contact": "-",
        },
        "effort_ladder": {"title": "-", "steps": tuple(step | {"number": n} for n in range(1, 5)), **SOURCED},
        "housing_ladder": {"title": "-", "steps": tuple(housing | {"number": n} for n in (1, 2)), **SOURCED},
        "services": (
            _service("bistand", "hjelp"),
            _service("sykepleie", "sykepleie"),
            _service("mat", None),
        ),
        "criteria": (_tree("hjelp"), _tree("sykepleie")),
        "prices": (),
        "work_years": (),
        "professions": (),
        "legal_bases": (),
        "deadlines": (
            {
                "code": "avklaring",
                "title": "Avklaring",
                "trigger": "-",
                "length": {"number": 4, "unit": "weeks"},
                "rolls_to_working_day": True,
                "legal_basis": "-",
                "explanation": "-",
                **SOURCED,
                **DATED,
            },
        ),
        "needs": tuple(map(_need, NEEDS)),
        "code_lists": (
            {
                "code": "function",
                "title": "-",
                "version": "prøve 1",
                "entries": _entries(*VARIABLES),
                **SOURCED,
                **DATED,
            },
            {
                "code": "score",
                "title": "-",
                "version": "prøve 1",
                "entries": _entries("1", "2", "3", "4", "5", "9"),
                **SOURCED,
                **DATED,
            },
        ),
        "instruments": (
            _instrument("copm", ("utforing", "tilfredshet"), 1, 10, 2),
            _instrument("sppb", ("sum",), 0, 12, 1),
        ),
        "topics": tuple(
            {
                "code": code,
                "title": code.capitalize(),
                "citizen_question": "Hva tenker du?",
                "professional_question": "Hva ser du?",
                "kind": kind,
            }
            for code, kind in TOPICS.items()
        ),
        "units": ({"code": UNIT, "title": "Tildelingsenheten", "sector": "helse"},),
        "statements": (),
        "tracks": (),
        "quality_criteria": (),
        "next_of_kin_areas": (),
        "letter_texts": (),
    }
    return Policy.model_validate(document | changes)


def person(given: str, index: str) -> Person:
    return Person.objects.create(
        given_name=given,
        family_name="Prøve",
        birth_date=date(1944, 5, 1),
        sex=Person.Sex.FEMALE,
        identity_sealed="-",
        identity_index=index,
    )


def account(name: str, *, role: str = "", who: Person | None = None, unit: str = UNIT) -> Actor:
    made = Account.objects.create(subject=name.lower(), name=name, person=who)
    if role:
        StaffRole.objects.create(account=made, role=role, unit=unit, valid_from=date(2020, 1, 1))
    return actor_of(made, on=TODAY)


@dataclass(frozen=True)
class Town:
    """The cast, and Ingrid's case as it is just after she applied."""

    case: Case
    ingrid: Actor
    odd: Actor
    sara: Actor
    bjorn: Actor
    unni: Actor
    stranger: Actor
    mayor: Actor

    @property
    def number(self) -> str:
        return self.case.number

    def open_needs(self) -> set[str]:
        return set(self.case.needs.filter(state="open").values_list("kind", flat=True))

    def verbs(self) -> list[str]:
        return list(self.case.events.values_list("verb", flat=True))

    def alternative(self, *services: str, chosen: bool = False) -> Alternative:
        """An alternative as the comparison would have written it."""
        made = Alternative.objects.create(
            case=self.case,
            title="Hjelp hjemme",
            why="-",
            is_chosen=chosen,
            written_by_id=self.sara.account_id,
            written_at=NOW,
        )
        for code in services:
            AlternativeLine.objects.create(
                alternative=made,
                service=code,
                step=2,
                amount=Decimal(2),
                unit="hours_per_week",
                starts_on=TODAY,
            )
        return made


def build_town(*, track: str = "ordinary", **policy_changes: Any) -> Town:
    version = adopt(policy=four_steps(**policy_changes), valid_from=date(2020, 1, 1), by="Prøve", now=NOW)
    ingrid, odd = person("Ingrid", "i"), person("Odd", "o")
    Mandate.objects.create(
        principal=ingrid,
        representative=odd,
        kind=Mandate.Kind.POWER_OF_ATTORNEY,
        scopes=[Mandate.Scope.READ, Mandate.Scope.WRITE],
        valid_from=date(2020, 1, 1),
    )
    case = Case.objects.create(
        number="2026-000001",
        person=ingrid,
        policy=version,
        unit=UNIT,
        track=track,
        opened_at=NOW,
        applied_at=NOW,
    )
    town = Town(
        case=case,
        ingrid=account("Ingrid", who=ingrid),
        odd=account("Odd", who=odd),
        sara=account("Sara", role="case_worker"),
        bjorn=account("Bjørn", role="decision_maker"),
        unni=account("Unni", role="provider", unit="hjemmetjenesten"),
        stranger=account("Fremmed", who=person("Fremmed", "f")),
        mayor=account("Ordføreren", role="politician"),
    )
    open_needs(
        case, needs_at_start(track, applied=True, kinds=policy_of(version.pk).needs), actor=town.sara, now=NOW
    )
    settle(case)
    return town


@built_once
def ordinary_town() -> Town:
    return build_town()
