"""The versions of an own persona: each kept, any of them fetched back, and off the list or back on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.personas import services
from trinnvis.personas.documents import ABOUT, ORDER, part_of
from trinnvis.personas.errors import Unfit
from trinnvis.personas.queries import Held, held, history, pk_of
from trinnvis.planner.forms.persona import KINDS
from trinnvis.planner.views.pathways.asking import now_of, pathway_page, policy_of
from trinnvis.planner.views.pathways.difference import Difference, differences
from trinnvis.planning.pathways.schema import Kind
from trinnvis.site.pages import actor_of_request


@pathway_page()
@require_safe
def history_page(request: HttpRequest, key: str) -> HttpResponse:
    """Every version with what it changed."""
    every = history(actor_of_request(request), pk_of(key), policy_of(request))
    rows = [
        (one, _changes(before, one) if before else [])
        for one, before in zip(every, [*every[1:], None], strict=True)
    ]
    may_edit = actor_of_request(request).has_role(*PLANNING_ROLES)
    return render(
        request, "planner/pathways/history.html", {"rows": rows, "held": every[0], "may_edit": may_edit}
    )


@pathway_page(PLANNING_ROLES)
def return_to(request: HttpRequest, key: str, revision: int) -> HttpResponse:
    """An earlier version as the newest, after a question."""
    one = held(actor_of_request(request), key, policy_of(request), revision)
    back = reverse("planner:persona_history", args=[key])
    if request.method == "POST":
        try:
            services.return_to(
                pk_of(key),
                revision=revision,
                policy=policy_of(request),
                actor=actor_of_request(request),
                now=now_of(request),
            )
        except Unfit as fault:
            messages.error(request, " ".join(f"{each.reason} {each.fix}" for each in fault.problems))
            return redirect(back)
        messages.success(request, _("Utgave %(n)s er hentet fram igjen som ny utgave.") % {"n": revision})
        return redirect("planner:persona", key)
    context = {
        "base_template": "planner/base.html",
        "title": _("Hente fram utgave %(n)s av «%(title)s»?") % {"n": revision, "title": one.title},
        "text": _("Den blir lagret som en ny utgave. Ingen utgave slettes."),
        "submit": _("Hent fram"),
        "cancel_url": back,
    }
    return render(request, "confirm.html", context)


@pathway_page(PLANNING_ROLES)
def archive(request: HttpRequest, key: str) -> HttpResponse:
    """Off the list or back on it, after a question."""
    one = held(actor_of_request(request), key, policy_of(request))
    pk = pk_of(key)
    if request.method == "POST":
        try:
            if one.is_archived:
                services.restore_persona(pk, actor=actor_of_request(request))
            else:
                services.archive_persona(pk, actor=actor_of_request(request), now=now_of(request))
        except Unfit as fault:
            messages.error(request, " ".join(f"{each.reason} {each.fix}" for each in fault.problems))
        return redirect("planner:pathways")
    title, text, submit = (
        (_("Hente «%(title)s» fram igjen?"), _("Personaen kommer tilbake på lista."), _("Hent fram igjen"))
        if one.is_archived
        else (
            _("Arkivere «%(title)s»?"),
            _("Personaen går ut av lista. Adressen og utgavene blir stående, og den kan hentes fram igjen."),
            _("Arkiver"),
        )
    )
    context = {
        "base_template": "planner/base.html",
        "title": title % {"title": one.title},
        "text": text,
        "submit": submit,
        "cancel_url": reverse("planner:pathways"),
    }
    return render(request, "confirm.html", context)


def _changes(before: Held, one: Held) -> list[Difference]:
    """What a version says, against the one before it; the part stands before each row of a pathway."""
    found = differences(part_of(one.document, ABOUT) or {}, part_of(before.document, ABOUT))
    for kind in ORDER:
        now, then = part_of(one.document, kind), part_of(before.document, kind)
        if now != then:
            title = KINDS[Kind(kind)]
            found += [
                Difference(f"{title}. {row.what}", row.mine, row.theirs)
                for row in differences(now or {}, then)
            ]
    return found
