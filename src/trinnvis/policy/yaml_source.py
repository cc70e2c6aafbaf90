"""One YAML file as plain values with the place of each: safe, exact and without YAML's surprises.

Numbers become `int` or `Decimal` from the text, dates `date`; only `true` and `false` are truth values, so
`no` and `0533` stay text. Anchors, aliases and tags are refused: everything is said where it is said.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from yaml.error import MarkedYAMLError

from trinnvis.policy import messages
from trinnvis.policy.faults import Fault, Path, Place

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source:
    """A file as read: `value` (None when unreadable or empty), `places` by path, `faults`, `readable`."""

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self.value: Any = None
        self.places: dict[Path, Place] = {}
        self.faults: list[Fault] = []
        self.readable = False
        if (text := self._decoded(data)) is not None:
            self._read(text)

    def _fault(self, line: int, message: messages.Message, path: str = "") -> None:
        self.faults.append(Fault(self.file, line, path, *message))

    def _decoded(self, data: bytes) -> str | None:
        if len(data) > MAX_BYTES:
            self._fault(0, messages.too_big(MAX_BYTES))
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._fault(data.count(b"\n", 0, error.start) + 1, messages.NOT_UTF8)
            return None
        if hidden := _UNPRINTABLE.search(text):
            self._fault(text.count("\n", 0, hidden.start()) + 1, messages.CONTROL_CHARACTER)
            return None
        return text

    def _read(self, text: str) -> None:
        try:
            self._events = yaml.parse(text, Loader=_LOADER)
            self._next()  # the start of the stream
            event: Any = self._next()
            if not isinstance(event, yaml.StreamEndEvent):
                self.value = self._value(self._next(), ())
                self._next()  # the end of the document
                if not isinstance(event := self._next(), yaml.StreamEndEvent):
                    self._fault(event.start_mark.line + 1, messages.SEVERAL_DOCUMENTS)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._fault(mark.line + 1 if mark else 0, messages.not_yaml(error.problem or error.context or ""))
        except yaml.YAMLError as error:
            self._fault(0, messages.not_yaml(str(error)))
        except _TooDeepError as error:
            self._fault(error.line, messages.too_deep(MAX_DEPTH))
        else:
            self.readable = True

    def _next(self) -> Any:
        return next(self._events)

    def _value(self, event: Any, path: Path) -> Any:
        mark = event.start_mark
        self.places.setdefault(path, Place(self.file, mark.line + 1, mark.column + 1))
        if len(path) > MAX_DEPTH:
            raise _TooDeepError(mark.line + 1)
        if getattr(event, "anchor", None):
            self._fault(mark.line + 1, messages.ANCHOR, _dotted(path))
        elif getattr(event, "tag", None):
            self._fault(mark.line + 1, messages.TAG, _dotted(path))
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else _plain(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return None  # an alias: its anchor has been refused

    def _list(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        rows: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            mark = event.start_mark
            line = mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                self._fault(line, messages.KEY_NOT_TEXT, _dotted(path))
                self._value(event, (*path, ""))
                self._value(self._next(), (*path, ""))
                continue
            key = event.value
            if key in rows:
                first = self.places[(*path, key)].line
                self._fault(line, messages.duplicate_key(key, first), _dotted((*path, key)))
                self._value(self._next(), (*path, f"{key} (igjen)"))
                continue
            self.places[(*path, key)] = Place(self.file, line, mark.column + 1)
            rows[key] = self._value(self._next(), (*path, key))
        return rows


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


def _plain(text: str) -> Any:
    """An unquoted scalar as what it plainly is; anything else is text."""
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text  # no such day; said where a date is expected
    return text


def _dotted(path: Path) -> str:
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
