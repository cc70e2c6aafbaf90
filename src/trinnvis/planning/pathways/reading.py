"""Personas read from YAML, those that ship and the municipality's own, and held against the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from trinnvis.planning.pathways.checking import problems
from trinnvis.planning.pathways.schema import Persona
from trinnvis.policy import messages
from trinnvis.policy.faults import Fault, Problem, located
from trinnvis.policy.model import Policy
from trinnvis.policy.yaml_source import Source
from trinnvis.trouble import Trouble

SUFFIXES: Final = {".yaml", ".yml"}
MOST_FAULTS: Final = 8
SHIPPED: Final = "trinnvis.planning.pathways"


@lru_cache(maxsize=1)
def shipped() -> dict[str, Persona]:
    """Those that ship, by code, the youngest first; not held against any policy."""
    read = (Persona.model_validate(Source(name, data).value) for name, data in _shipped())
    return {each.code: each for each in sorted(read, key=lambda each: each.from_age)}


def personas(policy: Policy, own: Path | None = None) -> dict[str, Persona]:
    """Every persona by code: those that ship and those of an own file or folder, which come instead.

    Raises:
        Trouble: every fault (the first few) with file, line and reason.
    """
    found: dict[str, Persona] = {}
    for name, data in (*_shipped(), *(_own(own) if own else ())):
        persona = read_persona(name, data, policy)
        found[persona.code] = persona
    return found


def persona(code: str, policy: Policy, own: Path | None = None) -> Persona:
    """
    Raises:
        Trouble: there is no such persona, or a file has faults.
    """
    held = personas(policy, own)
    if code not in held:
        near = messages.nearest(code, list(held))
        hint = f"Mente du {near}? " if near else ""
        raise Trouble(f"Det er ingen persona «{code}».", f"{hint}Velg blant {', '.join(held)}.")
    return held[code]


def read_persona(name: str, data: bytes, policy: Policy) -> Persona:
    """One file as a persona whose services, units and steps the policy has.

    Raises:
        Trouble: every fault (the first few) with file, line and reason.
    """
    found, faults = looked_at(name, data, policy)
    if found is None:
        shown = [str(fault) for fault in faults[:MOST_FAULTS]]
        more = [f"… og {len(faults) - MOST_FAULTS} feil til."] if len(faults) > MOST_FAULTS else []
        raise Trouble("\n".join(["Personafila kan ikke brukes.", *shown, *more]))
    return found


def looked_at(name: str, data: bytes, policy: Policy) -> tuple[Persona | None, list[Fault]]:
    """The persona of a file, or every fault in it with its line."""
    source = Source(name, data)
    if not source.faults and not isinstance(source.value, dict):
        source.faults.append(Fault(name, 1, "", *messages.ROOT_NOT_MAPPING))
    if source.faults:
        return None, source.faults
    found, wrong = sound_persona(source.value, policy)
    return found, sorted(located(each, source.value, source.places, source.file) for each in wrong)


def sound_persona(value: Mapping[str, Any], policy: Policy) -> tuple[Persona | None, list[Problem]]:
    """A document as a persona, or everything wrong with it, each on its path."""
    try:
        found = Persona.model_validate(value)
    except ValidationError as error:
        return None, [_problem(each) for each in _own_faults(error)]
    wrong = list(problems(found, policy))
    return (None, wrong) if wrong else (found, [])


def _shipped() -> Iterator[tuple[str, bytes]]:
    folder = files(SHIPPED).joinpath("personas")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".yaml"):
            yield file.name, file.read_bytes()


def _own(path: Path) -> Iterator[tuple[str, bytes]]:
    if not path.exists():
        raise Trouble(f"{path} finnes ikke.", "Sjekk stien etter --personas.")
    chosen = sorted(f for f in path.iterdir() if f.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
    if not chosen:
        raise Trouble(
            f"Mappa {path} har ingen YAML-filer.", "Legg hver persona i en fil som slutter på .yaml."
        )
    for file in chosen:
        try:
            yield str(file), file.read_bytes()
        except OSError as error:
            raise Trouble(f"{file} kan ikke leses ({error.strerror}).", "Sjekk stien.") from error


def _own_faults(error: ValidationError) -> list[Any]:
    """Without what another error led to: a list is too short when its only row is wrong."""
    found = error.errors(include_url=False)
    places = [each["loc"] for each in found]
    return [
        each
        for each in found
        if each["type"] != "too_short"
        or not any(len(p) > len(each["loc"]) and p[: len(each["loc"])] == each["loc"] for p in places)
    ]


def _problem(error: Any) -> Problem:
    path = tuple(error["loc"])
    match error["type"]:
        case "value_error":
            return Problem(path, f"Dette går ikke: {error['ctx']['error']}.", "Rett dette, og prøv igjen.")
        case "missing":
            return Problem(path, *messages.missing(str(path[-1])))
        case "extra_forbidden":
            return Problem(path, *messages.unknown_field(str(path[-1]), _fields(path)))
        case kind:
            shown = float(error["input"]) if isinstance(error["input"], Decimal) else error["input"]
            return Problem(path, *messages.invalid(kind, shown, error.get("ctx", {})))


def _fields(path: tuple[str | int, ...]) -> list[str]:
    """The names a field could have had where this one stands."""
    schema = Persona.model_json_schema()
    here: Any = schema
    for part in path[:-1]:
        here = here.get("items", here) if isinstance(part, int) else here.get("properties", {}).get(part, {})
        options = [here, *here.get("anyOf", ())]
        named = next((o["$ref"] for o in options if "$ref" in o), None)
        here = schema["$defs"][named.rpartition("/")[2]] if named else here
    if "$ref" in here.get("items", {}):
        here = schema["$defs"][here["items"]["$ref"].rpartition("/")[2]]
    return list(here.get("properties", {}))
