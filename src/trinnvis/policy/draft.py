"""A policy folder read into one draft: the merged values, where each stands, and every row that is sound.

A row with a fault must not hide faults in other rows, so each row is validated alone as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from trinnvis.policy import messages
from trinnvis.policy.faults import Fault, Path, Place, Problem, located
from trinnvis.policy.model import HousingLadder, Ladder, Policy
from trinnvis.policy.provenance import Frozen
from trinnvis.policy.schema import fields_at, is_list, row_type
from trinnvis.policy.yaml_source import Source

Row = TypeVar("Row", bound=Frozen)


class Draft:
    """What a folder says, sound or not.

    `raw`: the merged values; `places`: path to place; `faults`: what was wrong in reading and merging.
    `whole` is False when a file could not be read: then nothing can be said about what is missing.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.raw: dict[str, Any] = {}
        self.places: dict[Path, Place] = {}
        self.faults: list[Fault] = []
        self.whole = True
        self._rows: dict[Path, Frozen] = {}

    def add(self, source: Source) -> None:
        """Merge one file: lists are joined over files, anything else may be given once."""
        self.faults += source.faults
        if not source.readable:
            self.whole = False
            self.faults[-1] = replace(self.faults[-1], fix=f"{self.faults[-1].fix} {messages.NOT_READ}")
        if source.value is None:
            return
        if not isinstance(source.value, dict):
            self.faults.append(Fault(source.file, source.places[()].line, "", *messages.ROOT_NOT_MAPPING))
            return
        for field, value in source.value.items():
            self._merge(field, value, source.places)

    def unread(self, fault: Fault) -> None:
        """Note that something in the folder could not be read."""
        self.whole = False
        self.faults.append(fault)

    def _merge(self, field: str, value: Any, places: Mapping[Path, Place]) -> None:
        if field not in Policy.model_fields:
            problem = Problem((field,), *messages.unknown_field(field, list(Policy.model_fields)))
            self.faults.append(located(problem, {}, places, self.folder))
            return
        offset = 0
        if is_list(Policy, field):
            if not isinstance(value, list):
                message = messages.not_a_list(field) if value is not None else messages.empty_field(field)
                self.faults.append(located(Problem((field,), *message), {}, places, self.folder))
                value = []
            offset = len(self.raw.setdefault(field, []))
            self.raw[field] += value
        elif field in self.raw:
            first = self.places[(field,)]
            message = messages.given_twice(field, first.file, first.line)
            self.faults.append(located(Problem((field,), *message), {}, places, self.folder))
            return
        else:
            self.raw[field] = value
        for path, place in places.items():
            if path[:1] == (field,):
                moved = (field, int(path[1]) + offset, *path[2:]) if offset and len(path) > 1 else path
                self.places.setdefault(moved, place)

    def fault(self, problem: Problem) -> Fault:
        return located(problem, self.raw, self.places, self.folder)

    def validate(self) -> Policy | None:
        """The document when its form is right; else None, with the faults of form added to `faults`."""
        policy, errors = None, []
        try:
            policy = Policy.model_validate(self.raw)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        self.faults += [self.fault(problem) for problem in _problems(errors, self.whole)]
        for path, kind, raw in self._raw_rows():
            if (row := _sound(kind, raw)) is not None:
                self._rows[path] = row
                self.faults += [self.fault(problem) for problem in _coerced(raw, row, path)]
        return None if self.faults else policy

    def _raw_rows(self) -> Iterator[tuple[Path, type[Frozen], Any]]:
        for field, value in self.raw.items():
            kind = row_type(Policy, field)
            if kind is None:
                continue
            if is_list(Policy, field):
                yield from (((field, index), kind, row) for index, row in enumerate(value))
                continue
            yield (field,), kind, value
            steps = (
                value.get("steps")
                if issubclass(kind, Ladder | HousingLadder) and isinstance(value, dict)
                else None
            )
            step_kind = row_type(kind, "steps") if isinstance(steps, list) else None
            if step_kind and steps:
                yield from (((field, "steps", index), step_kind, row) for index, row in enumerate(steps))

    def rows(self, kind: type[Row], *under: str) -> Iterator[tuple[Path, Row]]:
        """Every sound row of a kind, with its path, in the order of the files; `under` narrows to a part."""
        for path, row in self._rows.items():
            if isinstance(row, kind) and path[: len(under)] == under:
                yield path, row

    def said(self, field: str, *within: str) -> list[tuple[int, Mapping[str, Any]]]:
        """All rows of a list as written, with their index, sound or not: one fault must not breed others."""
        value: Any = self.raw
        for part in (field, *within):
            value = value.get(part) if isinstance(value, dict) else None
        rows = enumerate(value if isinstance(value, list) else [])
        return [(index, row) for index, row in rows if isinstance(row, dict)]

    def codes(self, field: str) -> tuple[str, ...]:
        """The codes of a list, each once, in the order of the files."""
        return tuple(dict.fromkeys(str(row["code"]) for _, row in self.said(field) if "code" in row))


def _problems(errors: list[Any], whole: bool) -> Iterator[Problem]:
    """Pydantic's errors in our words; a misspelled field is one fault, not also a missing one."""
    misspelled = set()
    for error in errors:
        if error["type"] == "extra_forbidden":
            *parent, name = error["loc"]
            near = messages.nearest(str(name), fields_at(Policy, parent))
            misspelled.add((*parent, near))
    for error in errors:
        path: Path = tuple(part for part in error["loc"] if part != "[key]")
        if error["type"] == "missing":
            if path not in misspelled and (whole or len(path) > 1):
                yield Problem(path, *messages.missing(str(path[-1])))
        elif error["type"] == "extra_forbidden":
            yield Problem(path, *messages.unknown_field(str(path[-1]), fields_at(Policy, path[:-1])))
        elif not (not whole and len(path) == 1 and error["type"] == "too_short"):
            yield Problem(path, *messages.invalid(error["type"], error["input"], error.get("ctx", {})))


def _sound(kind: type[Frozen], raw: Any) -> Frozen | None:
    """The row, read past fields that do not exist; None when something it needs is wrong or missing."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    if any(error["type"] != "extra_forbidden" for error in errors):
        return None
    return kind.model_validate(_without(raw, {tuple(error["loc"]) for error in errors}))


def _without(value: Any, unwanted: set[Path], path: Path = ()) -> Any:
    if isinstance(value, dict):
        kept = {key: row for key, row in value.items() if (*path, key) not in unwanted}
        return {key: _without(row, unwanted, (*path, key)) for key, row in kept.items()}
    if isinstance(value, list):
        return [_without(row, unwanted, (*path, index)) for index, row in enumerate(value)]
    return value


def _coerced(raw: Any, value: Any, path: Path) -> Iterator[Problem]:
    """Values of a wrong kind that pydantic would make right: `true` as 1, "5" as 5, the number 0 as 1970."""
    if isinstance(raw, dict):
        for key, inner in raw.items():
            held = value.get(key) if isinstance(value, dict) else getattr(value, key, None)
            yield from _coerced(inner, held, (*path, key))
    elif isinstance(raw, list) and isinstance(value, tuple):
        for index, inner in enumerate(raw):
            yield from _coerced(inner, value[index], (*path, index))
    elif isinstance(value, bool | BaseModel):
        return
    elif isinstance(value, int | Decimal) and isinstance(raw, bool | str):
        yield Problem(path, *messages.coerced(raw, int))
    elif isinstance(value, date) and isinstance(raw, int | Decimal):
        yield Problem(path, *messages.coerced(raw, date))
