"""What the address of a planning page asks for, computed: read once, for pages and downloads alike."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.formats import short_date
from trinnvis.keeping import NotFound
from trinnvis.ownfigures.queries import own_staff, uses_to_choose
from trinnvis.planner.forms.figures_choice import revision_in
from trinnvis.planner.forms.need import NeedForm, as_query
from trinnvis.planning.demand.choices import Choices
from trinnvis.planning.demand.levels import base_years
from trinnvis.planning.demand.reading import Library
from trinnvis.policy.queries import NoPolicy, policy_at
from trinnvis.pricing.queries import adopted_lists
from trinnvis.scenarios.computing import at_fault, compute, library_here, with_prices
from trinnvis.scenarios.pictures.shown import Shown
from trinnvis.scenarios.queries import SavedSet, saved_set
from trinnvis.site.pages import actor_of_request
from trinnvis.trouble import Trouble


@dataclass(frozen=True)
class Asked:
    """The form as filled in, and what came of it; `shown` is None where the choices cannot be computed."""

    form: NeedForm
    held: Library
    actor: Actor
    shown: Shown | None = None
    saved: SavedSet | None = None
    query: str = field(default="")

    @property
    def choices(self) -> Choices:
        """
        Raises:
            Http404: there are none.
        """
        if self.shown is None:
            raise Http404
        return self.shown.choices

    @property
    def may_save(self) -> bool:
        return self.actor.has_role(*PLANNING_ROLES)


def ask(request: HttpRequest) -> Asked:
    """Read the address, compute, and put what is wrong on the fields.

    Raises:
        Http404: the address names a set that does not exist.
    """
    lists, actor = _price_lists(), actor_of_request(request)
    held = with_prices(library_here(), _listed(request.GET.get("priser", ""), lists))
    own, step_names = _own(request)
    uses = uses_to_choose(own, revision_in(request.GET.get("tall", "")))
    saved = _saved(actor, request)
    staff = own_staff(own, base_years(own)[-1]) if own else None
    typed = {name for name in request.GET if name not in ("sett", "utgave")}
    form = NeedForm(request.GET if typed else None, held=held, own=own, lists=lists, uses=uses, staff=staff)
    choices = form.choices if form.is_valid() else None
    if not form.is_bound:
        form = NeedForm(_first(form), held=held, own=own, lists=lists, uses=uses, staff=staff)
        choices = form.choices if form.is_valid() else None
    if choices is None:
        return Asked(form, held, actor, saved=saved)
    try:
        found = compute(choices, held)
    except Trouble as trouble:
        form.blame(trouble, at_fault(choices, held))
        return Asked(form, held, actor, saved=saved)
    names = step_names if set(found.steps) <= set(step_names) else {}
    more = {"sett": saved.pk, "utgave": saved.revision} if saved else {}
    shown = Shown(found, choices, names, form.staff_source)
    return Asked(form, held, actor, shown, saved, as_query(choices, held, **more))


def _price_lists() -> list[tuple[str, str]]:
    """The adopted price lists one may compute with, by number."""
    words = _("Prisliste %(number)s, %(title)s, fra %(day)s")
    return [
        (
            str(each.number),
            words % {"number": each.number, "title": each.title, "day": short_date(each.valid_from)},
        )
        for each in adopted_lists()
    ]


def _listed(number: str, lists: list[tuple[str, str]]) -> str:
    """The number if there is such a list; the form tells of one there is not."""
    return number if number in dict(lists) else ""


def _first(form: NeedForm) -> dict[str, object]:
    """What somebody sees who has chosen nothing yet."""
    return {"kommune": form.own, "s": form.chosen, "tall": next(iter(form.uses), ""),
            "arsverk": form.staff.total if form.staff else ""}  # fmt: skip


def _own(request: HttpRequest) -> tuple[str, dict[int, str]]:
    """The installation's own municipality and the titles of its steps; nothing before a policy is adopted."""
    try:
        policy = policy_at(timezone.localdate(request.now))  # type: ignore[attr-defined]
    except NoPolicy:
        return "", {}
    return policy.municipality.code, {step.number: step.title for step in policy.effort_ladder.steps}


def _saved(actor: Actor, request: HttpRequest) -> SavedSet | None:
    """The set that is being worked on, as it was when it was opened."""
    pk, revision = (_number(request.GET.get(name, "")) for name in ("sett", "utgave"))
    if pk is None:
        return None
    try:
        return saved_set(actor, pk, revision)
    except NotFound:
        raise Http404 from None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
