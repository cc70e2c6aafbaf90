"""Forms of one unit: its sites, places, budget, and what it planned, did and used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.delivery.errors import Conflict, Faulty, NotFound, Refused
from trinnvis.delivery.queries import editing as stored
from trinnvis.delivery.services.budgets import BudgetSaid, save_budget
from trinnvis.delivery.services.hours import rows_of_period, save_period, seen
from trinnvis.delivery.services.sites import save_places, save_site
from trinnvis.delivery.wording import service_titles
from trinnvis.planner.forms.capacity import BudgetForm, PeriodForm, PlacesForm, SiteForm, put_on
from trinnvis.policy.model import Unit
from trinnvis.site.pages import form_data, staff_page_for

from .here import here

YEARS = 5  # a budget may be set for so many years back and ahead


@staff_page_for(PLANNING_ROLES)
def site(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    at = here(request)
    unit = at.unit_to_edit(code)
    row = _found(lambda: stored.site_of(code, pk)) if pk else None
    initial = (
        {"name": row.name, "address": row.address, "bought": row.bought, "revision": row.revision}
        if row
        else {}
    )
    form = SiteForm(form_data(request), initial=initial)

    def save(said: dict[str, Any]) -> None:
        save_site(policy=at.policy, unit=code, pk=pk, **said, **at.who)

    if request.method == "POST" and _saved(form, save):
        return _back(request, code, _("Stedet er lagret."))
    return _form_page(request, unit, form, _("Sted"), now=_said_now(initial, form))


@staff_page_for(PLANNING_ROLES)
def places(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    at = here(request)
    unit = at.unit_to_edit(code)
    row = _found(lambda: stored.places_of(code, pk)) if pk else None
    sites, kinds = stored.sites_of(code), stored.kinds()
    if not sites or not kinds:
        messages.warning(
            request,
            _("Legg inn et sted først.")
            if not sites
            else _("Det finnes ingen plasstyper. De legges inn under oppsett."),
        )
        return HttpResponseRedirect(reverse("planner:capacity_unit", args=(code,)))
    initial: dict[str, Any] = {}
    if row:
        names = ("number", "valid_from", "valid_to", "source", "status", "revision")
        initial = {name: getattr(row, name) for name in names} | {"site": row.site_id, "kind": row.kind_id}
    form = PlacesForm(
        form_data(request),
        initial=initial,
        sites=[(each.pk, each.name) for each in sites if row is None or each.pk == row.site_id],
        kinds=[(each.pk, each.title) for each in kinds],
    )

    def save(said: dict[str, Any]) -> None:
        save_places(pk=pk, site_pk=said.pop("site"), kind_pk=said.pop("kind"), **said, **at.who)

    if request.method == "POST" and _saved(form, save):
        return _back(request, code, _("Plassene er lagret."))
    return _form_page(request, unit, form, _("Plasser"), now=_said_now(initial, form))


@staff_page_for(PLANNING_ROLES)
def budget(request: HttpRequest, code: str, year: int) -> HttpResponse:
    at = here(request)
    unit = at.unit_to_edit(code)
    if abs(year - at.today.year) > YEARS:
        raise Http404
    row = stored.budget_of(code, year)
    initial: dict[str, Any] = {}
    if row:
        initial = {name: getattr(row, name) for name in ("nok", "source", "status", "revision")}
        initial |= {f"hours_{each.profession}": each.hours for each in row.hours.all()}
    professions = [(entry.code, entry.title) for entry in at.policy.professions]
    form = BudgetForm(form_data(request), initial=initial, professions=professions)

    def save(said: dict[str, Any]) -> None:
        hours = {
            each: said[f"hours_{each}"] for each, _title in professions if said[f"hours_{each}"] is not None
        }
        told = BudgetSaid(code, year, said["nok"], hours, said["source"], said["status"], said["revision"])
        save_budget(policy=at.policy, said=told, **at.who)

    if request.method == "POST" and _saved(form, save):
        return _back(request, code, _("Budsjettet er lagret."))
    title = _("Budsjett %(year)s") % {"year": year}
    others = [(each, reverse("planner:capacity_budget", args=(code, each))) for each in (year - 1, year + 1)]
    return _form_page(request, unit, form, title, now=_said_now(initial, form), others=others)


@staff_page_for(PLANNING_ROLES)
def period(request: HttpRequest, code: str) -> HttpResponse:
    at = here(request)
    unit = at.unit_to_edit(code)
    chosen = _found(lambda: stored.period(request.GET.get("periode", ""), at.today))
    hours, used = rows_of_period(code, chosen.first, chosen.last)
    initial: dict[str, Any] = {"read": seen([*hours, *used])}
    for source, status in [(row.source, row.status) for row in hours] + [
        (row.source, row.status) for row in used
    ]:
        initial |= {"source": source, "status": status}
    for line in hours:
        initial |= {f"planned_{line.service}": line.planned, f"executed_{line.service}": line.executed}
    for month in used:
        initial |= {"nok": month.nok, "used_hours": month.hours}
    codes = stored.reportable(at.policy, code, at.today)
    services = list(zip(codes, service_titles(codes, at.policy), strict=True))
    form = PeriodForm(form_data(request), initial=initial, services=services, monthly=chosen.is_month)

    def save(said: dict[str, Any]) -> None:
        save_period(
            policy=at.policy,
            unit=code,
            first=chosen.first,
            last=chosen.last,
            hours={each: (said[f"planned_{each}"], said[f"executed_{each}"]) for each in codes},
            used=(said["nok"], said["used_hours"]) if chosen.is_month else None,
            source=said["source"],
            status=said["status"],
            read=said["read"],
            **at.who,
        )

    names = {each: f"executed_{each}" for each in codes}
    if request.method == "POST" and _saved(form, save, names):
        return _back(request, code, _("Timene er lagret."))
    days = f"{formats.short_date(chosen.first)}–{formats.short_date(chosen.last)}"
    return _form_page(
        request,
        unit,
        form,
        _("Timer og bruk %(days)s") % {"days": days},
        now=_said_now(initial, form),
        periods=stored.periods(at.today),
        chosen=chosen,
    )


def _found(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except NotFound:
        raise Http404 from None


def _saved(
    form: BaseForm, save: Callable[[dict[str, Any]], None], names: dict[str, str] | None = None
) -> bool:
    """Whether it was stored; else the form says why. What was written stays in the form."""
    if not form.is_valid():
        return False
    try:
        save(dict(form.cleaned_data))
    except Faulty as error:
        put_on(form, error.faults, names)
        return False
    except Conflict as error:
        form.add_error(None, str(error))
        form.conflict = True  # type: ignore[attr-defined]
        return False
    except (NotFound, Refused):
        raise Http404 from None
    return True


def _said_now(initial: dict[str, Any], form: BaseForm) -> list[tuple[str, Any]]:
    """After a conflict: what is stored now, beside what was typed; and the form takes the new revision."""
    if not getattr(form, "conflict", False):
        return []
    data = QueryDict(mutable=True)
    data.update(form.data)
    for name in ("revision", "read"):
        if name in initial:
            data[name] = initial[name]
    form.data = data
    return [
        (str(form.fields[name].label), value)
        for name, value in initial.items()
        if name in form.fields and not form.fields[name].widget.is_hidden and value not in (None, "")
    ]


def _back(request: HttpRequest, code: str, text: str) -> HttpResponse:
    messages.success(request, text)
    return HttpResponseRedirect(reverse("planner:capacity_unit", args=(code,)))


def _form_page(request: HttpRequest, unit: Unit, form: BaseForm, title: str, **more: Any) -> HttpResponse:
    context = {"unit": unit, "form": form, "title": title, **more}
    return render(request, "planner/capacity/form.html", context, status=422 if form.errors else 200)
