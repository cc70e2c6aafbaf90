"""A ladder of four steps with few services, built in code: what calculator and decision tests judge by."""

from datetime import date
from decimal import Decimal
from typing import Any

from trinnvis.policy.model import Policy

EARLY = date(2020, 1, 1)
SOURCED = {"source": "Test", "status": "eksempel"}
DATED = {"valid_from": EARLY}

DESCRIPTION = {
    "goal": "Du klarer deg hjemme.",
    "who": "Deg som trenger hjelp i hverdagen og ikke klarer dette selv.",
    "covered": ("Hjelp til det vi blir enige om",),
    "not_covered": (),
    "you_can_expect": ("Vi kommer når vi har sagt",),
    "we_expect_of_you": ("Du sier fra når noe endrer seg",),
    "price": "Se prislisten.",
}


def service(code: str, steps: tuple[int, ...], unit: str, **more: Any) -> dict[str, Any]:
    base = {
        "code": code,
        "title": code.replace("-", " ").capitalize(),
        "summary": "Kort om tjenesten.",
        "steps": steps,
        "decision": "individual",
        "legal_bases": ("helse",),
        "unit": unit,
        "provider": "hjemmetjenesten",
        "description": DESCRIPTION,
        **SOURCED,
    }
    return base | more


def price(code: str, unit: str, per: str, nok: str, **more: Any) -> dict[str, Any]:
    base = {"service": code, "unit": unit, "per": per, "nok": Decimal(nok), "price_year": 2026}
    return base | SOURCED | DATED | more


def step(number: int) -> dict[str, Any]:
    return {
        "number": number,
        "title": f"Trinn {number}",
        "caption": "-",
        "decision": "required" if number > 1 else "none",
        "usual_housing": (1,),
        "municipality_offers": (),
        "expects_of_citizen": (),
        "citizen_text": "-",
    }


def basis(code: str, rule: str | None, **more: Any) -> dict[str, Any]:
    base = {
        "code": code,
        "act": f"Lov om {code}",
        "short": f"{code}l.",
        "paragraph": "§ 1",
        "title": code.capitalize(),
        "substance": f"Kommunen skal gi nødvendig {code} til deg som ikke klarer deg selv.",
        "appeal_rule": rule,
    }
    return base | SOURCED | DATED | more


def rule(code: str, number: int, unit: str) -> dict[str, Any]:
    return {
        "code": code,
        "title": f"Klagefrist {number}",
        "trigger": "Vedtaket er sendt",
        "length": {"number": number, "unit": unit},
        "rolls_to_working_day": True,
        "legal_basis": "-",
        "body": "Statsforvalteren",
        "explanation": f"Du kan klage innen {number} uker.",
        **SOURCED,
        **DATED,
    }


CRITERIA = {
    "code": "praktisk",
    "title": "Praktisk bistand",
    "first": "selv",
    "questions": (
        {
            "code": "selv",
            "text": "Klarer du dette selv etter opplæring og med hjelpemidler?",
            "answers": (
                {"code": "ja", "label": "Ja", "outcome": "not_met", "reason": "required"},
                {"code": "nei", "label": "Nei", "outcome": "met", "reason": "optional"},
            ),
        },
    ),
    **SOURCED,
}

NEEDS = {
    "hear_citizen": ("case_worker",),
    "assess": ("case_worker",),
    "answer_criteria": ("case_worker",),
    "compare_alternatives": ("case_worker",),
    "draft_decision": ("case_worker",),
    "approve": ("decision_maker",),
    "send_notice": ("case_worker",),
    "preliminary_reply": ("case_worker",),
    "offer_clarification": ("case_worker",),
    "run_clarification": ("case_worker",),
    "consent_capacity": ("case_worker",),
    "give_help_now": ("case_worker",),
    "review": ("case_worker",),
}
SKIPPED_ON_FAST_TRACK = ("offer_clarification", "run_clarification", "compare_alternatives")


