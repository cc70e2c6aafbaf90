"""The first page: what has been simulated, and a form to ask for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from trinnvis.access.rules import PLAN_READERS
from trinnvis.planner.forms.figures_choice import revision_in
from trinnvis.planner.forms.simulation import SimulationForm
from trinnvis.planner.views.simulation.common import Reader, here_of, reader_of, shown_of
from trinnvis.planning.population.municipalities import municipalities
from trinnvis.simulations.computing import key_here, misfit
from trinnvis.simulations.errors import NotFound
from trinnvis.simulations.pictures.fans import fans
from trinnvis.simulations.queries import newest_finished, run_of, runs, seen
from trinnvis.simulations.rules import Order
from trinnvis.simulations.services.requests import request_run
from trinnvis.simulations.wording import findings, standing, summary, title_of
from trinnvis.site.pages import bind, staff_page_for
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.simulations.models import SimulationRun

A_PAGE = 20


@staff_page_for(PLAN_READERS)
def simulation(request: HttpRequest) -> HttpResponse:
    """Ask for a simulation, or open one that is there."""
    reader = reader_of(request)
    form = None
    if reader.may_run:
        first = _earlier(reader, request)
        revision = revision_in(request.POST.get("tall", "")) or (first.own if first else None)
        form = bind(SimulationForm, request, here=here_of(reader, revision), first=first)
        if request.method == "POST" and form.is_valid() and (run := _asked_for(form, reader)):
            return redirect("planner:simulation_run", run.pk)
    elif request.method == "POST":
        raise Http404
    return _page(request, reader, form)


def _asked_for(form: SimulationForm, reader: Reader) -> SimulationRun | None:
    """The run of what was asked for; None, with the errors on the form, where the model cannot bear it."""
    order = form.order
    assert order is not None
    try:
        wrong = misfit(order)
    except Trouble as trouble:
        form.add_error(None, f"{trouble} {trouble.remedy}".strip())
        return None
    if wrong is not None:
        form.blame(*wrong)
        return None
    return request_run(order=order, key=key_here(order), actor=reader.actor, now=reader.now)


def _earlier(reader: Reader, request: HttpRequest) -> Order | None:
    """The order of the run whose choices one wants to begin from."""
    text = request.GET.get("fra", "")
    if not (text.isdecimal() and len(text) < 10):
        return None
    try:
        return run_of(reader.actor, int(text), reader.now).order
    except NotFound:
        raise Http404 from None


def _page(request: HttpRequest, reader: Reader, form: SimulationForm | None) -> HttpResponse:
    page = Paginator(runs(reader.actor), A_PAGE).get_page(request.GET.get("side"))
    newest = newest_finished(reader.actor, reader.now)
    shown = shown_of(reader, newest) if newest else None
    figure = None
    if newest and shown:
        made = fans(shown, "persons")[-1]
        url = reverse("planner:simulation_figure", args=[newest.run.pk, made.key, "csv"])
        figure = (made, url, url.removesuffix("csv") + "xlsx")
    context = {
        "form": form,
        "municipalities": municipalities().values(),
        "page": page,
        "runs": [
            (run, title_of(run.order), summary(run.order), standing(run)) for run in seen(page, reader.now)
        ],
        "newest": newest,
        "newest_title": title_of(newest.run.order) if newest else "",
        "findings": list(findings(shown)) if shown else [],
        "figure": figure,
    }
    return render(
        request, "planner/simulation/page.html", context, status=422 if form and form.errors else 200
    )
