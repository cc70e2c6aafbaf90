"""The council's pack of a forecast: the claim, the figures and every assumption, as PDF and Excel."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.pack import Pack, pack_pdf
from trinnvis.planning.demand.adjusting import Adjustable, of_scenario
from trinnvis.planning.demand.choices import Choices
from trinnvis.planning.demand.claim import sentences
from trinnvis.planning.demand.document import shared_sources
from trinnvis.planning.demand.forecast import Forecast
from trinnvis.planning.demand.reading import PLUS
from trinnvis.planning.demand.workbook import write_workbook
from trinnvis.scenarios.pictures import figures_of
from trinnvis.scenarios.pictures.shown import Shown
from trinnvis.scenarios.wording import title_of, unit_of, value_text
from trinnvis.trouble import Trouble


def pack_of(shown: Shown, *, name: str = "", note: str = "", author: str = "") -> Pack:
    """`name`, `note`: of the saved set, if it is one. `author`: who answers for it, else the municipality."""
    found = shown.found
    title = _("Behov for tjenester i %(place)s, %(base)d–%(last)d") % {
        "place": shown.place, "base": found.base_year, "last": shown.years[-1],
    }  # fmt: skip
    claimed, verdict, *why = sentences(found)
    chosen = _("Regnet %(how)s: %(titles)s.") % {
        "how": shown.how, "titles": shown.main.scenario.title,
    }  # fmt: skip
    intro = [name and _("Scenariosett: %(name)s") % {"name": name}, note, *why, chosen, *found.notes]
    return Pack(
        title,
        author or _("%(place)s kommune") % {"place": shown.place},
        tuple(part for part in intro if part),
        figures_of(shown),
        tuple(source_lines(found)),
        language=_language(),
        lead=f"{claimed} {verdict}",
    )


def source_lines(found: Forecast) -> Iterator[str]:
    """Each source and assumption in a line, its value and range where it has one."""
    for source in shared_sources(found):
        text = f"{source['title']}: {source['source']}"
        if stated := source["assumption"]:
            value, low, high = (formats.number(stated[part]) for part in ("value", "low", "high"))
            text += f" ({value} {stated['unit']}, {low}–{high}; {stated['status']})"
        elif source["licence"]:
            text += f" ({source['licence']})"
        yield text
    for outcome in found.outcomes:
        if PLUS not in outcome.scenario.name or len(found.outcomes) == 1:
            yield from map(_assumption_line, of_scenario(outcome.scenario))


def _assumption_line(one: Adjustable) -> str:
    held = one.assumption
    value, low, high = (value_text(one, number) for number in (held.value, held.low, held.high))
    return (
        f"{one.owner}, {title_of(one).lower()}: {held.source} ({value} {unit_of(one)}, "
        f"{low} {_('til')} {high}; {held.status})"
    )


def numbers_xlsx(found: Forecast) -> bytes:
    """Every number of the forecast, its scenarios with native charts, and its sources."""
    out = io.BytesIO()
    write_workbook(found, out)
    return out.getvalue()


def write_pdf(found: Forecast, path: Path, *, made_at: datetime) -> int:
    """Write the pack of a forecast to a file; returns its size in bytes.

    Raises:
        Trouble: the file cannot be written.
    """
    choices = Choices(found.municipality.code, found.base_year, int(found.years[-1]))
    body = pack_pdf(pack_of(Shown(found, choices)), made_at=made_at)
    try:
        path.write_bytes(body)
    except OSError as error:
        raise Trouble(
            f"{path} kan ikke skrives ({error.strerror}).", "Lukk fila om den er åpen, eller velg en annen."
        ) from error
    return len(body)


def _language() -> str:
    return (translation.get_language() or "nb")[:2]
