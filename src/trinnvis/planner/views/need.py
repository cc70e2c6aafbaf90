"""Need ahead (behovet framover): choose, see the claim and the figures, and take them along as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLAN_READERS
from trinnvis.figures.pack import pack_pdf, pack_xlsx
from trinnvis.figures.responses import XLSX, download
from trinnvis.figures.shapes import Figure
from trinnvis.planner.views.asking import Asked, ask
from trinnvis.planning.demand.claim import sentences
from trinnvis.planning.population.municipalities import municipalities
from trinnvis.scenarios.pack import numbers_xlsx, pack_of, source_lines
from trinnvis.scenarios.pictures import figures_of
from trinnvis.site.pages import staff_page_for

WRONG_BEFORE = "feil"
WHO_DRAWS, BROWSER = "Trinnvis-Draws", "browser"
"""Said by a browser that holds the drawing library: it draws the figures of a changed page itself."""


@staff_page_for(PLAN_READERS)
@require_safe
def need(request: HttpRequest) -> HttpResponse:
    """The whole page, or only what a changed assumption changes when the browser asks for that."""
    asked = ask(request)
    wrong = bool(asked.form.errors)
    if not request.htmx or wrong or WRONG_BEFORE in request.GET:  # type: ignore[attr-defined]
        answer = render(request, "planner/need/page.html", _whole(asked))
        if request.htmx:  # type: ignore[attr-defined]
            answer["HX-Retarget"], answer["HX-Reselect"] = "#behov", "#behov"
            answer["HX-Reswap"] = "outerHTML"
        return answer
    drawn = request.headers.get(WHO_DRAWS) != BROWSER
    return render(request, "planner/need/changed.html", _result(asked) | {"drawn": drawn})


@staff_page_for(PLAN_READERS)
@require_safe
def figure_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """One figure's numbers."""
    asked = ask(request)
    if asked.shown is None:
        raise Http404
    figure = next((each for each in figures_of(asked.shown) if each.key == key), None)
    if figure is None:
        raise Http404
    return download(figure, ending)


@staff_page_for(PLAN_READERS)
@require_safe
def pack_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The council's pack: all figures with the claim and the sources."""
    asked = ask(request)
    if asked.shown is None or ending not in ("pdf", "xlsx"):
        raise Http404
    saved = asked.saved
    pack = pack_of(asked.shown, name=saved.name if saved else "", note=saved.note if saved else "")
    now = request.now  # type: ignore[attr-defined]
    body = pack_pdf(pack, made_at=now) if ending == "pdf" else pack_xlsx(pack)
    kind = "application/pdf" if ending == "pdf" else XLSX
    return _file(asked, body, kind, _("saksvedlegg"), ending)


@staff_page_for(PLAN_READERS)
@require_safe
def numbers_file(request: HttpRequest) -> HttpResponse:
    """Every number behind the figures, by year, service, age and step."""
    asked = ask(request)
    if asked.shown is None:
        raise Http404
    return _file(asked, numbers_xlsx(asked.shown.found), XLSX, _("alle-tall"), "xlsx")


def _file(asked: Asked, body: bytes, kind: str, what: str, ending: str) -> HttpResponse:
    name = f"behov-{asked.choices.municipality}-{what}.{ending}"
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _whole(asked: Asked) -> dict[str, object]:
    return {
        **_result(asked),
        "drawn": True,
        "form": asked.form,
        "municipalities": municipalities().values(),
        "wrong": bool(asked.form.errors),
    }


def _result(asked: Asked) -> dict[str, object]:
    context: dict[str, object] = {"saved": asked.saved, "may_save": asked.may_save, "query": asked.query}
    if asked.shown is None:
        return context
    shown = asked.shown
    said, verdict, *why = sentences(shown.found)
    figures = figures_of(shown)
    return context | {
        "shown": shown,
        "said": said,
        "verdict": verdict,
        "why": why,
        "notes": shown.found.notes,
        "sources": list(source_lines(shown.found)),
        "finding": figures[0].finding,
        "figures": [_with_files(figure, asked.query) for figure in figures],
    }


def _with_files(figure: Figure, query: str) -> tuple[Figure, str, str]:
    """The figure with the addresses of its two files."""
    csv, xlsx = (reverse("planner:need_figure", args=[figure.key, ending]) for ending in ("csv", "xlsx"))
    return figure, f"{csv}?{query}", f"{xlsx}?{query}"
