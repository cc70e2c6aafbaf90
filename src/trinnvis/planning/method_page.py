"""Puts the tables a command has measured between their markers on a page of the documentation."""

from __future__ import annotations

from pathlib import Path

from trinnvis.trouble import Trouble


def write_between(begin: str, end: str, page: Path, text: str, *, usual: str) -> None:
    """Replace what stands between the markers of a page. `usual`: the page one would name.

    Raises:
        Trouble: no such page, or no markers in it.
    """
    try:
        old = page.read_text(encoding="utf-8")
    except OSError as error:
        raise Trouble(f"{page} kan ikke leses ({error.strerror}).", f"Oppgi {usual}.") from error
    before, begun, rest = old.partition(begin)
    _, ended, after = rest.partition(end)
    if not begun or not ended:
        raise Trouble(f"{page} har ikke merkene tabellen skal stå mellom.", f"Sett inn {begin} og {end}.")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
