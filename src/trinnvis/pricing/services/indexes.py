"""Take in a price index that prices are converted by. None comes with the program: it must have a source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.pricing.errors import Faulty, Refused
from trinnvis.pricing.models import PriceEvent, PriceIndex
from trinnvis.pricing.rules.levels import read_levels
from trinnvis.pricing.rules.whole import NumberedRow

from .common import log, may_edit

EXACT = 6  # decimals of a level that is chained from growth
NORWEGIAN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


@transaction.atomic
def import_index(
    *, title: str, source: str, licence: str, rows: Iterable[NumberedRow], actor: Actor, now: datetime
) -> PriceIndex:
    """A new import of an index; a title imported before is taken over by this one.

    Raises:
        Faulty: every fault with its line; nothing is stored.
        Refused: no title or no source, or the actor may not edit price lists.
    """
    may_edit(actor)
    if not title.strip() or not source.strip():
        raise Refused(_("Skriv navnet på indeksen og hvor den kommer fra: ingen indeks tas inn uten kilde."))
    levels, faults = read_levels(rows)
    if faults:
        raise Faulty(faults)
    index = PriceIndex.objects.create(
        code=slugify(title.translate(NORWEGIAN))[:40] or "indeks",
        title=title.strip()[:160],
        source=source.strip()[:300],
        licence=licence.strip()[:160],
        levels={str(year): str(round(level, EXACT).normalize()) for year, level in levels.items()},
        imported_by_id=actor.key,
        imported_at=now,
    )
    log(PriceEvent.Verb.INDEX_IMPORTED, None, actor, now, index=index.code, years=len(levels))
    return index
