"""What a figure is made from and what it is. Pure; every figure says its finding and carries its table."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from trinnvis import formats

Number = int | float | Decimal
Cell = str | Number | None

WIDTH = 760  # the SVG's own units; one unit is one CSS pixel at full size
HEIGHT = 400
ILLEGAL_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class FigureError(ValueError):
    """The figure cannot be drawn from what was given; the text names the figure and the part at fault."""


def say(text: str, where: str) -> str:
    """`text` stripped; FigureError when it is empty or holds characters no document can carry."""
    if not isinstance(text, str) or not text.strip():
        raise FigureError(f"{where} is empty")
    if ILLEGAL_IN_XML.search(text):
        raise FigureError(f"{where} holds a control character")
    return text.strip()


def measured(values: Sequence[Number | None], where: str) -> tuple[Number | None, ...]:
    """The values as a tuple; None is missing. FigureError on none at all, NaN, infinity or no number."""
    for index, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise FigureError(f"{where}, value {index + 1}: {value!r} is not a number")
        if not math.isfinite(value):
            raise FigureError(f"{where}, value {index + 1} is {value}, not a finite number")
    if all(value is None for value in values):
        raise FigureError(f"{where} has no values")
    return tuple(values)


@dataclass(frozen=True)
class Unit:
    """What is counted: `name` on the axis ("Kroner per år"), `suffix` after a value ("kr")."""

    name: str
    suffix: str = ""
    decimals: int = 0

    def __post_init__(self) -> None:
        say(self.name, "The unit's name")
        if not 0 <= self.decimals <= 6:
            raise FigureError(f"{self.name}: {self.decimals} decimals, must be 0 to 6")

    def text(self, value: Number | None, *, sign: bool = False) -> str:
        """ "182 300 kr"; with `sign` a plus before what is over zero; "–" when missing."""
        if value is None:
            return formats.MISSING
        plus = "+" if sign and value > 0 else ""
        tail = f"{formats.SPACE}{self.suffix}" if self.suffix else ""
        return f"{plus}{formats.number(value, self.decimals)}{tail}"


@dataclass(frozen=True)
class Series:
    """Named values, one for each category; None where there is none."""

    name: str
    values: tuple[Number | None, ...]

    def __init__(self, name: str, values: Sequence[Number | None]) -> None:
        object.__setattr__(self, "name", say(name, "A series' name"))
        object.__setattr__(self, "values", measured(values, f"The series {name!r}"))


@dataclass(frozen=True)
class About:
    """What every figure must say. `key` is its short name in addresses and file names.

    `finding` is the sentence the figure proves, `title` what is shown, `alt` the picture in words for
    those who do not see it, `source` where the numbers come from and from when.
    """

    key: str
    title: str
    finding: str
    alt: str
    source: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", self.key):
            raise FigureError(f"The figure's key {self.key!r} must be small letters, digits and hyphens")
        for part in ("title", "finding", "alt", "source"):
            object.__setattr__(self, part, say(getattr(self, part), f"{self.key}: {part}"))


@dataclass(frozen=True)
class Table:
    """The numbers behind a figure. `units` has one for each column, None where the column is text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    units: tuple[Unit | None, ...]

    def __post_init__(self) -> None:
        if not self.headings or not self.rows:
            raise FigureError("The table needs headings and at least one row")
        for number, row in enumerate((self.units, *self.rows)):
            if len(row) != len(self.headings):
                what = f"row {number}" if number else "units"
                raise FigureError(
                    f"The table's {what} has {len(row)} cells, its headings {len(self.headings)}"
                )

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as a reader sees them; the unit stands in the heading, not in every cell."""
        return tuple(
            tuple(
                cell_text(cell, unit) for cell, unit in zip(row, self.units, strict=True)
            )
            for row in self.rows
        )  # fmt: skip

    @property
    def full_headings(self) -> tuple[str, ...]:
        """The headings with units: "Proaktiv (kr)"."""
        return tuple(
            f"{heading} ({unit.suffix})" if unit and unit.suffix else heading
            for heading, unit in zip(self.headings, self.units, strict=True)
        )


def cell_text(cell: Cell, unit: Unit | None) -> str:
    if cell is None:
        return formats.MISSING
    if isinstance(cell, str):
        return cell
    return formats.number(cell, unit.decimals if unit else None)


@dataclass(frozen=True)
class NativeSeries:
    """One series of the chart that Excel draws itself: a column of the table, or own `values`.

    `colour` is the role of a colour in `palette`; "" is drawn with no fill (the step below a bar in the air).
    """

    name: str
    column: int | None = None
    values: tuple[Number | None, ...] = ()
    kind: Literal["bar", "line"] = "bar"
    colour: str = ""
    second_axis: bool = False
    dash: str = "solid"


@dataclass(frozen=True)
class NativeChart:
    series: tuple[NativeSeries, ...]
    y_title: str = ""
    second_title: str = ""
    stacked: bool = False
    horizontal: bool = False


@dataclass(frozen=True)
class Figure:
    """A finished figure: the ECharts option or a picture, the words around it, its table and Excel charts."""

    about: About
    option: Mapping[str, Any]
    table: Table
    native: tuple[NativeChart, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    native_labels: tuple[str, ...] = ()  # the categories of Excel's chart where they are not the first column
    picture: str = ""  # the SVG itself, where it is not ECharts that draws

    @property
    def key(self) -> str:
        return self.about.key

    @property
    def title(self) -> str:
        return self.about.title

    @property
    def finding(self) -> str:
        return self.about.finding

    @property
    def alt(self) -> str:
        return self.about.alt

    @property
    def source(self) -> str:
        return self.about.source


def matched(
    key: str, categories: Sequence[str | int], *series: Series, unsigned: bool = False
) -> tuple[str, ...]:
    """The categories as texts, once every series is seen to fit them and no name is used twice."""
    labels = tuple(say(str(category), f"{key}: a category") for category in categories)
    if not labels:
        raise FigureError(f"{key}: there are no categories")
    if len(set(labels)) < len(labels):
        raise FigureError(f"{key}: a category is there twice")
    if not series:
        raise FigureError(f"{key}: there is no series")
    for each in series:
        if len(each.values) != len(labels):
            raise FigureError(
                f"{key}: the series {each.name!r} has {len(each.values)} values for {len(labels)} categories"
            )
        if unsigned and any(value is not None and value < 0 for value in each.values):
            raise FigureError(f"{key}: the series {each.name!r} has a value below zero")
    names = [each.name for each in series]
    if len(set(names)) < len(names):
        raise FigureError(f"{key}: two series have the same name")
    return labels


def plain(values: Sequence[Number | None]) -> list[float | int | None]:
    """Values as JSON knows them."""
    return [float(value) if isinstance(value, Decimal) else value for value in values]
