"""Alternatives side by side: each with its figures, its steps, and how far it is from the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .calculator import Result, Sums


@dataclass(frozen=True)
class Compared:
    """One alternative beside the first. `difference` is this one less the first; nothing here ranks them."""

    result: Result
    difference: Sums
    steps: tuple[int, ...]
    highest_step: int | None
    complete: bool  # False when something had no price: the sums are then too low


def compare(results: Sequence[Result]) -> tuple[Compared, ...]:
    """The results in the order given."""
    return tuple(
        Compared(
            result=result,
            difference=result.sums - results[0].sums,
            steps=result.steps,
            highest_step=result.highest_step,
            complete=not result.unpriced,
        )
        for result in results
    )