def small_policy(*, two_persons: bool = True, **changes: Any) -> Policy:
    """The policy, with any of its parts changed."""
    document: dict[str, Any] = {
        "title": "Fire trinn",
        "municipality": {
            "code": "9999",
            "name": "Prøve kommune",
            "adopted_document": "-",
            "phone": "00 00 00 00",
            "email": "post@example.org",
            "address": "-",
            "website": "https://example.org",
            "intake_unit": "tildelingsenheten",
            "appeal_body": "Statsforvalteren",
            "privacy_contact": "-",
        },
        "effort_ladder": {"title": "Innsatstrapp", "steps": tuple(map(step, (1, 2, 3, 4))), **SOURCED},
        "housing_ladder": {
            "title": "Boligtrapp",
            "steps": tuple(
                {"number": n, "title": f"Bolig {n}", "caption": "-", "citizen_text": "-"} for n in (1, 2)
            ),
            **SOURCED,
        },
        "services": (
            service("praktisk-bistand", (2,), "hours_per_week", criteria="praktisk"),
            service("hjemmesykepleie", (2, 3), "visits_per_week"),
            service("dagaktivitet", (2,), "days_per_week"),
            service("mat", (1, 2), "portions_per_week", decision="local", legal_bases=()),
            service("alarm", (1, 2), "pieces", decision="local", legal_bases=()),
            service("korttid", (3,), "days"),
            service("bolig", (3,), "months", legal_bases=("bolig",)),
            service("langtid", (4,), "places"),
            service("hjemmebesok", (1,), "times", decision="none", legal_bases=()),
            service("uten-pris", (2,), "hours_per_week"),
        ),
        "criteria": (CRITERIA,),
        "prices": (
            price(
                "praktisk-bistand",
                "hours_per_week",
                "hour",
                "700",
                hours={"helsefagarbeider": Decimal("1.3")},
                fee_nok=Decimal(100),
                low=Decimal(600),
                high=Decimal(900),
            ),
            price(
                "hjemmesykepleie",
                "visits_per_week",
                "visit",
                "350",
                hours={"sykepleier": Decimal("0.5"), "helsefagarbeider": Decimal("0.1")},
            ),
            price("dagaktivitet", "days_per_week", "day", "900", fee_nok=Decimal(105), places=Decimal("0.2")),
            price("mat", "portions_per_week", "portion", "120", fee_nok=Decimal(99)),
            price("alarm", "pieces", "month", "310", fee_nok=Decimal(250)),
            price("korttid", "days", "day", "3600", fee_nok=Decimal(185), places=Decimal(1)),
            price("bolig", "months", "month", "9000", fee_nok=Decimal(8500)),
            price(
                "langtid",
                "places",
                "day",
                "3400",
                hours={"sykepleier": Decimal("4.7")},
                places=Decimal(1),
                status="vedtatt",
            ),
            price("hjemmebesok", "times", "time", "1500", hours={"sykepleier": Decimal(2)}),
        ),
        "work_years": ({"hours": Decimal(1500), **SOURCED, **DATED},),
        "professions": (
            {"code": "sykepleier", "title": "Sykepleier"},
            {"code": "helsefagarbeider", "title": "Helsefagarbeider"},
        ),
        "legal_bases": (basis("helse", "klage-4"), basis("bolig", "klage-3")),
        "deadlines": (rule("klage-4", 4, "weeks"), rule("klage-3", 3, "weeks")),
        "needs": tuple(
            {
                "code": code,
                "title": code,
                "help": code,
                "roles": roles,
                "two_persons": code == "approve" and two_persons,
                "skipped_on_fast_track": code in SKIPPED_ON_FAST_TRACK,
            }
            for code, roles in NEEDS.items()
        ),
        "code_lists": tuple(
            {
                "code": code,
                "title": code,
                "version": "1",
                "entries": tuple({"code": entry, "title": entry} for entry in entries),
                **SOURCED,
                **DATED,
            }
            for code, entries in (("function", ("hygiene",)), ("score", ("1", "2", "3", "4", "5", "9")))
        ),
        "instruments": (),
        "topics": (
            {
                "code": "viktig",
                "title": "Hva er viktig",
                "citizen_question": "Hva er viktig for deg?",
                "professional_question": "Hva sier innbyggeren er viktig?",
                "kind": "wish",
            },
        ),
        "units": (
            {"code": "tildelingsenheten", "title": "Tildelingsenheten", "sector": "helse"},
            {
                "code": "hjemmetjenesten",
                "title": "Hjemmetjenesten",
                "sector": "helse",
                "phone": "11 11 11 11",
            },
        ),
        "statements": (),
        "tracks": (),
        "quality_criteria": (),
        "next_of_kin_areas": (),
        "letter_texts": (
            {
                "code": "standard",
                "body": "Vi har vurdert søknaden din etter kommunens kriterier og loven.",
                **SOURCED,
            },
        ),
    }
    return Policy.model_validate(document | changes)
