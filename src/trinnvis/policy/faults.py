"""What can be wrong in a policy folder, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""Where a value sits in the document, e.g. `("services", 3, "unit")`."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: `file` relative to the folder, `line` from 1; line 0 means the whole file or folder.

    `stops`: the policy cannot be used with it. What does not stop is a note.
    """

    file: str
    line: int
    path: str
    reason: str
    fix: str
    stops: bool = True

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.path}: {self.reason} {self.fix}".replace(": : ", ": ")


class PolicyFaults(Exception):
    """A policy folder that cannot be used; `faults` holds every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Place(NamedTuple):
    """A place in a source text; line and column count from 1."""

    file: str
    line: int
    column: int


class Problem(NamedTuple):
    """A fault before its place is known: what the checks yield."""

    path: Path
    reason: str
    fix: str
    stops: bool = True


def located(problem: Problem, document: Any, places: Mapping[Path, Place], folder: str) -> Fault:
    """The problem as a fault, at the nearest written place on the way up from its path."""
    at = problem.path
    while at and at not in places:
        at = at[:-1]
    place = places.get(at, Place(folder, 0, 0)) if at else Place(folder, 0, 0)
    path = path_text(problem.path, document)
    return Fault(place.file, place.line, path, problem.reason, problem.fix, problem.stops)


def path_text(path: Path, document: Any) -> str:
    """The path in words a reader can search for: `services[hjemmesykepleie].unit`, not `services.3.unit`."""
    text, value = "", document
    for part in path:
        value = _child(value, part)
        if isinstance(part, int):
            text += f"[{row_name(value) or part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def _child(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def row_name(row: Any) -> str:
    """What a row is called: its code, its number, or what it is a price of; "" when it says none of these."""
    if not isinstance(row, Mapping):
        return ""
    if "code" in row or "number" in row:
        return str(row.get("code", row.get("number")))
    return " ".join(str(row[key]) for key in ("service", "unit", "valid_from") if row.get(key) is not None)


def listed(values: Iterable[object], most: int = 12) -> str:
    """Values in a sentence: «a», «b» og «c», cut after `most`."""
    quoted = [f"«{value}»" for value in values]
    if len(quoted) > most:
        quoted = [*quoted[:most], f"{len(quoted) - most} til"]
    if not quoted:
        return "(ingen)"
    return " og ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
