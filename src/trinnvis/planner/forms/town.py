"""Changing a town's services and ways: a form for each kind of change, which makes a
`planning.town.plans.Change`."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.keeping import LONGEST_NAME, LONGEST_NOTE, Unfit
from trinnvis.planning.town.places import Town
from trinnvis.planning.town.plans import (
    AddEdge,
    AddService,
    Change,
    MoveService,
    RemoveEdge,
    RemoveService,
)
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.site import forms
from trinnvis.townplans.placing import LONGEST, place_of


class PlanForm(forms.Form):
    """Naming a plan."""

    name = django_forms.CharField(
        label=gettext_lazy("Navn på planen"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("For eksempel «Møteplass i sentrum»"),
    )
    note = django_forms.CharField(
        label=gettext_lazy("Merknad"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.TextArea(rows=2),
    )
    revision = django_forms.IntegerField(required=False, min_value=0, widget=django_forms.HiddenInput())


class ChangeForm(forms.Form):
    """One change, typed. `town`: as it is before the change.

    places: the fields a click in the map fills in, in order. subject: what the change is about, of which
    nothing is told before something is said of the rest.
    """

    kind: ClassVar[str]
    title: ClassVar[Promise]
    icon: ClassVar[str]
    places: ClassVar[tuple[str, ...]] = ("sted",)
    subject: ClassVar[str] = ""

    def __init__(self, *args: Any, town: Town, policy: TownPolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.town, self.policy = town, policy
        self.made: Change | None = None
        for name in ("tilbud", "gjoremal_ny"):
            if name in self.fields:
                choices = _services(town, policy) if name == "tilbud" else _categories(policy)
                self.fields[name].widget = django_forms.Select(choices=choices)
                self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is not None and not self.errors:
            try:
                self.made = self.change(cleaned)
            except Unfit as fault:
                self.add_error(fault.field or None, str(fault))
        return cleaned

    def change(self, said: dict[str, Any]) -> Change | None:
        """None while too little is said.

        Raises:
            Unfit: something typed that is not of this town.
        """
        raise LookupError(f"{self.kind} makes no change of {sorted(said)}")

    def place(self, said: dict[str, Any], field: str = "sted") -> tuple[float, float]:
        return place_of(said[field], self.town, field)

    def free_id(self, begins: str, taken: tuple[str, ...]) -> str:
        held, number = set(taken), 2
        name = begins
        while name in held:
            name, number = f"{begins} {number}", number + 1
        return name


def place_field(label: Any, help_text: Any = None) -> django_forms.CharField:
    return django_forms.CharField(
        label=label,
        max_length=LONGEST,
        help_text=help_text
        or gettext_lazy("Klikk i kartet, eller skriv en adresse, et tilbud eller to koordinater"),
    )


class MoveServiceForm(ChangeForm):
    kind, title, icon, subject = "flytt-tilbud", gettext_lazy("Flytt et tilbud"), "location", "tilbud"
    tilbud = django_forms.ChoiceField(label=gettext_lazy("Tilbud"))
    sted = place_field(gettext_lazy("Flyttes til"))

    def change(self, said: dict[str, Any]) -> Change:
        return MoveService(kind="move_service", id=said["tilbud"], at=(self.place(said),))


class AddServiceForm(ChangeForm):
    kind, title, icon = "nytt-tilbud", gettext_lazy("Legg til et tilbud"), "plus"
    gjoremal_ny = django_forms.ChoiceField(label=gettext_lazy("Hva slags tilbud"))
    navn = django_forms.CharField(label=gettext_lazy("Navn"), max_length=LONGEST_NAME)
    sted = place_field(gettext_lazy("Hvor"))

    def change(self, said: dict[str, Any]) -> Change:
        return AddService(
            kind="add_service",
            id=self.free_id(said["navn"], self.town.services.ids),
            category=said["gjoremal_ny"],
            name=said["navn"],
            at=(self.place(said),),
        )


class RemoveServiceForm(ChangeForm):
    kind, title, icon, places = "legg-ned", gettext_lazy("Legg ned et tilbud"), "trash", ()
    tilbud = django_forms.ChoiceField(label=gettext_lazy("Tilbud"))

    def change(self, said: dict[str, Any]) -> Change:
        return RemoveService(kind="remove_service", id=said["tilbud"])


class AddEdgeForm(ChangeForm):
    kind, title, icon, subject = "ny-gangveg", gettext_lazy("Legg til en gangveg"), "plus", "sted"
    places = "sted", "til"
    sted = place_field(
        gettext_lazy("Fra"),
        gettext_lazy(
            "Vegen går rett fra det ene stedet til det andre, og festes til gater som er nær endene"
        ),
    )
    til = place_field(gettext_lazy("Til"))
    trapp = django_forms.BooleanField(label=gettext_lazy("Gangvegen er en trapp"), required=False)

    def change(self, said: dict[str, Any]) -> Change:
        line = self.place(said), self.place(said, "til")
        if line[0] == line[1]:
            raise Unfit("til", _("Gangvegen må gå til et annet sted enn den begynner."))
        return AddEdge(kind="add_edge", line=line, steps=said["trapp"])


class RemoveEdgeForm(ChangeForm):
    kind, title, icon = "steng-gangveg", gettext_lazy("Steng en gangveg"), "xmark"
    sted = place_field(
        gettext_lazy("Vegen nærmest"), gettext_lazy("Klikk på vegen i kartet. Den stenges mellom to kryss")
    )

    def change(self, said: dict[str, Any]) -> Change:
        return RemoveEdge(kind="remove_edge", at=self.place(said))


def _services(town: Town, policy: TownPolicy) -> list[tuple[str, str]]:
    """By errand in the policy's order."""
    order = {category.code: at for at, category in enumerate(policy.categories)}
    titles = {category.code: category.title for category in policy.categories}
    held = town.services
    rows = [
        (order.get(code, len(order)), (name, f"{held.names[at] or name} ({titles.get(code, code).lower()})"))
        for at, (name, code) in enumerate(zip(held.ids, held.categories, strict=True))
    ]
    return [row for _order, row in sorted(rows, key=lambda row: (row[0], row[1][1]))]


def _categories(policy: TownPolicy) -> list[tuple[str, str]]:
    return [(category.code, category.title) for category in policy.categories]
