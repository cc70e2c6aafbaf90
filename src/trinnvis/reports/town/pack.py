"""A run of a town as a tagged PDF for the meeting (saksvedlegg)."""

from __future__ import annotations

from datetime import datetime

from trinnvis.figures.pack import Pack, pack_pdf
from trinnvis.planning.town.document import Told
from trinnvis.reports.town.figures import HIDDEN_NOTE, Telling, figures, finding


def pdf(told: Told, *, author: str, made_at: datetime) -> bytes:
    """Findings, figures with tables, maps, settings and every source with its licence. author: who
    answers for it."""
    policy, town = told.result.policy, told.result.town
    intro = (
        finding(Telling(told)),
        *told.notes,
        *([HIDDEN_NOTE] if told.public else []),
        f"Gangnett {town.network.version}, {town.network.lengths.sum() / 1000:.0f} km, EPSG:{town.crs}.",
    )
    settings = [
        f"{p.title}: {p.limit_m.value:g} meter. {p.limit_m.source} ({p.limit_m.status})"
        for p in policy.profiles
    ]
    origins = [
        f"{one.title}, hentet inn {one.imported_on}. {one.licence}. {one.attribution}" for one in town.origins
    ]
    pack = Pack(
        title=told.title or policy.title,
        author=author,
        intro=intro,
        figures=figures(told),
        sources=(*settings, *origins),
    )
    return pack_pdf(pack, made_at=made_at)
