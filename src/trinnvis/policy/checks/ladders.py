"""The two ladders (innsatstrapp, boligtrapp): their numbers, how they fit together, no empty step."""

from __future__ import annotations

from collections.abc import Iterator

from trinnvis.policy.draft import Draft
from trinnvis.policy.faults import Problem, listed
from trinnvis.policy.model import Step

LADDERS = {"effort_ladder": "innsatstrappen", "housing_ladder": "boligtrappen"}


def known_numbers(draft: Draft, ladder: str) -> list[int]:
    """The step numbers as written, other faults aside; none when any is unreadable: it may be any number."""
    numbers = [row.get("number") for _, row in draft.said(ladder, "steps")]
    readable = [n for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
    return sorted(readable) if len(readable) == len(numbers) else []


def numbers_run_from_one(draft: Draft) -> Iterator[Problem]:
    for ladder, name in LADDERS.items():
        seen: set[int] = set()
        for index, row in draft.said(ladder, "steps"):
            number = row.get("number")
            if isinstance(number, int) and number in seen:
                yield Problem(
                    (ladder, "steps", index, "number"),
                    f"Trinn {number} står flere ganger i {name}.",
                    "Gi hvert trinn sitt eget nummer.",
                )
            elif isinstance(number, int):
                seen.add(number)
        if missing := sorted(set(range(1, len(known_numbers(draft, ladder)) + 1)) - seen):
            yield Problem(
                (ladder, "steps"),
                f"Trinn {listed(missing)} mangler i {name}: trinnene skal nummereres fra 1 uten hull.",
                "Legg til trinnet som mangler, eller nummerer trinnene på nytt.",
            )


def housing_exists(draft: Draft) -> Iterator[Problem]:
    housing = known_numbers(draft, "housing_ladder")
    for path, step in draft.rows(Step):
        if not step.usual_housing:
            yield Problem(
                (*path, "usual_housing"),
                f"Trinn {step.number} sier ikke hvilke boligtrinn som er vanlige.",
                "Skriv ett eller flere numre fra boligtrappen, for eksempel [1, 2].",
            )
        for field in ("usual_housing", "occasional_housing"):
            for index, number in enumerate(getattr(step, field)):
                if housing and number not in housing:
                    yield Problem(
                        (*path, field, index),
                        f"Boligtrinn {number} finnes ikke i boligtrappen.",
                        f"Bruk et av trinnene {listed(housing)}.",
                    )


def every_step_has_a_service(draft: Draft) -> Iterator[Problem]:
    steps = [row.get("steps") for _, row in draft.said("services")]
    used = [number for numbers in steps if isinstance(numbers, list) for number in numbers]
    for path, step in draft.rows(Step):
        if "services" in draft.raw and step.number not in used:
            yield Problem(
                path,
                f"Ingen tjeneste ligger på trinn {step.number}, «{step.title}».",
                f"Legg til minst én tjeneste med {step.number} i «steps».",
            )
