"""Numbers of an instrument (COPM, SPPB): which values exist, and whether a change matters. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trinnvis.policy.model import Instrument


class Wrong(StrEnum):
    """Why a value is not one of the instrument's."""

    OUT_OF_RANGE = "out_of_range"
    OFF_STEP = "off_step"


def wrong(instrument: Instrument, value: Decimal) -> Wrong | None:
    """What is wrong with a value, or None when the instrument can give it."""
    if not value.is_finite() or not instrument.low <= value <= instrument.high:
        return Wrong.OUT_OF_RANGE
    if (value - instrument.low) % instrument.step:
        return Wrong.OFF_STEP
    return None


@dataclass(frozen=True)
class Reading:
    """One measured number; `goal` is the goal it belongs to, None when it concerns the whole person."""

    instrument: str
    part: str
    goal: int | None
    moment: str
    value: Decimal


@dataclass(frozen=True)
class Change:
    """Before and after of one part of an instrument; higher is better, and `difference` needs both."""

    instrument: Instrument
    part: str
    goal: int | None
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def is_relevant(self) -> bool:
        """Better by at least the smallest change that matters."""
        return self.difference is not None and self.difference >= self.instrument.relevant_change

    @property
    def is_relevant_decline(self) -> bool:
        return self.difference is not None and -self.difference >= self.instrument.relevant_change


def changes(instruments: Iterable[Instrument], readings: Iterable[Reading]) -> tuple[Change, ...]:
    """Before and after per instrument, part and goal; `readings` in the order written, the latest counts."""
    latest: dict[tuple[str, str, int | None], dict[str, Decimal]] = {}
    for reading in readings:
        slot = latest.setdefault((reading.instrument, reading.part, reading.goal), {})
        slot[reading.moment] = reading.value
    by_code = {instrument.code: instrument for instrument in instruments}
    return tuple(
        Change(by_code[code], part, goal, values.get("before"), values.get("after"))
        for (code, part, goal), values in latest.items()
        if code in by_code
    )
