"""The resource calculator (ressurskalkulator): service lines times dated prices. Pure, and exact inside."""

from .calculator import LineResult, Result, Sums, Unpriced, calculate
from .comparison import Compared, compare
from .lines import ServiceLine
from .use import Use

__all__ = [
    "Compared",
    "LineResult",
    "Result",
    "ServiceLine",
    "Sums",
    "Unpriced",
    "Use",
    "calculate",
    "compare",
]
