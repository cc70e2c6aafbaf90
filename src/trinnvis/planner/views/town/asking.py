"""What the address of a town page asks for, computed: read once, for pages, maps and downloads alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from trinnvis.access.actor import Actor
from trinnvis.access.rules import PLANNING_ROLES
from trinnvis.keeping import NotFound
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.site.pages import actor_of_request
from trinnvis.townplans.bases import Base, base_of, codes_here
from trinnvis.townplans.changes import Changes, read
from trinnvis.townplans.computing import Computed, compute
from trinnvis.townplans.queries import SavedPlan, corrections, saved_plan
from trinnvis.townplans.viewing import Look, Seen
from trinnvis.trouble import Trouble


@dataclass(frozen=True)
class Asked:
    """A town as looked at by one reader. trouble: why the plan could not be computed; then it is left out."""

    actor: Actor
    now: datetime
    base: Base
    seen: Seen
    plan: SavedPlan | None
    corrected: SavedPlan | None
    trouble: Trouble | None = None

    @property
    def policy(self) -> TownPolicy:
        return self.base.policy

    @property
    def may_plan(self) -> bool:
        return self.actor.has_role(*PLANNING_ROLES)

    @property
    def saved_changes(self) -> Changes:
        return self.seen.found.changes

    def query(self, **other: object) -> str:
        """The address's own choices, with some of them different; None leaves one out."""
        look, policy = self.seen.look, self.policy
        said: dict[str, object] = {
            "grunnlag": self.base.code,
            "plan": self.plan.pk if self.plan else None,
            "utgave": self.plan.revision if self.plan and self.plan.revision != self.plan.newest else None,
            "gjoremal": policy.categories[look.category].code,
            "gruppe": policy.profiles[look.profile].code,
            "alder": policy.age_groups[look.ages].code,
            "omrade": look.area or None,
        } | other
        return urlencode({name: value for name, value in said.items() if value is not None})


def ask(request: HttpRequest) -> Asked | None:
    """None when there is no town here at all.

    Raises:
        Http404: the address names a town, a plan or a choice that does not exist.
        Trouble: the files of the town cannot be used.
    """
    actor = actor_of_request(request)
    now: datetime = request.now  # type: ignore[attr-defined]
    plan = _plan(actor, request)
    here = codes_here()
    if not here:
        return None
    code = plan.base if plan else request.GET.get("grunnlag") or here[0]
    if code not in here:
        raise Http404
    base = base_of(code)
    corrected = corrections(code)
    found, trouble = _computed(base, corrected, plan)
    look = _look(request, found)
    seen = Seen(found, look)
    if look.area and look.area not in seen.areas:
        raise Http404
    return Asked(actor, now, base, seen, plan, corrected, trouble)


def with_changes(asked: Asked, changes: Changes) -> Asked:
    """The same look at the town with other changes.

    Raises:
        Trouble: a change that cannot be made.
    """
    held = asked.seen.found
    found = compute(asked.base, held.corrections, changes, asked.plan.name if asked.plan else "")
    return replace(asked, seen=Seen(found, asked.seen.look))


def _computed(
    base: Base, corrected: SavedPlan | None, plan: SavedPlan | None
) -> tuple[Computed, Trouble | None]:
    """With as much of what is saved as can be carried out in the town as it is now."""
    first: Trouble | None = None
    put_right: Changes = ()
    try:
        put_right = read(corrected.rows) if corrected else ()
        compute(base, put_right, ())
    except Trouble as trouble:
        first, put_right = trouble, ()
    try:
        return compute(base, put_right, read(plan.rows) if plan else (), plan.name if plan else ""), first
    except Trouble as trouble:
        return compute(base, put_right, ()), trouble


def _plan(actor: Actor, request: HttpRequest) -> SavedPlan | None:
    pk, revision = (_number(request.GET.get(name, "")) for name in ("plan", "utgave"))
    if pk is None:
        return None
    try:
        return saved_plan(actor, pk, revision)
    except NotFound:
        raise Http404 from None


def _look(request: HttpRequest, found: Computed) -> Look:
    """What the address says; of a change that is tried, the errand that it is about."""
    policy, services = found.policy, found.town.services
    categories = [one.code for one in policy.categories]
    first = [categories.index(code) for code in policy.daily.categories]
    daily = next((at for at in first if len(found.after.answers[at].entrances)), first[0])
    category = _chosen(request, "gjoremal", categories, daily)
    said, service = request.GET.get("gjoremal_ny", ""), request.GET.get("tilbud", "")
    if service in services.ids:
        said = services.categories[services.ids.index(service)]
    if said in categories:
        category = categories.index(said)
    return Look(
        category,
        _chosen(request, "gruppe", [one.code for one in policy.profiles], 0),
        _chosen(request, "alder", [one.code for one in policy.age_groups], len(policy.age_groups) - 1),
        request.GET.get("omrade", ""),
    )


def _chosen(request: HttpRequest, name: str, codes: Sequence[str], usual: int) -> int:
    said = request.GET.get(name, "")
    if not said:
        return usual
    if said not in codes:
        raise Http404
    return codes.index(said)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return int(text)


def other_towns(asked: Asked) -> list[Base]:
    """The towns one may look at instead."""
    return [base_of(code) for code in codes_here() if code != asked.base.code]
