"""JSON-stat2 as PxWebApi v2 and v0 answer it. Only codes are trusted; labels are for people."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from typing import Any

import numpy as np

from trinnvis.planning.population.axes import Floats
from trinnvis.planning.population.importing.cells import Cells, Dimension, role_of
from trinnvis.trouble import Trouble

MOST_CELLS = 3_000_000
FETCH_AGAIN = "Hent fila på nytt, og velg formatet json-stat2."


def read(text: str, name: str) -> Cells:
    """The figures of a JSON-stat2 answer; `name` is the file's, for error texts.

    Raises:
        Trouble: not whole JSON, an error answer, metadata or a query instead of figures, or figures that do
            not fill the dimensions.
    """
    answer, notes = _dataset(_parsed(text, name), name)
    ids, sizes = answer.get("id"), answer.get("size")
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes):
        raise Trouble(f"{name} er JSON, men ikke JSON-stat2: den mangler «id» og «size».", FETCH_AGAIN)
    if not answer.get("value"):
        raise Trouble(f"{name} er metadata: den beskriver tabellen, men har ingen tall.", FETCH_AGAIN)
    shape = [_whole(size, name) for size in sizes]
    count = math.prod(shape)
    if count > MOST_CELLS:
        raise Trouble(f"{name} sier den har {count} celler. Grensen er {MOST_CELLS}.", "Hent færre kommuner.")
    values, signs = _values(answer, count, name)
    where = np.indices(shape).reshape(len(shape), -1) if shape else np.zeros((0, count), dtype=np.int64)
    dimensions: dict[str, Dimension] = {}
    described = answer.get("dimension")
    if not isinstance(described, dict):
        raise Trouble(f"{name} mangler «dimension», så kodene er ukjente.", FETCH_AGAIN)
    if len({str(key) for key in ids}) < len(ids):
        raise Trouble(f"{name} nevner samme dimensjon to ganger.", FETCH_AGAIN)
    for position, (key, size) in enumerate(zip(ids, shape, strict=True)):
        codes, labels = _categories(described.get(str(key)), str(key), size, name)
        role = role_of(str(key)) or f"unknown:{key}"
        dimensions[role] = Dimension(codes, labels, where[position].astype(np.int64))
    in_order = list(dimensions.values())
    places = _mapping(answer.get("role")).get("geo")
    named = [f"unknown:{key}" for key in (places if isinstance(places, list) else ())]
    if "region" not in dimensions and (theirs := [key for key in named if key in dimensions]):
        dimensions["region"] = dimensions.pop(theirs[0])

    def place(cell: int) -> str:
        at = ", ".join(f"{key}={d.codes[d.at[cell]]}" for key, d in zip(ids, in_order, strict=False))
        return f"{name}, celle {cell} ({at})"

    title = str(answer.get("label") or "")
    return Cells(
        title,
        _table(answer, title),
        _day(answer.get("updated")),
        dimensions,
        values,
        signs,
        place,
        True,
        notes,
    )


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError as error:
        whole = text.rstrip().endswith("}")
        what = "er ikke gyldig JSON" if whole else "er kuttet: den slutter midt i"
        raise Trouble(
            f"{name}, linje {error.lineno}, tegn {error.colno}: Fila {what}.", FETCH_AGAIN
        ) from None
    except RecursionError:
        raise Trouble(f"{name} er ikke gyldig JSON-stat2.", FETCH_AGAIN) from None
    if not isinstance(parsed, dict):
        raise Trouble(f"{name} er JSON, men ikke JSON-stat2.", FETCH_AGAIN)
    return parsed


def _dataset(parsed: dict[str, Any], name: str) -> tuple[dict[str, Any], list[str]]:
    """The dataset itself, whether or not it is wrapped the way a client stored it."""
    notes = []
    for wrapper in ("response", "dataset"):
        if isinstance(parsed.get(wrapper), dict) and "value" not in parsed:
            parsed = parsed[wrapper]
            notes.append(f"Tallene lå inni «{wrapper}».")
    if "status" in parsed and "title" in parsed and "value" not in parsed:
        raise Trouble(
            f"{name} er en feilmelding fra SSB: «{parsed['title']}» ({parsed['status']}).",
            "Rett spørringen, oftest en kode som ikke finnes i tabellen, og hent på nytt.",
        )
    if "query" in parsed or "queryObj" in parsed or "selection" in parsed:
        raise Trouble(f"{name} er en spørring, ikke et svar med tall.", FETCH_AGAIN)
    if "variables" in parsed:
        raise Trouble(f"{name} er metadata: den beskriver tabellen, men har ingen tall.", FETCH_AGAIN)
    return parsed, notes


def _values(answer: dict[str, Any], count: int, name: str) -> tuple[Floats, dict[int, str]]:
    raw = answer["value"]
    if isinstance(raw, dict):  # the standard allows figures by index, missing ones left out
        try:
            sparse = {int(k): v for k, v in raw.items()}
        except ValueError:
            raise Trouble(f"{name}: «value» har en indeks som ikke er et tall.", FETCH_AGAIN) from None
        raw = [sparse.get(i) for i in range(count)] if all(0 <= i < count for i in sparse) else []
    if not isinstance(raw, list) or len(raw) != count:
        found = len(raw) if isinstance(raw, list) else 0
        raise Trouble(f"{name} har {found} tall, men dimensjonene gir {count}.", FETCH_AGAIN)
    for cell, value in enumerate(raw):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise Trouble(f"{name}, celle {cell}: {value!r} er ikke et tall.", FETCH_AGAIN)
    status = answer.get("status") or {}
    if isinstance(status, list):
        status = {i: sign for i, sign in enumerate(status) if sign}
    elif isinstance(status, str):
        status = {i: status for i, value in enumerate(raw) if value is None}
    told = _mapping(status).items()
    signs = {int(at): str(sign) for at, sign in told if str(at).isdecimal() and int(at) < count and sign}
    values = np.array([math.nan if value is None else value for value in raw], dtype=np.float64)
    for cell, sign in signs.items():
        if sign in HIDDEN:
            values[cell] = math.nan  # a zero under a suppression sign is not a zero
    return values, signs


HIDDEN = (":", "..", "...")


def _categories(described: Any, key: str, size: int, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    category = described.get("category") if isinstance(described, dict) else None
    if not isinstance(category, dict):
        raise Trouble(f"{name}: dimensjonen {key} mangler koder.", FETCH_AGAIN)
    index, labels = category.get("index"), _mapping(category.get("label"))
    if isinstance(index, dict):
        if any(isinstance(at, bool) or not isinstance(at, int) for at in index.values()):
            raise Trouble(f"{name}: rekkefølgen av kodene i {key} er ikke tall.", FETCH_AGAIN)
        codes = sorted(index, key=index.__getitem__)
    else:
        codes = index if isinstance(index, list) else list(labels)
    if any(not isinstance(code, str) for code in codes):
        raise Trouble(f"{name}: dimensjonen {key} har koder som ikke er tekst.", FETCH_AGAIN)
    if len(codes) != size:
        raise Trouble(
            f"{name}: dimensjonen {key} har {len(codes)} koder, men størrelsen {size}.", FETCH_AGAIN
        )
    return tuple(codes), tuple(str(labels.get(code, "")) for code in codes)


def _mapping(found: Any) -> dict[str, Any]:
    """A mapping as it is; anything else where one belongs counts as an empty one."""
    return found if isinstance(found, dict) else {}


def _whole(size: Any, name: str) -> int:
    if isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise Trouble(f"{name}: {size!r} i «size» er ikke et antall.", FETCH_AGAIN)
    return size


def _table(answer: dict[str, Any], title: str) -> str:
    px = _mapping(_mapping(answer.get("extension")).get("px"))
    return str(px.get("tableid") or "") or (re.match(r"\s*(\d{5})\b", title) or [""])[0].strip()


def _day(text: Any) -> date | None:
    try:
        return datetime.fromisoformat(str(text).replace("Z", "+00:00")).date()
    except ValueError:
        return None
