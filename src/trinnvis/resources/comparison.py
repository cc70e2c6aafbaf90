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
    """The results in the order given.

    Raises:
        ValueError: some are of what was granted and others of what was planned or done: see `stages.gaps`.
    """
    if len({result.stage for result in results if result.stage}) > 1:
        raise ValueError("only results of the same stage can stand side by side as alternatives")
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


def change(before: Result, after: Result) -> Sums:
    """What it takes after less what it took before.

    Raises:
        ValueError: as `compare`.
    """
    return compare([before, after])[1].difference
