"""Every assumption that can be given another value, what is possible for it, and the result of doing so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from trinnvis.planning.demand.factors import Values
from trinnvis.planning.demand.reading import Library
from trinnvis.planning.demand.schema import Assumption, Basis, Scenario, WithLimits
from trinnvis.policy.status import Status
from trinnvis.trouble import Trouble

Adjusted = TypeVar("Adjusted", bound=BaseModel)
DOT = "."


@dataclass(frozen=True)
class Adjustable:
    """One assumption. key: "scenario.driver.name", in the basis "name" or "service.name".

    owner: the title of the driver or the service, "" for the basis itself; kind: the driver's, or "basis".
    least, most: what is possible at all; `assumption.low` to `.high` is what is likely.
    """

    key: str
    owner: str
    kind: str
    name: str
    assumption: Assumption
    least: float
    most: float


def of_scenario(scenario: Scenario) -> Iterator[Adjustable]:
    """In the order they are written."""
    for driver in scenario.drivers:
        key = f"{scenario.name}{DOT}{driver.code}"
        yield from _held(driver, key, driver.title, driver.kind)


def of_basis(basis: Basis) -> Iterator[Adjustable]:
    """Those shared by all, then those of each service."""
    yield from _held(basis, "", "", "basis")
    for service in basis.services:
        yield from _held(service, service.code, service.title, "basis")


def adjusted_library(held: Library, values: Mapping[str, float], basis: Mapping[str, float]) -> Library:
    """The library with other values for some assumptions, by their keys.

    Raises:
        Trouble: no such assumption, or a value that is not possible.
    """
    by_scenario: dict[str, dict[tuple[str, str], float]] = {}
    for key, value in values.items():
        name, driver, assumption = _parts(key)
        by_scenario.setdefault(name, {})[driver, assumption] = value
    if unknown := set(by_scenario) - set(held.scenarios):
        raise Trouble(f"Scenarioet «{min(unknown)}» finnes ikke.", "Velg et annet scenario.")
    scenarios = [
        adjusted(scenario, by_scenario[name]) if name in by_scenario else scenario
        for name, scenario in held.scenarios.items()
    ]
    return Library(adjusted_basis(held.basis, basis) if basis else held.basis, scenarios)


def adjusted(scenario: Scenario, values: Values) -> Scenario:
    """The scenario with other values for some assumptions.

    A range is widened to hold its value, and the source says that somebody chose it.

    Raises:
        Trouble: no such assumption, or a value that is not possible. What is possible stands in the text.
    """
    said = scenario.model_dump()
    drivers = {driver["code"]: driver for driver in said["drivers"]}
    for (code, name), value in values.items():
        _set(drivers.get(code, {}), name, value, f"{scenario.name}{DOT}{code}{DOT}{name}")
    return _checked(Scenario, said)


def adjusted_basis(basis: Basis, values: Mapping[str, float]) -> Basis:
    """The basis with other values for some assumptions.

    Raises:
        Trouble: as `adjusted`.
    """
    said = basis.model_dump()
    services = {service["code"]: service for service in said["services"]}
    for key, value in values.items():
        code, _, name = key.rpartition(DOT)
        _set(services.get(code, {}) if code else said, name, value, key)
    return _checked(Basis, said)


def _held(owner: WithLimits, key: str, title: str, kind: str) -> Iterator[Adjustable]:
    for name, (least, most) in owner.limits.items():
        assumption = getattr(owner, name)
        if assumption is not None:
            yield Adjustable(f"{key}{DOT}{name}".strip(DOT), title, kind, name, assumption, least, most)


def _parts(key: str) -> tuple[str, str, str]:
    parts = key.split(DOT)
    if len(parts) != 3:
        raise Trouble(f"«{key}» er ikke en forutsetning.", "Skriv scenario.drivkraft.forutsetning.")
    return parts[0], parts[1], parts[2]


def _set(holder: dict[str, Any], name: str, value: float, key: str) -> None:
    held = holder.get(name)
    if not isinstance(held, dict) or "value" not in held:
        raise Trouble(f"Det finnes ingen forutsetning {key}.", "Last siden på nytt, og velg igjen.")
    if value == held["value"]:
        return
    usual = f"{held['value']:g}".replace(".", ",").replace("-", "\u2212")
    held |= {
        "value": value,
        "low": min(held["low"], value),
        "high": max(held["high"], value),
        "source": f"Valgt av den som regnet, i stedet for {usual} {held['unit']}. {held['source']}",
        "status": Status.MUST_CHECK,
    }


def _checked(kind: type[Adjusted], said: dict[str, Any]) -> Adjusted:
    try:
        return kind.model_validate(said)
    except ValidationError as error:
        why = error.errors(include_url=False)[0].get("ctx", {}).get("error", "verdien er ikke mulig")
        raise Trouble(f"Dette går ikke: {why}.", "Velg en annen verdi.") from error
