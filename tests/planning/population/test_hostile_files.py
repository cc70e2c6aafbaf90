"""However a file is broken, the answer is a sentence, never a crash and never half an import."""

import copy
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trinnvis.planning.population.importing import delimited, jsonstat
from trinnvis.planning.population.importing.meaning import understand
from trinnvis.trouble import Trouble

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 22)
JUNK: list[Any] = [None, "x", -1, 1.5, [], {}, "2026U05", True, 1e300, [1, 2], {"a": 1}, 0, "3054"]
SIGNS: list[Any] = [{"a": ":"}, [":"], ":", 5, {"5": 7}, {"99999": ":"}, [None] * 212]


def places(found: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if way:
        yield way
    keys = (
        list(found)
        if isinstance(found, dict)
        else range(min(len(found), 3))
        if isinstance(found, list)
        else ()
    )
    for key in keys:
        yield from places(found[key], (*way, key))


@pytest.mark.parametrize("seed", range(3))
def test_json_broken_anywhere(seed: int) -> None:
    dice = random.Random(seed)
    whole = json.loads((SAMPLES / "pxweb_v2_07459_lunner_2025_2026.json").read_text(encoding="utf-8"))
    ways = list(places(whole))
    refused = 0
    for _ in range(300):
        broken = copy.deepcopy(whole)
        *way, last = dice.choice(ways)
        part = broken
        for key in way:
            part = part[key]
        if dice.random() < 0.4:
            del part[last]
        else:
            part[last] = dice.choice(JUNK)
        if dice.random() < 0.2:
            broken["status"] = dice.choice(SIGNS)
        try:
            understand(jsonstat.read(json.dumps(broken), "fil.json"), "fil.json", TODAY)
        except Trouble as wrong:
            assert str(wrong) and wrong.remedy
            refused += 1
    assert 20 < refused < 300


@pytest.mark.parametrize("name", ["own_layout_2026.csv", "statbank_07459_lunner_2020_2021.csv"])
def test_text_broken_anywhere(name: str) -> None:
    dice = random.Random(7)
    whole = (SAMPLES / name).read_bytes().decode("iso-8859-1")
    refused = 0
    for _ in range(200):
        letters = list(whole[: dice.randrange(len(whole))] if dice.random() < 0.2 else whole)
        for _ in range(dice.choice([1, 2, 5])):
            if letters:
                letters[dice.randrange(len(letters))] = dice.choice(';,"\n\t0zæ-.')
        try:
            understand(delimited.read("".join(letters), name), name, TODAY)
        except Trouble as wrong:
            assert str(wrong) and wrong.remedy
            refused += 1
    assert 50 < refused <= 200
