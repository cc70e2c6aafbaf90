"""How two versions of a part differ, in rows a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.planner.forms.pathway import EpisodeRow, ExpenseRow, LineRow, PathwayRow
from trinnvis.planner.forms.persona import AboutForm
from trinnvis.planner.forms.rows import shown


class Difference(NamedTuple):
    what: str
    mine: str
    theirs: str


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any] | None) -> list[Difference]:
    """Every field that says something else, or is in one of them alone."""
    ours, other = dict(_flat(mine)), dict(_flat(theirs or {}))
    return [
        Difference(what, ours.get(what, formats.MISSING), other.get(what, formats.MISSING))
        for what in dict.fromkeys([*ours, *other])
        if ours.get(what) != other.get(what)
    ]


def _flat(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in part.items():
        if key == "citizen":
            yield from _flat(value)
        elif key == "episodes":
            for n, episode in enumerate(value, start=1):
                yield from _episode(episode, _("Episode %(n)s") % {"n": n})
        else:
            yield _label(key), _text(value)


def _episode(episode: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    for key, value in episode.items():
        if key in ("lines", "expenses"):
            name = _("tjeneste") if key == "lines" else _("utgift")
            for n, row in enumerate(value, start=1):
                for field, held in row.items():
                    yield f"{where}, {name} {n}: {_label(field).lower()}", _text(held)
        elif key == "months":
            for field, held in value.items():
                yield (
                    f"{where}: {_label('months' if field == 'value' else f'months_{field}').lower()}",
                    _text(held),
                )
        else:
            yield f"{where}: {_label(key).lower()}", _text(value)


def _label(key: str) -> str:
    return str(_LABELS.get(key, key)).lstrip("… ")


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return _("ja") if value is True else shown(value)


_LABELS = {
    name: field.label
    for form in (ExpenseRow, LineRow, EpisodeRow, PathwayRow, AboutForm)
    for name, field in form.base_fields.items()
}
