"""The resource calculator (ressurskalkulator): service lines times dated prices. Pure, and exact inside."""

from .calculator import LineResult, Result, Sums, Unpriced, calculate
from .comparison import Compared, change, compare
from .lines import ServiceLine, Stage
from .stages import Gap, gaps
from .use import TimeKind, Use

__all__ = [
    "Compared",
    "Gap",
    "LineResult",
    "Result",
    "ServiceLine",
    "Stage",
    "Sums",
    "TimeKind",
    "Unpriced",
    "Use",
    "calculate",
    "change",
    "compare",
    "gaps",
]
