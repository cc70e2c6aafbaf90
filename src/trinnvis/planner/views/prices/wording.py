"""The log of a draft in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from trinnvis.site.components import TimelineEntry

VERBS = {
    "draft_created": gettext_noop("Laget utkastet fra %(made_from)s (%(rows)s priser)"),
    "row_saved": gettext_noop("Lagret prisen på %(service)s"),
    "row_removed": gettext_noop("Fjernet prisen på %(service)s"),
    "rows_replaced": gettext_noop("Tok inn %(file)s: %(rows)s priser i stedet for %(before)s"),
    "converted": gettext_noop("Regnet %(rows)s priser om til %(to)s med %(index)s (%(source)s)"),
    "adopted": gettext_noop("Vedtok utkastet som prisliste %(number)s"),
    "discarded": gettext_noop("Forkastet utkastet"),
}


def events_told(events: Iterable[Any]) -> list[TimelineEntry]:
    return [
        TimelineEntry(at=event.at, title=_(VERBS[event.verb]) % event.data, who=event.by.name)
        for event in events
    ]
