"""What several demand tests need, without fixtures."""

import numpy as np

LUNNER = "3234"
BASE = 2025


def figure(value: float, low: float | None = None, high: float | None = None) -> dict[str, object]:
    """An assumption as YAML would have it."""
    return {
        "value": value,
        "unit": "andel",
        "low": value if low is None else low,
        "high": value if high is None else high,
        "source": "test",
        "status": "eksempel",
    }


def total(amounts: np.ndarray) -> np.ndarray:
    """Over services, steps and bands: [year]."""
    return amounts.sum(axis=(1, 2, 3))
