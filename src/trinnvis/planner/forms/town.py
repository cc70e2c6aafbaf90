"""Changing a town: one form for each kind of change, each of which makes a `planning.town.plans.Change`."""

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
    AddHome,
    AddService,
    Change,
    MoveService,
    RemoveEdge,
    RemoveHome,
    RemoveService,
)
from trinnvis.planning.town.policy import TownPolicy
from trinnvis.policy import messages
from trinnvis.site import forms
from trinnvis.townplans.placing import LONGEST, place_of

MOST_SUGGESTED = 20000
MOST_DWELLINGS = 2000


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
    """One change, typed. `town`: as it is before the change."""

    kind: ClassVar[str]
    title: ClassVar[Promise]
    icon: ClassVar[str]
    place_field: ClassVar[str] = "sted"

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

    def change(self, said: dict[str, Any]) -> Change:
        """
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


def _place(label: Any, help_text: Any = None) -> django_forms.CharField:
    return django_forms.CharField(
        label=label,
        max_length=LONGEST,
        help_text=help_text
        or gettext_lazy("Klikk i kartet, eller skriv en adresse, et tilbud eller to koordinater"),
    )


class MoveServiceForm(ChangeForm):
    kind, title, icon = "flytt-tilbud", gettext_lazy("Flytt et tilbud"), "location"
    tilbud = django_forms.ChoiceField(label=gettext_lazy("Tilbud"))
    sted = _place(gettext_lazy("Flyttes til"))

    def change(self, said: dict[str, Any]) -> Change:
        return MoveService(kind="move_service", id=said["tilbud"], at=(self.place(said),))


class AddServiceForm(ChangeForm):
    kind, title, icon = "nytt-tilbud", gettext_lazy("Legg til et tilbud"), "plus"
    gjoremal_ny = django_forms.ChoiceField(label=gettext_lazy("Hva slags tilbud"))
    navn = django_forms.CharField(label=gettext_lazy("Navn"), max_length=LONGEST_NAME)
    sted = _place(gettext_lazy("Hvor"))

    def change(self, said: dict[str, Any]) -> Change:
        return AddService(
            kind="add_service",
            id=self.free_id(said["navn"], self.town.services.ids),
            category=said["gjoremal_ny"],
            name=said["navn"],
            at=(self.place(said),),
        )


class RemoveServiceForm(ChangeForm):
    kind, title, icon, place_field = "legg-ned", gettext_lazy("Legg ned et tilbud"), "trash", ""
    tilbud = django_forms.ChoiceField(label=gettext_lazy("Tilbud"))

    def change(self, said: dict[str, Any]) -> Change:
        return RemoveService(kind="remove_service", id=said["tilbud"])


class AddHomeForm(ChangeForm):
    kind, title, icon = "nye-boliger", gettext_lazy("Legg til boliger"), "house"
    navn = django_forms.CharField(label=gettext_lazy("Navn på boligene"), max_length=LONGEST_NAME)
    boliger = django_forms.IntegerField(
        label=gettext_lazy("Antall boliger"), min_value=1, max_value=MOST_DWELLINGS
    )
    eldst = django_forms.IntegerField(
        label=gettext_lazy("Beboere i den eldste aldersgruppa"), min_value=0, max_value=MOST_DWELLINGS
    )
    sted = _place(gettext_lazy("Hvor"))

    def change(self, said: dict[str, Any]) -> Change:
        place = self.place(said)
        homes = self.town.homes
        metres = ((homes.xy - place) ** 2).sum(axis=1)
        area = homes.area_names[homes.areas[int(metres.argmin())]] if len(homes.ids) else ""
        return AddHome(
            kind="add_home",
            id=self.free_id(said["navn"], homes.ids),
            at=place,
            area=area,
            dwellings=said["boliger"],
            residents={self.policy.age_groups[-1].code: said["eldst"]},
        )


class RemoveHomeForm(ChangeForm):
    kind, title, icon, place_field = "ta-bort-bolig", gettext_lazy("Ta bort en bolig"), "minus", ""
    bolig = django_forms.CharField(
        label=gettext_lazy("Adressen til boligen"), max_length=LONGEST, help_text=gettext_lazy("Som i kartet")
    )

    def change(self, said: dict[str, Any]) -> Change:
        ids = self.town.homes.ids
        wanted = said["bolig"].casefold()
        found = next((name for name in ids if name.casefold() == wanted), None)
        if found is None:
            near = messages.nearest(said["bolig"], list(ids)) if len(ids) < MOST_SUGGESTED else None
            hint = _("Mente du «%(near)s»?") % {"near": near} if near else _("Se etter adressen i kartet.")
            raise Unfit("bolig", _("Finner ingen bolig «%(text)s».") % {"text": said["bolig"]} + f" {hint}")
        return RemoveHome(kind="remove_home", id=found)


class AddEdgeForm(ChangeForm):
    kind, title, icon = "ny-gangveg", gettext_lazy("Legg til en gangveg"), "plus"
    sted = _place(
        gettext_lazy("Fra"),
        gettext_lazy(
            "Vegen går rett fra det ene stedet til det andre, og festes til gater som er nær endene"
        ),
    )
    til = _place(gettext_lazy("Til"))
    trapp = django_forms.BooleanField(label=gettext_lazy("Gangvegen er en trapp"), required=False)

    def change(self, said: dict[str, Any]) -> Change:
        line = self.place(said), self.place(said, "til")
        if line[0] == line[1]:
            raise Unfit("til", _("Gangvegen må gå til et annet sted enn den begynner."))
        return AddEdge(kind="add_edge", line=line, steps=said["trapp"])


class RemoveEdgeForm(ChangeForm):
    kind, title, icon = "steng-gangveg", gettext_lazy("Steng en gangveg"), "xmark"
    sted = _place(
        gettext_lazy("Vegen nærmest"), gettext_lazy("Klikk på vegen i kartet. Den stenges mellom to kryss")
    )

    def change(self, said: dict[str, Any]) -> Change:
        return RemoveEdge(kind="remove_edge", at=self.place(said))


CHANGES: dict[str, type[ChangeForm]] = {
    form.kind: form
    for form in (
        MoveServiceForm, AddServiceForm, RemoveServiceForm, AddHomeForm, RemoveHomeForm, AddEdgeForm,
        RemoveEdgeForm,
    )
}  # fmt: skip


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
