"""The pages that belong to the whole site."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trinnvis.figures.responses import download
from trinnvis.site import example_figures, styleguide


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html")


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "site/cookies.html", {"hours": settings.SESSION_COOKIE_AGE / 3600})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


@require_safe
def contact_information(request: HttpRequest) -> HttpResponse:
    return render(request, "site/contact_information.html")


def style(request: HttpRequest) -> HttpResponse:
    """Every component and form state on one page, for those who build pages; not in production."""
    if settings.PRODUCTION:
        raise Http404
    form = styleguide.ExampleForm(request.POST or None)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "site/styleguide.html", {"form": form, **styleguide.examples()}, status=status)


@require_safe
def style_ladders(request: HttpRequest, effort: int, housing: int) -> HttpResponse:
    """The ladders with any number of steps; `?ansatt` adds the counts, as staff see them."""
    if settings.PRODUCTION or not (effort and housing) or max(effort, housing) > styleguide.MOST_STEPS:
        raise Http404
    staff = "ansatt" in request.GET
    context = {
        "base_template": "desk_base.html" if staff else "portal_base.html",
        "drawing": styleguide.example_ladders(effort, housing, counts=staff),
    }
    return render(request, "site/styleguide_ladders.html", context)


@require_safe
def style_figures(request: HttpRequest) -> HttpResponse:
    """Every kind of figure with made-up numbers; `?levende` makes them answer to the pointer."""
    if settings.PRODUCTION:
        raise Http404
    context = {"figures": example_figures.all_kinds(), "live": "levende" in request.GET}
    return render(request, "site/styleguide_figures.html", context)


@require_safe
def style_figure_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    figure = next((each for each in example_figures.all_kinds() if each.key == key), None)
    if settings.PRODUCTION or figure is None:
        raise Http404
    return download(figure, ending)
