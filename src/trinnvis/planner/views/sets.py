"""Scenario sets: the list, opening one, saving, its versions, and taking it off the list."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLAN_READERS, PLANNING_ROLES
from trinnvis.keeping import Conflict, NotFound, Unfit
from trinnvis.planner.forms.need import as_query
from trinnvis.planner.forms.sets import SetForm
from trinnvis.planner.views.asking import Asked, ask
from trinnvis.planning.demand.choices import without_unknown
from trinnvis.scenarios import services
from trinnvis.scenarios.computing import library_here, with_prices
from trinnvis.scenarios.queries import history, saved_set, saved_sets
from trinnvis.scenarios.wording import differences, summary
from trinnvis.site.pages import actor_of_request, bind, staff_page_for

if TYPE_CHECKING:
    from trinnvis.scenarios.models import ScenarioSetVersion


@staff_page_for(PLAN_READERS)
@require_safe
def sets(request: HttpRequest) -> HttpResponse:
    """Every set, to open or to compare."""
    actor, held = actor_of_request(request), library_here()
    every = [(one, summary(one.choices, held)) for one in saved_sets(actor)]
    context = {
        "sets": [row for row in every if not row[0].is_archived],
        "archived": [row for row in every if row[0].is_archived],
        "may_save": actor.has_role(*PLANNING_ROLES),
    }
    return render(request, "planner/need/sets.html", context)


@staff_page_for(PLAN_READERS)
@require_safe
def open_set(request: HttpRequest, pk: int, revision: int | None = None) -> HttpResponse:
    """A set's own address: the planning page with its choices."""
    try:
        one = saved_set(actor_of_request(request), pk, revision)
    except NotFound:
        raise Http404 from None
    held = with_prices(library_here(), one.choices.prices)
    choices, lost = without_unknown(one.choices, held)
    if lost:
        messages.warning(
            request,
            _("Settet bruker noe som ikke finnes lenger, og som er utelatt: %(lost)s.")
            % {"lost": ", ".join(lost)},
        )
    query = as_query(choices, held, sett=one.pk, utgave=one.revision)
    return HttpResponseRedirect(f"{reverse('planner:need')}?{query}")


@staff_page_for(PLANNING_ROLES)
def new_set(request: HttpRequest) -> HttpResponse:
    """Keep the choices of the address under a name."""
    asked = ask(request)
    if asked.shown is None:
        return _back_to_the_form(request)
    form = bind(SetForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_set(
                name=form.cleaned_data["name"],
                note=form.cleaned_data["note"],
                choices=asked.choices,
                actor=asked.actor,
                now=_now(request),
            )
        except Unfit as fault:
            form.add_error(fault.field, str(fault))
        else:
            return _done(request, made, _("Settet er lagret. Alle som leser planer, kan åpne det."))
    return _save_page(request, asked, form, _("Lagre som nytt sett"))


@staff_page_for(PLANNING_ROLES)
def save_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a set again with the choices of the address. Whoever comes second is told, and loses nothing."""
    asked = ask(request)
    if asked.saved is None or asked.saved.pk != pk:
        raise Http404
    if asked.shown is None:
        return _back_to_the_form(request)
    saved = asked.saved
    initial = {"name": saved.name, "note": saved.note, "revision": saved.revision}
    form = bind(SetForm, request, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_set(
                pk,
                name=form.cleaned_data["name"],
                note=form.cleaned_data["note"],
                choices=asked.choices,
                expected_revision=form.cleaned_data["revision"] or saved.revision,
                actor=asked.actor,
                now=_now(request),
            )
        except Unfit as fault:
            form.add_error(fault.field, str(fault))
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            theirs = conflict.theirs
            form.data = form.data.copy()
            form.data["revision"] = theirs.revision
        else:
            return _done(request, made, _("Endringene er lagret."))
    return _save_page(request, asked, form, _("Lagre «%(name)s»") % {"name": saved.name}, theirs)


@staff_page_for(PLAN_READERS)
@require_safe
def set_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of a set, each with what it changed."""
    held = library_here()
    try:
        versions = history(actor_of_request(request), pk)
    except NotFound:
        raise Http404 from None
    rows = [
        (one, list(differences(before.choices, one.choices, held)) if before else [])
        for one, before in zip(versions, [*versions[1:], None], strict=True)
    ]
    return render(request, "planner/need/history.html", {"rows": rows, "name": versions[0].name})


@staff_page_for(PLANNING_ROLES)
def archive_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the list or back on it, after a question."""
    try:
        one = saved_set(actor_of_request(request), pk)
        if request.method == "POST":
            change = services.restore_set if one.is_archived else services.archive_set
            change(pk, actor=actor_of_request(request), now=_now(request))
            return redirect("planner:sets")
    except NotFound:
        raise Http404 from None
    except Unfit as fault:
        messages.error(request, str(fault))
        return redirect("planner:sets")
    words = (
        (_("Hente «%(name)s» fram igjen?"), _("Settet kommer tilbake på lista."), _("Hent fram igjen"))
        if one.is_archived
        else (
            _("Arkivere «%(name)s»?"),
            _("Settet går ut av lista. Adressen og utgavene blir stående, og det kan hentes fram igjen."),
            _("Arkiver"),
        )
    )
    title, text, submit = words
    context = {
        "base_template": "planner/base.html",
        "title": title % {"name": one.name},
        "text": text,
        "submit": submit,
        "cancel_url": reverse("planner:sets"),
    }
    return render(request, "confirm.html", context)


def _save_page(
    request: HttpRequest, asked: Asked, form: SetForm, title: str, theirs: ScenarioSetVersion | None = None
) -> HttpResponse:
    """What is about to be saved, under which name; and how it differs from what another has saved."""
    against = None
    if theirs is not None:
        held_now = saved_set(asked.actor, theirs.scenario_set_id)
        against = list(differences(asked.choices, held_now.choices, asked.held))
    context = {
        "form": form,
        "title": title,
        "summary": summary(asked.choices, asked.held),
        "place": asked.shown.found.municipality if asked.shown else "",
        "changes": list(differences(asked.choices, asked.saved.choices, asked.held)) if asked.saved else [],
        "against": against,
        "theirs": theirs,
        "back": f"{reverse('planner:need')}?{asked.query}",
        "as_new": f"{reverse('planner:new_set')}?{asked.query}",
    }
    return render(request, "planner/need/save.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, made: ScenarioSetVersion, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("planner:set", made.scenario_set_id)


def _back_to_the_form(request: HttpRequest) -> HttpResponse:
    """Choices that cannot be computed cannot be saved: the form says why."""
    return HttpResponseRedirect(f"{reverse('planner:need')}?{request.GET.urlencode()}")


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]
    return now
