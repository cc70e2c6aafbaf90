"""Philox gives the published answers, and nothing else in the model draws numbers."""

import re
from pathlib import Path

import numpy as np
import pytest

from trinnvis.planning import ladder
from trinnvis.planning.ladder.philox import words

ONES = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((ONES, ONES, ONES, ONES), (ONES, ONES), "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_philox_known_answers(counter: tuple[int, int, int, int], key: tuple[int, int], answer: str) -> None:
    """The known answers of Random123 (kat_vectors, philox4x32 10)."""
    first, *others = counter
    found = words(np.array([first], np.uint32), *others, key)
    assert " ".join(f"{int(word[0]):08x}" for word in found) == answer


def test_words_are_even_and_apart() -> None:
    found = np.array(words(np.arange(50_000, dtype=np.uint32), 3, 0, 7, (1, 3234))) / 2.0**32
    assert found.mean() == pytest.approx(0.5, abs=0.003)
    assert found.var() == pytest.approx(1 / 12, abs=0.002)
    assert abs(np.corrcoef(found)[0, 1:]).max() < 0.02


def test_nothing_uses_a_generator_shared_by_all() -> None:
    """The one generator allowed is the counting solver's own, keyed by seed, municipality and draw."""
    allowed = {"counting.py": {"np.random.Philox", "np.random.Generator"}}
    for file in Path(ladder.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        used = set(re.findall(r"\b(?:np|numpy)\.random\.\w+", text))
        assert used <= allowed.get(file.name, set()), file
        assert not re.search(r"^\s*(import random|from random|from numpy.random)", text, re.M), file
