"""Try one change, see at once who gains and who loses, and keep it in a plan or let it go."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trinnvis.keeping import Conflict, NotFound, Unfit
from trinnvis.planner.forms.town import ChangeForm, PlanForm
from trinnvis.planner.forms.town_homes import CHANGES, HomeForm
from trinnvis.planner.views.town.asking import Asked, with_changes
from trinnvis.planner.views.town.common import basics, town_desk, town_page
from trinnvis.site.pages import form_data
from trinnvis.townplans import services
from trinnvis.townplans.changes import kept
from trinnvis.townplans.pictures.changing import changes_figure
from trinnvis.townplans.pictures.mapping import PICK_SIZE, SIZE, drawing_of, town_map_figure
from trinnvis.townplans.placing import home_of
from trinnvis.townplans.wording import change_sentences, changed_numbers
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.townplans.models import TownPlanVersion

CLICKS = {"kart": PICK_SIZE, "figur": SIZE}
"""Pictures one may click in, by what the browser calls the two numbers it sends, and their size."""


@town_page
@require_safe
def attempt(request: HttpRequest, asked: Asked, kind: str) -> HttpResponse:
    """The form, and what the change would do once it is filled in."""
    form_class = _form_class(kind)
    if issubclass(form_class, HomeForm) and not asked.may_plan:
        raise Http404
    if form_class.places and (place := _clicked(request, asked)):
        data = request.GET.copy()
        for name in [name for name in data if name.partition(".")[0] in CLICKS]:
            del data[name]
        field = next((name for name in form_class.places if not data.get(name)), form_class.places[-1])
        data[field] = clicked = f"{place[0]:.1f} {place[1]:.1f}"
        if field == "bolig":
            with suppress(Unfit):
                data[field] = home_of(clicked, asked.seen.found.town, field)
        return HttpResponseRedirect(f"{reverse('planner:town_try', args=[kind])}?{data.urlencode()}")
    form = _bound(request.GET, asked, form_class)
    context = _context(asked, form, kind)
    template = "planner/town/try_result.html" if request.htmx else "planner/town/try.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@town_desk
def keep(request: HttpRequest, asked: Asked, kind: str) -> HttpResponse:
    """The change added to the plan that is open, or the first of a new plan."""
    form = _bound(form_data(request) or request.GET, asked, _form_class(kind))
    naming = _naming(asked, form_data(request))
    if request.method != "POST" or not form.is_bound:
        return HttpResponseRedirect(f"{reverse('planner:town_try', args=[kind])}?{request.GET.urlencode()}")
    context, theirs = _context(asked, form, kind), None
    if form.is_valid() and form.made is not None and (asked.plan or naming.is_valid()):
        changes = (*asked.saved_changes, form.made)
        who: dict[str, Any] = {"actor": asked.actor, "now": asked.now}
        try:
            after = with_changes(asked, changes)
            network = asked.base.town.network.version
            if asked.plan:
                made = services.save_plan(
                    asked.plan.pk, network=network, name=asked.plan.name, note=asked.plan.note,
                    changes=changes, expected_revision=_revision(request, asked.plan.revision), **who,
                )  # fmt: skip
            else:
                made = services.create_plan(
                    base=asked.base.code, network=network, name=naming.cleaned_data["name"],
                    note=naming.cleaned_data["note"], changes=changes, **who,
                )  # fmt: skip
        except Trouble as trouble:
            form.add_error(None, f"{trouble} {trouble.remedy}")
        except Unfit as fault:
            naming.add_error(fault.field or None, str(fault))
        except Conflict as conflict:
            theirs = conflict.theirs
            if _sent_twice(theirs, form, asked):
                return HttpResponseRedirect(f"{reverse('planner:town')}?{asked.query(utgave=None)}")
            form.add_error(None, str(conflict))
        except NotFound:
            raise Http404 from None
        else:
            messages.success(request, _("Endringen er lagret i «%(name)s».") % {"name": made.name})
            query = after.query(plan=made.plan_id, utgave=None)
            return HttpResponseRedirect(f"{reverse('planner:town')}?{query}")
    context |= {"naming": naming, "theirs": theirs}
    return render(request, "planner/town/try.html", context, status=422)


def _form_class(kind: str) -> type[ChangeForm]:
    if kind not in CHANGES:
        raise Http404
    return CHANGES[kind]


def _bound(data: QueryDict, asked: Asked, form_class: type[ChangeForm]) -> ChangeForm:
    """Bound once anything besides its subject is said; before that with the first service chosen."""
    here: dict[str, Any] = {"town": asked.seen.found.town, "policy": asked.policy}
    initial = {"tilbud": _first_service(asked)}
    if begun := data.get(form_class.subject):
        initial[form_class.subject] = begun
    form = form_class(initial=initial, **here)
    said = any(data.get(name) for name in form.fields if name != form_class.subject)
    return form_class(data, **here) if said else form


def _first_service(asked: Asked) -> str:
    """Of the errand looked at, one that is on the map."""
    answer = asked.seen.found.after.answers[asked.seen.look.category]
    services = asked.seen.found.town.services
    bounds = drawing_of(asked.seen).bounds
    for entrance in answer.entrances:
        east, north = services.entrances[entrance]
        if bounds is None or (bounds[0] <= east <= bounds[2] and bounds[1] <= north <= bounds[3]):
            return services.ids[int(services.owners[entrance])]
    return services.ids[int(services.owners[answer.entrances[0]])] if len(answer.entrances) else ""


def drafted(request: HttpRequest, asked: Asked) -> Asked:
    """With the change that is being tried in the address, if it can be made."""
    kind = request.GET.get("prov", "")
    if kind not in CHANGES:
        return asked
    form = _bound(request.GET, asked, CHANGES[kind])
    if not (form.is_bound and form.is_valid()) or form.made is None:
        return asked
    try:
        return with_changes(asked, (*asked.saved_changes, form.made))
    except Trouble:
        return asked


def _naming(asked: Asked, data: QueryDict | None) -> PlanForm:
    return PlanForm(data if data and "name" in data else None, initial={"name": ""})


def _context(asked: Asked, form: ChangeForm, kind: str) -> dict[str, Any]:
    context = basics(asked) | {"form": form, "kind": kind, "naming": _naming(asked, None)}
    shown = asked
    if form.is_bound and form.is_valid() and form.made is not None:
        try:
            shown = with_changes(asked, (*asked.saved_changes, form.made))
        except Trouble as trouble:
            form.add_error(None, f"{trouble} {trouble.remedy}")
        else:
            alone = _alone(asked, shown)
            context |= {
                "told": list(change_sentences(alone.seen)),
                "figure": changes_figure(alone.seen),
                "numbers": list(changed_numbers(alone.seen)),
                "draft": form.made.model_dump(mode="json"),
            }
    return context | {
        "map": town_map_figure(shown.seen),
        "pick": " ".join(form.places),
        "asks_where": any(not form[name].value() for name in form.places),
        "size": PICK_SIZE,
        "drawn": shown,
    }


def _alone(asked: Asked, shown: Asked) -> Asked:
    """What this one change does, whatever the plan did before it."""
    found = replace(shown.seen.found, before=asked.seen.found.after)
    return replace(shown, seen=replace(shown.seen, found=found))


def _clicked(request: HttpRequest, asked: Asked) -> tuple[float, float] | None:
    """The place somebody clicked on in a drawn map."""
    for name, size in CLICKS.items():
        x, y = (request.GET.get(f"{name}.{axis}", "") for axis in ("x", "y"))
        if x.isdecimal() and y.isdecimal() and len(x) < 5 and len(y) < 5:
            return drawing_of(asked.seen).place(float(x), float(y), size)
    return None


def _sent_twice(theirs: TownPlanVersion, form: ChangeForm, asked: Asked) -> bool:
    """Whether what was saved meanwhile is this very change, by the same person."""
    if form.made is None or not theirs.changes or theirs.saved_by_id != asked.actor.account_id:
        return False
    (mine,) = kept((form.made,))
    last = theirs.changes[-1]
    return {k: v for k, v in mine.items() if k != "id"} == {k: v for k, v in last.items() if k != "id"}


def _revision(request: HttpRequest, opened: int) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 9 else opened
