"""What holds for the whole municipality: kinds of places, and who carries out a service where."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.delivery.errors import Conflict, Faulty, NotFound, Refused
from trinnvis.delivery.queries import editing as stored
from trinnvis.delivery.services import setup
from trinnvis.delivery.wording import service_titles
from trinnvis.people.queries import settlements
from trinnvis.planner.forms.capacity import AreaForm, KindForm, put_on
from trinnvis.site.pages import form_data, staff_page_for

from .here import Here, here


@staff_page_for(PLANNING_ROLES)
def setup_page(request: HttpRequest) -> HttpResponse:
    at = _setting_up(request)
    form = AreaForm(
        form_data(request),
        services=_services(at),
        settlements=[(name, name) for name in settlements()],
        units=[(unit.code, unit.title) for unit in at.policy.units],
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = stored.area_of(said["service"], said["settlement"])
        try:
            setup.save_area(policy=at.policy, **said, revision=row.revision if row else 0, **at.who)
        except (Conflict, Refused) as error:
            form.add_error(None, str(error))
        except Faulty as error:
            put_on(form, error.faults)
        else:
            messages.success(request, _("Lagret."))
            return HttpResponseRedirect(reverse("planner:capacity_setup"))
    units = {unit.code: unit.title for unit in at.policy.units}
    return render(
        request,
        "planner/capacity/setup.html",
        {
            "form": form,
            "kinds": [(kind, service_titles(kind.services, at.policy)) for kind in stored.kinds()],
            "areas": [
                (area, service_titles([area.service], at.policy)[0], units.get(area.unit, area.unit))
                for area in stored.service_areas()
            ],
        },
        status=422 if form.errors else 200,
    )


@staff_page_for(PLANNING_ROLES)
def kind_page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    at = _setting_up(request)
    initial = {}
    if pk:
        try:
            row = stored.kind_of(pk)
        except NotFound:
            raise Http404 from None
        initial = {name: getattr(row, name) for name in ("title", "housing_step", "services", "revision")}
    form = KindForm(
        form_data(request),
        initial=initial,
        steps=[(step.number, f"{step.number} {step.title}") for step in at.policy.housing_ladder.steps],
        services=_services(at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            setup.save_kind(policy=at.policy, pk=pk, **form.cleaned_data, **at.who)
        except Faulty as error:
            put_on(form, error.faults)
        except (Conflict, Refused) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Plasstypen er lagret."))
            return HttpResponseRedirect(reverse("planner:capacity_setup"))
    context = {"form": form, "title": _("Plasstype"), "back": reverse("planner:capacity_setup")}
    return render(request, "planner/capacity/form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page_for(PLANNING_ROLES)
def remove_area(request: HttpRequest, pk: int) -> HttpResponse:
    at = _setting_up(request)
    text = request.POST.get("revision", "")
    try:
        setup.remove_area(pk=pk, revision=int(text) if text.isdecimal() else 0, **at.who)
    except Conflict as error:
        messages.error(request, str(error))
    except NotFound:
        raise Http404 from None
    else:
        messages.success(request, _("Fjernet. Enheten i politikken utfører tjenesten der igjen."))
    return HttpResponseRedirect(reverse("planner:capacity_setup"))


def _setting_up(request: HttpRequest) -> Here:
    """For those who plan for the whole municipality; for others the page does not exist."""
    at = here(request)
    if not stored.sets_up(at.actor):
        raise Http404
    return at


def _services(at: Here) -> list[tuple[str, str]]:
    return [(service.code, service.title) for service in at.policy.services]
