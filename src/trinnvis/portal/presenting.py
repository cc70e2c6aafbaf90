"""What every page of a case shows: the tabs, on whose behalf one is there, and what is possible."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from trinnvis.site.components import Tab

from .visit import Visit


def case_context(visit: Visit, here: str) -> dict[str, Any]:
    """The shared part of a case page's context; `here` is the tab one stands on."""
    number = visit.case.number
    tabs = (
        ("overview", _("Oversikt"), "portal:case"),
        ("assessment", _("Vurderingen"), "portal:assessment"),
        ("goals", _("Mål"), "portal:goals"),
        ("alternatives", _("Alternativer"), "portal:alternatives"),
        ("events", _("Det som har skjedd"), "portal:events"),
    )
    return {
        "visit": visit,
        "case": visit.case,
        "may": visit.may,
        "tabs": [Tab(title, reverse(name, args=[number]), code == here) for code, title, name in tabs],
    }
