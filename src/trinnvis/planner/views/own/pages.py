"""The front page of own figures, and the versions of each table."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.ownfigures import queries, services
from trinnvis.ownfigures.errors import Conflict
from trinnvis.ownfigures.queries import Version
from trinnvis.ownfigures.rules.kinds import Kind

from .common import Here, about, kind_of, own_page, title_of
from .comparing import Table, comparison
from .reconciling import Reconciled, reconciled


@dataclass(frozen=True)
class Section:
    """One table and what stands in it."""

    kind: Kind
    title: str
    about: str
    newest: Version | None
    table: Table | None


@own_page
@require_safe
def overview(request: HttpRequest, here: Here) -> HttpResponse:
    held = {kind: queries.newest(here.municipality, kind) for kind in Kind}
    sections = [
        Section(
            kind,
            title_of(kind),
            about(kind),
            found,
            comparison(here.municipality, kind, found.rows) if found and found.rows else None,
        )
        for kind, found in held.items()
    ]
    compared: Reconciled | None = reconciled(here.municipality, held)
    return render(
        request, "planner/own/overview.html", {"sections": sections, "compared": compared, "here": here}
    )


@own_page
def history(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """Every version; going back to one makes a new version, and nothing is removed."""
    which = kind_of(kind)
    status = 200
    if request.method == "POST":
        numbers = [request.POST.get(name, "") for name in ("to", "seen")]
        to, seen = (int(text) if text.isdecimal() and len(text) < 10 else 0 for text in numbers)
        try:
            made = services.take_back(
                municipality=here.municipality, kind=which, to_revision=to, expected_revision=seen, **here.who
            )
        except Conflict as conflict:
            messages.error(request, str(conflict))
            status = 409
        else:
            messages.success(request, _("Tallene er tatt tilbake, som utgave %(number)s.") % {"number": made})
            return redirect("planner:own_history", kind)
    found = queries.versions(here.municipality, which)
    context = {
        "versions": found,
        "title": title_of(which),
        "kind": which,
        "seen": found[0].revision if found else 0,
    }
    return render(request, "planner/own/history.html", context, status=status)
