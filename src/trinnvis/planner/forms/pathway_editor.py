"""A whole pathway in one form: rows are added, taken out and moved without losing what has been typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict

from trinnvis.personas.documents import Document
from trinnvis.planner.forms.pathway import (
    ON,
    EpisodeRow,
    ExpenseRow,
    LineRow,
    PathwayRow,
    Row,
    choices_of,
)
from trinnvis.planner.forms.rows import shown, typed
from trinnvis.policy.faults import Path, Problem
from trinnvis.policy.model import Policy

MOST_EPISODES: Final = 40
MOST_ROWS: Final = 60
NAME: Final = re.compile(r"e(\d{1,2})-(?:([lx])(\d{1,2})-)?([a-z_]+)")
DO: Final = re.compile(r"e(?:(\d{1,2})(?:-([lx])(\d{1,2})?)?)?-(add|remove|up|down)")

Cells = dict[str, str]


@dataclass
class EpisodeText:
    """What stands in the fields of an episode, as text."""

    fields: Cells = field(default_factory=dict)
    lines: list[Cells] = field(default_factory=list)
    expenses: list[Cells] = field(default_factory=list)

    def rows(self, letter: str) -> list[Cells]:
        return self.lines if letter == "l" else self.expenses


@dataclass
class PathwayText:
    """What stands in the editor, as text."""

    fields: Cells
    episodes: list[EpisodeText]
    focus: str = ""

    @classmethod
    def of(cls, pathway: Mapping[str, Any]) -> PathwayText:
        """A stored pathway."""
        episodes = [
            EpisodeText(
                _episode_cells(each),
                [_cells(line) for line in each.get("lines", ())],
                [_cells(expense) for expense in each.get("expenses", ())],
            )
            for each in pathway["episodes"]
        ]
        fields = {"ends": "death", **_cells({k: v for k, v in pathway.items() if k != "episodes"})}
        return cls(fields, episodes)

    @classmethod
    def typed(cls, data: QueryDict) -> PathwayText:
        """What was sent, in the order of its numbers; holes between them are closed."""
        rows: dict[int, EpisodeText] = {}
        parts: dict[tuple[int, str], dict[int, Cells]] = {}
        fields = {k.removeprefix("p-"): typed(str(v)) for k, v in data.items() if k.startswith("p-")}
        for name, value in data.items():
            if (found := NAME.fullmatch(name)) is None:
                continue
            e, letter, row, key = found.groups()
            episode = rows.setdefault(int(e), EpisodeText())
            if letter is None:
                episode.fields[key] = typed(str(value))
            else:
                parts.setdefault((int(e), letter), {}).setdefault(int(row), {})[key] = typed(str(value))
        for (e, letter), held in parts.items():
            rows[e].rows(letter).extend(held[n] for n in sorted(held)[:MOST_ROWS])
        return cls(fields, [rows[e] for e in sorted(rows)[:MOST_EPISODES]])

    def act(self, wanted: str) -> None:
        """Add, take out or move a row; what does not exist is left alone."""
        found = DO.fullmatch(wanted)
        if found is None:
            return
        e, letter, row, what = found.groups()
        if e is None:
            if what == "add" and len(self.episodes) < MOST_EPISODES:
                self.episodes.append(EpisodeText())
                self.focus = f"e{len(self.episodes) - 1}"
            return
        if int(e) >= len(self.episodes):
            return
        if letter is None:
            starts = [each.fields.get("from_age", "") for each in self.episodes]
            at = _moved(self.episodes, int(e), what)
            if at is not None:
                self._keep_starts(starts)
                self.focus = f"e{at}"
            return
        rows = self.episodes[int(e)].rows(letter)
        if what == "add":
            if len(rows) < MOST_ROWS:
                rows.append({})
                self.focus = f"e{e}-{letter}{len(rows) - 1}"
        elif row is not None and (at := _moved(rows, int(row), what)) is not None:
            self.focus = f"e{e}-{letter}{at}"

    def _keep_starts(self, before: list[str]) -> None:
        """Ages stay where they stood when episodes change places; the first begins where the story does."""
        ages = [age for age in before if age]
        aged = [each for each in self.episodes if each.fields.get("from_age")]
        if len(self.episodes) == len(before):
            for each, age in zip(aged, ages, strict=True):
                each.fields["from_age"] = age
        elif aged and aged[0] is self.episodes[0]:
            aged[0].fields["from_age"] = ages[0]


@dataclass(frozen=True)
class EpisodeForms:
    number: int
    form: EpisodeRow
    lines: list[LineRow]
    expenses: list[ExpenseRow]


class PathwayEditor:
    """The forms of a pathway. `bound`: to be checked and saved; else shown as it stands."""

    def __init__(self, text: PathwayText, policy: Policy, *, bound: bool = False) -> None:
        self.text, self.policy, self.bound = text, policy, bound
        self._choices = choices_of(policy)
        self.pathway = self._row(PathwayRow, "p", text.fields)
        self.episodes = [
            EpisodeForms(
                n + 1,
                self._row(EpisodeRow, f"e{n}", each.fields),
                [self._row(LineRow, f"e{n}-l{i}", cells) for i, cells in enumerate(each.lines)],
                [self._row(ExpenseRow, f"e{n}-x{i}", cells) for i, cells in enumerate(each.expenses)],
            )
            for n, each in enumerate(text.episodes)
        ]

    def _row(self, kind: type[Any], prefix: str, cells: Cells) -> Any:
        said = {"prefix": prefix, "policy": self.policy, "choices": self._choices}
        if self.bound:
            data = {f"{prefix}-{key}": value for key, value in cells.items()}
            row = kind(data, **said)
        else:
            row = kind(initial=cells, **said)
        if prefix == self.text.focus:
            next(iter(row.fields.values())).widget.attrs["autofocus"] = True
        return row

    @property
    def forms(self) -> list[Row]:
        """Every row that counts, from the top."""
        found: list[Row] = [self.pathway]
        for each in self.episodes:
            found += [each.form, *self._kept(each.lines), *self._kept(each.expenses)]
        return found

    def _kept(self, rows: Iterable[Any]) -> list[Any]:
        return [row for row in rows if not (self.bound and row.is_blank)]

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])  # noqa: C419 every row is to be checked

    def content(self) -> Document:
        """What was typed, as the pathway it is. Only after `is_valid`."""
        episodes = []
        for each in self.episodes:
            episode = each.form.content()
            lines = [row.content() for row in self._kept(each.lines)]
            expenses = [row.content() for row in self._kept(each.expenses)]
            episodes.append(
                episode | ({"lines": lines} if lines else {}) | ({"expenses": expenses} if expenses else {})
            )
        return {**self.pathway.content(), "episodes": episodes}

    def blame(self, problems: Iterable[Problem], kind: str, document: Mapping[str, Any]) -> None:
        """Put each fault on its field; what is wrong in another part stands on top, with its name."""
        titles = [pathway["title"] for pathway in document["pathways"]]
        kinds = [pathway["kind"] for pathway in document["pathways"]]
        for each in problems:
            said = f"{each.reason} {each.fix}"
            if each.path[:1] == ("pathways",) and len(each.path) > 1:
                at = int(each.path[1])
                if kinds[at] == kind:
                    self._put(each.path[2:], said)
                    continue
                said = f"{titles[at]}: {said}"
            self.pathway.add_error(None, said)

    def _put(self, path: Path, said: str) -> None:
        row: Row = self.pathway
        match path:
            case ("episodes", int(e), "lines", int(n), *rest):
                row = self._kept(self.episodes[e].lines)[n]
            case ("episodes", int(e), "expenses", int(n), *rest):
                row = self._kept(self.episodes[e].expenses)[n]
            case ("episodes", int(e), "months", *rest):
                row = self.episodes[e].form
                part = str(rest[0]) if rest else "value"
                rest = ["months" if part == "value" else f"months_{part}"]
            case ("episodes", int(e), *rest):
                row = self.episodes[e].form
            case _:
                rest = list(path)
        name = str(rest[0]) if rest else ""
        row.add_error(name if name in row.fields else None, said)


def _moved(rows: list[Any], at: int, what: str) -> int | None:
    """Where the row, or what took its place, stands afterwards; None where nothing was done."""
    if at >= len(rows):
        return None
    if what == "remove":
        del rows[at]
        return min(at, len(rows) - 1) if rows else None
    to = at + (1 if what == "down" else -1)
    if what not in ("up", "down") or not 0 <= to < len(rows):
        return None
    rows[at], rows[to] = rows[to], rows[at]
    return to


def _cells(values: Mapping[str, Any]) -> Cells:
    return {key: ON if value is True else shown(value) for key, value in values.items() if value is not False}


def _episode_cells(episode: Mapping[str, Any]) -> Cells:
    months = episode.get("months") or {}
    own = {key: value for key, value in episode.items() if key not in ("months", "lines", "expenses")}
    stay = {"months" if key == "value" else f"months_{key}": value for key, value in months.items()}
    return _cells({**own, **stay})
