"""Answers in SSB's format, built to order. The figures of projections are invented."""

import json
from collections.abc import Callable, Sequence
from typing import Any

AGES = [f"{age:03d}" for age in range(105)] + ["105+"]
Answer = dict[str, Any]


def answer(
    dimensions: dict[str, Sequence[str]],
    value: Callable[..., float | None] = lambda *_: 1,
    *,
    table: str = "07459",
    labels: dict[str, str] | None = None,
) -> Answer:
    """A JSON-stat2 dataset; `value` gets the codes of a cell in the order of the dimensions."""
    values: list[float | None] = []

    def walk(chosen: list[str], rest: list[Sequence[str]]) -> None:
        if not rest:
            values.append(value(*chosen))
            return
        for code in rest[0]:
            walk([*chosen, code], rest[1:])

    walk([], list(dimensions.values()))
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"{table}: Tall, etter {', '.join(dimensions)}",
        "updated": "2026-06-10T06:00:00Z",
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {
                "category": {
                    "index": {code: at for at, code in enumerate(codes)},
                    "label": {code: (labels or {}).get(code, code) for code in codes},
                }
            }
            for name, codes in dimensions.items()
        },
        "value": values,
        "extension": {"px": {"tableid": table}},
    }


def observed(region: str = "K-3234", years: Sequence[str] = ("2026",), **more: Any) -> Answer:
    """Table 07459: everybody one person."""
    shape = {"Region": [region], "Alder": AGES, "ContentsCode": ["Personer1"], "Tid": years}
    return answer(shape | more.pop("dimensions", {}), **more)


def projection(regions: Sequence[str] = ("3234",), years: Sequence[str] = ("2026", "2027", "2050")) -> Answer:
    """Table 14746, invented: 10 of each age and sex in the main alternative, 9 in the low, 11 in the high."""
    persons = {"Personer": 10, "Personer1": 9, "Personer2": 11}
    shape = {
        "Region": regions,
        "Kjonn": ["2", "1"],
        "Alder": AGES,
        "ContentsCode": list(persons),
        "Tid": years,
    }
    return answer(shape, lambda *codes: persons[codes[3]], table="14746")


def as_text(found: Answer) -> str:
    return json.dumps(found, ensure_ascii=False)
