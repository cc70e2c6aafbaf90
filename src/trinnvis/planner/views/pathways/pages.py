"""Reading personas: the shelf, one persona with every view of its pathways, and what can be taken along."""

from __future__ import annotations

from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.figures.responses import XLSX, download
from trinnvis.figures.shapes import Figure
from trinnvis.personas.queries import Held, shelf
from trinnvis.planner.views.pathways.asking import (
    Asked,
    ask,
    figures_of,
    lives_of,
    now_of,
    pathway_page,
    policy_of,
)  # fmt: skip
from trinnvis.planning.pathways.comparing import Comparison
from trinnvis.planning.pathways.document import choices_told, sources, unpriced_told
from trinnvis.planning.pathways.schema import Payer
from trinnvis.policy.model import Policy
from trinnvis.reports.lives import spread_figures
from trinnvis.reports.pathways import figures, finding, pdf, price_year_told, xlsx
from trinnvis.site.pages import actor_of_request

WRONG_BEFORE = "feil"


@pathway_page()
@require_safe
def shelf_page(request: HttpRequest) -> HttpResponse:
    """Every persona, to open or to compare."""
    every = shelf(actor_of_request(request), policy_of(request))
    context = {
        "shipped": [one for one in every if not one.is_own],
        "own": [one for one in every if one.is_own and not one.is_archived],
        "archived": [one for one in every if one.is_archived],
        "may_edit": _may_edit(request),
    }
    return render(request, "planner/pathways/shelf.html", context)


@pathway_page()
@require_safe
def persona_page(request: HttpRequest, key: str, revision: int | None = None) -> HttpResponse:
    """The whole page, or only what a changed assumption changes when the browser asks for that."""
    asked = ask(request, key, revision)
    wrong = asked.form is not None and bool(asked.form.errors)
    context = _context(request, asked, key)
    if request.htmx and not wrong and WRONG_BEFORE not in request.GET:  # type: ignore[attr-defined]
        return render(request, "planner/pathways/changed.html", context)
    answer = render(request, "planner/pathways/page.html", context | {"wrong": wrong, "form": asked.form})
    if request.htmx:  # type: ignore[attr-defined]
        answer["HX-Retarget"], answer["HX-Reselect"], answer["HX-Reswap"] = "#forlop", "#forlop", "outerHTML"
    return answer


@pathway_page()
@require_safe
def figure_file(request: HttpRequest, key: str, figure: str, ending: str) -> HttpResponse:
    """One figure's numbers."""
    found = ask(request, key).found
    if found is None:
        raise Http404
    for every in (figures(found), spread_figures(found, lives_of(found))):  # the second takes longer to make
        chosen = next((each for each in every if each.key == figure), None)
        if chosen is not None:
            return download(chosen, ending)
    raise Http404


@pathway_page()
@require_safe
def pack_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """All figures with the story, the assumptions and the sources."""
    found = ask(request, key).found
    if found is None or ending not in ("pdf", "xlsx"):
        raise Http404
    lives = lives_of(found)
    body = pdf(found, lives, made_at=now_of(request)) if ending == "pdf" else xlsx(found, lives)
    kind = "application/pdf" if ending == "pdf" else XLSX
    headers = {"Content-Disposition": f'attachment; filename="forlop-{found.persona.code}.{ending}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


def _context(request: HttpRequest, asked: Asked, key: str) -> dict[str, object]:
    held, found = asked.held, asked.found
    context: dict[str, object] = {
        "held": held,
        "may_edit": _may_edit(request) and held.is_own and held.revision == held.newest,
        "may_copy": _may_edit(request),
        "query": asked.query,
        "wrongs": [f"{each.reason} {each.fix}" for each in held.wrong],
    }
    if found is None:
        return context
    return context | {
        "found": found,
        "said": finding(found),
        "years_told": price_year_told(found),
        "chosen": [*choices_told(found), *unpriced_told(found)],
        "totals": _totals(found),
        "stories": _stories(found, found.prices.policy),
        "sources": [*found.persona.assumptions, *sources(found)],
        "figures": [(each, *_files(held, each, asked.query)) for each in figures_of(found)],
    }


def _files(held: Held, figure: Figure, query: str) -> list[str]:
    """The addresses of a figure's two files; an older version has none."""
    if held.revision != held.newest:
        return ["", ""]
    made = [reverse("planner:persona_figure", args=[held.key, figure.key, end]) for end in ("csv", "xlsx")]
    return [f"{address}?{query}" if query else address for address in made]


def _totals(found: Comparison) -> list[dict[str, object]]:
    return [
        {
            "title": each.pathway.title,
            "nok": round(each.nok),
            "hours": round(each.hours),
            "paid": [round(each.paid_by(payer).nok) for payer in _PAYERS],
            "kin": round(each.paid_by(Payer.NEXT_OF_KIN).hours),
        }
        for each in found.priced
    ]


_PAYERS = (Payer.MUNICIPALITY, Payer.STATE, Payer.CITIZEN)


def _stories(found: Comparison, policy: Policy) -> list[dict[str, object]]:
    """Each pathway as told, episode by episode, at the ages it now has."""
    return [
        {
            "pathway": each.pathway,
            "episodes": [
                {
                    "episode": span.episode,
                    "age": _age(span.first),
                    "housing": policy.housing_step(span.episode.housing_step).title,
                    "services": [
                        policy.service(code).title
                        for code in dict.fromkeys(line.service for line in span.episode.lines)
                    ],
                }
                for span in each.spans
            ],
        }
        for each in found.priced
    ]


def _may_edit(request: HttpRequest) -> bool:
    return actor_of_request(request).has_role(*PLANNING_ROLES)


def _age(age: Fraction) -> int | float:
    """Whole years as a whole number, else with one decimal."""
    return int(age) if round(float(age), 1) == int(age) else round(float(age), 1)
