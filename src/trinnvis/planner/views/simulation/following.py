"""One simulation: how far it has come, and when it is finished its result."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trinnvis import formats
from trinnvis.access.rules import PLAN_READERS, PLANNING_ROLES
from trinnvis.figures.shapes import Figure
from trinnvis.planner.views.simulation.common import (
    MEASURES,
    Reader,
    finished_or_404,
    measure_of,
    reader_of,
    shown_of,
)
from trinnvis.simulations.errors import NotFound
from trinnvis.simulations.pack import explained
from trinnvis.simulations.pictures import figures_of
from trinnvis.simulations.pictures.fans import SLUGS
from trinnvis.simulations.pictures.shown import units
from trinnvis.simulations.queries import Run, run_of
from trinnvis.simulations.rules import command_line
from trinnvis.simulations.services.requests import continue_run, stop_run
from trinnvis.simulations.wording import findings, interrupted, standing, summary, title_of, warnings
from trinnvis.site.components import Tab
from trinnvis.site.pages import staff_page_for


@staff_page_for(PLAN_READERS)
@require_safe
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The result, or how far it has come: the whole page, or only that when the browser asks again."""
    reader = reader_of(request)
    run = _run_or_404(reader, pk)
    if run.is_done and not request.htmx:  # type: ignore[attr-defined]
        return _result(request, reader, run)
    context = {
        "run": run,
        "title": title_of(run.order),
        "summary": summary(run.order),
        "standing": standing(run),
        "interrupted": interrupted(run),
        "share": formats.percent(run.done / max(run.total, 1)),
        "may_run": reader.may_run,
    }
    if request.htmx:  # type: ignore[attr-defined]
        answer = render(request, "planner/simulation/progress.html", context)
        if not run.is_open:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "planner/simulation/run.html", context)


@staff_page_for(PLANNING_ROLES)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, stop_run)


@staff_page_for(PLANNING_ROLES)
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, continue_run)


def _change(request: HttpRequest, pk: int, verb: object) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    reader = reader_of(request)
    try:
        verb(pk, actor=reader.actor, now=reader.now)  # type: ignore[operator]
    except NotFound:
        raise Http404 from None
    return redirect("planner:simulation_run", pk)


def _run_or_404(reader: Reader, pk: int) -> Run:
    try:
        return run_of(reader.actor, pk, reader.now)
    except NotFound:
        raise Http404 from None


def _result(request: HttpRequest, reader: Reader, run: Run) -> HttpResponse:
    slug, wanted = request.GET.get("mal", ""), request.GET.get("scenario", "")
    measure = measure_of(slug)
    found = finished_or_404(reader, run.pk)
    shown = shown_of(reader, found, wanted)
    name = shown.outcome.name
    here = reverse("planner:simulation_run", args=[run.pk])
    context = {
        "run": run,
        "shown": shown,
        "answer": found.answer,
        "made_at": found.made_at,
        "title": title_of(run.order),
        "summary": summary(run.order),
        "interrupted": interrupted(run),
        "findings": list(findings(shown)),
        "warnings": list(warnings(shown)),
        "explained": explained(),
        "command": command_line(run.order),
        "calibration": f"{found.answer.calibration_error:.0e}",
        "scenarios": [
            Tab(each.title, f"{here}?scenario={each.name}&mal={SLUGS[measure]}", each.name == name)
            for each in found.answer.outcomes
        ],
        "measures": [
            Tab(units()[each].name, f"{here}?scenario={name}&mal={slug}", each == measure)
            for slug, each in MEASURES.items()
        ],
        "query": f"scenario={name}",
        "figures": [_with_files(run.pk, figure, name) for figure in figures_of(shown, measure)],
        "may_run": reader.may_run,
    }
    return render(request, "planner/simulation/result.html", context)


def _with_files(pk: int, figure: Figure, scenario: str) -> tuple[Figure, str, str]:
    csv, xlsx = (
        reverse("planner:simulation_figure", args=[pk, figure.key, ending]) for ending in ("csv", "xlsx")
    )
    return figure, f"{csv}?scenario={scenario}", f"{xlsx}?scenario={scenario}"
