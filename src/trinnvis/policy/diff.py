"""What differs between two policies, row by row. Rows are matched by what they are about, not by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from trinnvis.policy.canonical import document
from trinnvis.policy.faults import row_name
from trinnvis.policy.model import Policy

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `before` is None for what is added, `after` for what is removed. Texts, not values."""

    path: str
    kind: Kind
    before: str | None
    after: str | None

    def __str__(self) -> str:
        match self.kind:
            case "added":
                return f"+ {self.path}: {self.after}"
            case "removed":
                return f"- {self.path}: {self.before}"
        return f"~ {self.path}: {self.before} → {self.after}"


def differences(a: Policy, b: Policy) -> tuple[Difference, ...]:
    """Everything that makes `b` differ from `a`, in the order of the document."""
    return tuple(_compare("", document(a), document(b)))


def _compare(path: str, a: Any, b: Any) -> Iterator[Difference]:
    if a == b:
        return
    if isinstance(a, dict) and isinstance(b, dict):
        for key in [*a, *(key for key in b if key not in a)]:
            yield from _either(f"{path}.{key}" if path else key, a.get(key), b.get(key))
    elif isinstance(a, list) and isinstance(b, list):
        yield from _compare_lists(path, a, b)
    else:
        yield Difference(path, "changed", _text(a), _text(b))


def _either(path: str, a: Any, b: Any) -> Iterator[Difference]:
    if a is None and b is not None:
        yield Difference(path, "added", None, _text(b))
    elif b is None and a is not None:
        yield Difference(path, "removed", _text(a), None)
    else:
        yield from _compare(path, a, b)


def _compare_lists(path: str, a: list[Any], b: list[Any]) -> Iterator[Difference]:
    before, after = _by_key(a), _by_key(b)
    for key in [*before, *(key for key in after if key not in before)]:
        is_row = isinstance(before.get(key, after.get(key)), Mapping)
        yield from _either(f"{path}[{key}]" if is_row else path, before.get(key), after.get(key))
    if before == after and a != b:
        yield Difference(path, "changed", "rekkefølgen " + ", ".join(before), ", ".join(after))


def _by_key(rows: list[Any]) -> dict[str, Any]:
    """Rows by what they are called; rows valid in time also by their start; a repeated name gets a number."""
    named: dict[str, Any] = {}
    for row in rows:
        name = key = _key(row)
        number = 2
        while key in named:
            key, number = f"{name} ({number})", number + 1
        named[key] = row
    return named


def _key(row: Any) -> str:
    if not isinstance(row, Mapping):
        return _text(row)
    name, start = row_name(row), row.get("valid_from")
    return name if start is None or str(start) in name else f"{name} {start}".strip()


def _text(value: Any) -> str:
    match value:
        case None:
            return "(ingen)"
        case bool():
            return "ja" if value else "nei"
        case Mapping():
            return str(value.get("title") or value.get("text") or ", ".join(_pairs(value)))
        case list():
            return ", ".join(map(_text, value)) or "(ingen)"
    return str(value) or "(tom)"


def _pairs(row: Mapping[str, Any]) -> list[str]:
    return [f"{key} {_text(value)}" for key, value in row.items() if value not in (None, "", [], {})]
