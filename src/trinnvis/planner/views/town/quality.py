"""The quality list: homes and services fastened far from the ways, to be put right by hand."""

from __future__ import annotations

from typing import Any

import shapely
from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from trinnvis.keeping import Conflict, NotFound, Unfit
from trinnvis.planner.views.town.asking import Asked
from trinnvis.planner.views.town.common import basics, town_desk, town_page
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.plans import Change, MoveHome, MoveService
from trinnvis.planning.town.snapping import Snapper, SnapRules
from trinnvis.planning.town.tables import quality_rows
from trinnvis.site import forms
from trinnvis.site.pages import form_data
from trinnvis.townplans import services
from trinnvis.townplans.changes import said
from trinnvis.townplans.computing import compute
from trinnvis.townplans.placing import LONGEST, place_of
from trinnvis.trouble import Trouble

A_PAGE = 100
HOME, SERVICE = "bolig", "tilbud"
FARTHEST_M = 400.0
MOST_WAYS = 5
OWN = "eget"


class CorrectionForm(forms.Form):
    """Another place to walk from: on one of the nearest ways, or written."""

    veg = django_forms.ChoiceField(
        label=gettext_lazy("Hvor gangvegen begynner"), widget=django_forms.RadioSelect
    )
    sted = django_forms.CharField(
        label=gettext_lazy("Et annet sted"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("En adresse, et tilbud eller to koordinater"),
    )
    revision = django_forms.IntegerField(required=False, min_value=0, widget=django_forms.HiddenInput())

    def __init__(self, *args: Any, ways: list[tuple[str, str]], town: Town, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.town = town
        field = self.fields["veg"]
        assert isinstance(field, django_forms.ChoiceField)
        field.choices = [*ways, (OWN, _("Et annet sted"))]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("veg") == OWN:
            try:
                cleaned["place"] = place_of(cleaned.get("sted", ""), self.town, "sted")
            except Unfit as fault:
                self.add_error(fault.field, str(fault))
        elif cleaned and cleaned.get("veg"):
            east, _space, north = cleaned["veg"].partition(" ")
            cleaned["place"] = float(east), float(north)
        return cleaned


@town_page
@require_safe
def quality(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The worst first, and what has been put right already."""
    found = asked.seen.found
    page = Paginator(quality_rows(found.before), A_PAGE).get_page(request.GET.get("side"))
    context = basics(asked) | {
        "page": page,
        "limit": asked.policy.snapping.show_over_m.value,
        "farthest": asked.policy.snapping.farthest_m.value,
        "corrected": asked.corrected,
        "corrections": [
            (number, said(one, asked.base.town, asked.policy))
            for number, one in enumerate(found.corrections, start=1)
        ],
    }
    return render(request, "planner/town/quality.html", context)


@town_desk
def correct(request: HttpRequest, asked: Asked) -> HttpResponse:
    """One home or service fastened elsewhere, for everything computed on this town from now on."""
    what, name = request.GET.get("hva", ""), request.GET.get("id", "")
    town = asked.seen.found.before.town
    at = _place_now(town, what, name)
    newest = asked.corrected.newest if asked.corrected else 0
    ways = _ways(asked, at)
    form = CorrectionForm(form_data(request), ways=ways, town=town, initial={"revision": newest})
    if request.method == "POST" and form.is_valid():
        change: Change = (
            MoveHome(kind="move_home", id=name, at=form.cleaned_data["place"])
            if what == HOME
            else MoveService(kind="move_service", id=name, at=(form.cleaned_data["place"],))
        )
        kept = tuple(
            one for one in asked.seen.found.corrections if (one.kind, _id(one)) != (change.kind, name)
        )
        done = _("%(name)s er rettet.") % {"name": name}
        if _saved(request, asked, form, (*kept, change), done):
            return HttpResponseRedirect(f"{reverse('planner:town_quality')}?{asked.query()}")
    context = basics(asked) | {"form": form, "what": what, "name": name, "at": at, "ways": ways}
    return render(request, "planner/town/correct.html", context, status=422 if form.errors else 200)


@town_desk
def uncorrect(request: HttpRequest, asked: Asked, number: int) -> HttpResponse:
    """A correction taken back, after a question."""
    rows = list(asked.seen.found.corrections)
    if not 1 <= number <= len(rows):
        raise Http404
    taken = rows.pop(number - 1)
    back = f"{reverse('planner:town_quality')}?{asked.query()}"
    if request.method == "POST":
        services.save_corrections(
            base=asked.base.code, network=asked.base.town.network.version, changes=tuple(rows),
            expected_revision=asked.corrected.newest if asked.corrected else 0, actor=asked.actor,
            now=asked.now,
        )  # fmt: skip
        messages.success(request, _("Rettelsen er tatt tilbake."))
        return HttpResponseRedirect(back)
    context = {
        "base_template": "planner/base.html",
        "title": _("Ta tilbake rettelsen?"),
        "text": said(taken, asked.base.town, asked.policy),
        "submit": _("Ta tilbake"),
        "cancel_url": back,
    }
    return render(request, "confirm.html", context)


def _saved(
    request: HttpRequest, asked: Asked, form: CorrectionForm, changes: tuple[Change, ...], done: str
) -> bool:
    revision = form.cleaned_data["revision"]
    try:
        compute(asked.base, changes, ())
        services.save_corrections(
            base=asked.base.code, network=asked.base.town.network.version, changes=changes,
            expected_revision=0 if revision is None else revision, actor=asked.actor, now=asked.now,
        )  # fmt: skip
    except Trouble as trouble:
        form.add_error(None, f"{trouble} {trouble.remedy}")
        return False
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        data = request.POST.copy()
        data["revision"] = str(conflict.theirs.revision)
        form.data = data
        return False
    except NotFound:
        raise Http404 from None
    messages.success(request, done)
    return True


def _place_now(town: Town, what: str, name: str) -> tuple[float, float]:
    if what == HOME and name in town.homes.ids:
        east, north = town.homes.xy[town.homes.ids.index(name)]
    elif what == SERVICE and name in town.services.ids:
        held = town.services
        east, north = held.entrances[held.owners == held.ids.index(name)][0]
    else:
        raise Http404
    return float(east), float(north)


def _ways(asked: Asked, at: tuple[float, float]) -> list[tuple[str, str]]:
    """The nearest places on different ways, with the metres there."""
    network = asked.seen.found.before.town.network
    rules = asked.policy.snapping.rules()
    wide = SnapRules(FARTHEST_M, FARTHEST_M, MOST_WAYS)
    found = Snapper(network, wide).snap(shapely.get_coordinates(shapely.Point(*at)))
    ways = []
    for edge, along, leg in zip(found.edges[0], found.at[0], found.legs[0], strict=True):
        if edge < 0:
            continue
        point = shapely.line_interpolate_point(network.lines[edge], along)
        too_far = "" if leg <= rules.farthest_m else _(" (lenger enn en bolig ellers kan ha)")
        ways.append(
            (
                f"{point.x:.1f} {point.y:.1f}",
                _("Vegen %(metres)d meter unna, ved %(place)s") % {
                    "metres": round(float(leg)), "place": f"{point.x:.0f}, {point.y:.0f}"
                } + too_far,
            )
        )  # fmt: skip
    return ways


def _id(change: Change) -> str:
    return str(getattr(change, "id", ""))
