"""The drawing of both ladders: pure shapes in, a drawing for `{% ladder drawing %}` out.

Any number of steps on either side. Counts are drawn only where some step has them, so the citizen's
drawing and the staff's are the same drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext

BAR_WIDTH = 100  # the width of a full bar in the SVG's own units
STEPS_FOR_CORNER = 7  # from so many steps there is room for a text in the corner over the stairs


@dataclass(frozen=True)
class Link:
    """A service on a step."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class StepView:
    """One step of the ladder of effort. `decision` is the policy's flag; hours a week, kroner a year."""

    number: int
    title: str
    caption: str
    decision: Literal["none", "mixed", "required"]
    url: str
    services: tuple[Link, ...] = ()
    usual_housing: tuple[int, ...] = ()
    note: str = ""
    people: int | None = None
    hours: Decimal | None = None
    kroner: Decimal | None = None


@dataclass(frozen=True)
class HousingStepView:
    """One step of the housing ladder. `people` live there."""

    number: int
    title: str
    caption: str = ""
    url: str = ""
    people: int | None = None


@dataclass(frozen=True)
class DrawnStep:
    """A step with what the drawing needs beside it; bars are 0 to `BAR_WIDTH`."""

    step: StepView
    decision_text: str
    housing_text: str
    housing_numbers: str  # "1 2", for the highlight between the ladders
    kroner_bar: float
    is_top: bool


@dataclass(frozen=True)
class DrawnHousingStep:
    step: HousingStepView
    effort_numbers: str
    is_top: bool


@dataclass(frozen=True)
class Drawing:
    effort_title: str
    housing_title: str
    effort: tuple[DrawnStep, ...]
    housing: tuple[DrawnHousingStep, ...]
    has_counts: bool
    has_housing_counts: bool
    has_corner: bool
    bar_width: int = BAR_WIDTH


def decision_text(flag: str) -> str:
    """The policy's decision flag in words."""
    return {
        "none": gettext("uten vedtak"),
        "mixed": gettext("både med og uten vedtak"),
        "required": gettext("med vedtak"),
    }[flag]


def ranges(numbers: Iterable[int]) -> str:
    """`(1, 2, 3, 5)` as "1–3 og 5"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return f" {gettext('og')} ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def draw(
    effort: Sequence[StepView],
    housing: Sequence[HousingStepView],
    *,
    effort_title: str = "",
    housing_title: str = "",
) -> Drawing:
    """The drawing of both ladders, steps from the lowest up."""
    effort = sorted(effort, key=lambda step: step.number)
    housing = sorted(housing, key=lambda step: step.number)
    dearest = max((step.kroner for step in effort if step.kroner), default=Decimal(0))
    return Drawing(
        effort_title=effort_title or gettext("Innsatstrappen"),
        housing_title=housing_title or gettext("Boligtrappen"),
        effort=tuple(
            DrawnStep(
                step=step,
                decision_text=decision_text(step.decision),
                housing_text=ranges(step.usual_housing),
                housing_numbers=" ".join(map(str, step.usual_housing)),
                kroner_bar=round(float(step.kroner / dearest) * BAR_WIDTH, 1) if step.kroner else 0.0,
                is_top=step is effort[-1],
            )
            for step in effort
        ),
        housing=tuple(
            DrawnHousingStep(
                step=step,
                effort_numbers=" ".join(str(s.number) for s in effort if step.number in s.usual_housing),
                is_top=step is housing[-1],
            )
            for step in housing
        ),
        has_counts=any(s.people is not None or s.hours is not None or s.kroner is not None for s in effort),
        has_corner=len(effort) >= STEPS_FOR_CORNER,
        has_housing_counts=any(s.people is not None for s in housing),
    )
