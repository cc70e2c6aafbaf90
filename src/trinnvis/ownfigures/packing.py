"""A table of cells as compressed bytes, numbers and days kept apart from text."""

from __future__ import annotations

import json
import zlib
from datetime import date
from decimal import Decimal
from typing import Any

from trinnvis.tabular import Cell, Cells


def packed(table: list[Cells]) -> bytes:
    return zlib.compress(json.dumps([[_said(cell) for cell in row] for row in table]).encode())


def unpacked(content: bytes) -> list[Cells]:
    return [[_cell(said) for said in row] for row in json.loads(zlib.decompress(content))]


def _said(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return [str(cell)]
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _cell(said: Any) -> Cell:
    if isinstance(said, list):
        return Decimal(said[0])
    return date.fromisoformat(said["day"]) if isinstance(said, dict) else str(said)
