"""A YAML file as a checked document; every fault told with file, line and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from trinnvis.policy import messages
from trinnvis.policy.faults import Fault, Problem, located
from trinnvis.policy.yaml_source import Source
from trinnvis.trouble import Trouble

MOST_FAULTS: Final = 5

Read = TypeVar("Read", bound=BaseModel)


def read(kind: type[Read], name: str, data: bytes, *, called: str, tags: Sequence[str] = ()) -> Read:
    """One YAML file as a document. `called`: what the reader calls such a file.

    tags: the values of `kind` in it, which Pydantic puts in the path of a fault and the file does not have.

    Raises:
        Trouble: every fault (the first few) with file and line.
    """
    source = Source(name, data)
    if not source.faults and not isinstance(source.value, dict):
        source.faults.append(Fault(name, 1, "", *messages.ROOT_NOT_MAPPING))
    if source.faults:
        raise trouble(source.faults, called)
    try:
        return kind.model_validate(source.value)
    except ValidationError as error:
        faults = [_fault(problem, source, tags) for problem in error.errors(include_url=False)]
    raise trouble(faults, called)


def trouble(faults: Sequence[Fault], called: str) -> Trouble:
    """The first faults as one text."""
    shown = [str(fault) for fault in faults[:MOST_FAULTS]]
    more = [f"… og {len(faults) - MOST_FAULTS} feil til."] if len(faults) > MOST_FAULTS else []
    return Trouble("\n".join([f"{called} kan ikke brukes.", *shown, *more]))


def _fault(error: Any, source: Source, tags: Sequence[str]) -> Fault:
    path = tuple(part for part in error["loc"] if part not in tags)
    match error["type"]:
        case "value_error":
            message = (f"Dette går ikke: {error['ctx']['error']}.", "Rett tallene, og prøv igjen.")
        case "missing":
            message = messages.missing(str(path[-1]))
        case "extra_forbidden":
            message = (f"Feltet «{path[-1]}» finnes ikke her.", "Slett feltet, eller rett navnet.")
        case "union_tag_invalid" | "union_tag_not_found":
            message = ("Her står en kind som ikke finnes.", f"Bruk en av {', '.join(sorted(tags))}.")
        case "float_type" | "float_parsing":
            message = messages.invalid("decimal_type", error["input"], {})
        case kind:
            message = messages.invalid(kind, error["input"], error.get("ctx", {}))
    return located(Problem(path, *message), source.value, source.places, source.file)
