"""The shapes the page components take. A template also accepts any object or dict with the same names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext

Color = Literal["info", "success", "warning", "danger", "neutral", "accent", "fjord", "korn", "rogn"]


@dataclass(frozen=True)
class Crumb:
    """A place on the way here; the last one, the page itself, has no url."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """One of several pages about the same thing."""

    title: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class SummaryRow:
    """One answer in a summary, with the address where it can be changed."""

    label: str
    value: object
    change_url: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened. `icon` is a name in the icon sprite."""

    at: date | datetime
    title: str
    text: str = ""
    who: str = ""
    url: str = ""
    icon: str = ""
    color: Color | Literal[""] = ""


@dataclass(frozen=True)
class FormStep:
    """One page of a form in steps."""

    number: int
    title: str
    state: Literal["done", "current", "todo"]
    url: str = ""

    @property
    def state_text(self) -> str:
        texts = {"done": gettext("Utfylt"), "current": gettext("Her er du"), "todo": gettext("Gjenstår")}
        return texts[self.state]


def form_steps(titles: Iterable[str], current: int, urls: Sequence[str] = ()) -> tuple[FormStep, ...]:
    """The steps of a form where those before `current` (counted from 1) are filled in.

    `urls` belongs to the steps in order; steps still to come are never links.
    """
    return tuple(
        FormStep(
            number,
            title,
            "done" if number < current else "current" if number == current else "todo",
            urls[number - 1] if number < current and number <= len(urls) else "",
        )
        for number, title in enumerate(titles, start=1)
    )
