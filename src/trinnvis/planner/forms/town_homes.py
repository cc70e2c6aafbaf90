"""Changing who lives where: forms for homes, as `forms.town` has for services and ways."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.keeping import LONGEST_NAME
from trinnvis.planner.forms.town import (
    AddEdgeForm,
    AddServiceForm,
    ChangeForm,
    MoveServiceForm,
    RemoveEdgeForm,
    RemoveServiceForm,
    place_field,
)
from trinnvis.planning.town.plans import AddHome, Change, MoveHome, RemoveHome, SetResidents
from trinnvis.townplans.placing import LONGEST, home_of

MOST = 2000
RESIDENTS = "beboere_"


class HomeForm(ChangeForm):
    """Of one home, found by its address or by a click. Only for those who plan: what it tells is of few."""

    places: ClassVar[tuple[str, ...]] = ("bolig",)
    subject = "bolig"
    bolig = django_forms.CharField(
        label=gettext_lazy("Bolig"),
        max_length=LONGEST,
        help_text=gettext_lazy("Klikk på boligen i kartet, eller skriv adressen"),
    )

    def home(self, said: dict[str, Any]) -> str:
        return home_of(said["bolig"], self.town, "bolig")


class _WithResidents(ChangeForm):
    """A number for each age group; those left open are not said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in self.policy.age_groups:
            self.fields[RESIDENTS + group.code] = django_forms.IntegerField(
                label=_("Beboere %(ages)s") % {"ages": group.title},
                required=False,
                min_value=0,
                max_value=MOST,
                widget=django_forms.TextInput(attrs={"class": "tv-input--number", "inputmode": "numeric"}),
            )

    def residents(self, said: dict[str, Any]) -> dict[str, float]:
        held = {group.code: said.get(RESIDENTS + group.code) for group in self.policy.age_groups}
        return {code: count for code, count in held.items() if count is not None}


class AddHomeForm(_WithResidents):
    kind, title, icon = "nye-boliger", gettext_lazy("Legg til boliger"), "plus"
    navn = django_forms.CharField(label=gettext_lazy("Navn på boligene"), max_length=LONGEST_NAME)
    sted = place_field(gettext_lazy("Hvor"))
    boliger = django_forms.IntegerField(
        label=gettext_lazy("Antall boliger"),
        min_value=1,
        max_value=MOST,
        widget=django_forms.TextInput(attrs={"class": "tv-input--number", "inputmode": "numeric"}),
    )

    def change(self, said: dict[str, Any]) -> Change:
        place, homes = self.place(said), self.town.homes
        metres = ((homes.xy - place) ** 2).sum(axis=1)
        area = homes.area_names[homes.areas[int(metres.argmin())]] if len(homes.ids) else ""
        return AddHome(
            kind="add_home",
            id=self.free_id(said["navn"], homes.ids),
            at=place,
            area=area,
            dwellings=said["boliger"],
            residents=self.residents(said),
        )


class MoveHomeForm(HomeForm):
    kind, title, icon = "flytt-bolig", gettext_lazy("Flytt en bolig"), "house"
    places = "bolig", "sted"
    sted = place_field(gettext_lazy("Flyttes til"))

    def change(self, said: dict[str, Any]) -> Change:
        return MoveHome(kind="move_home", id=self.home(said), at=self.place(said))


class ResidentsForm(HomeForm, _WithResidents):
    kind, title, icon = "beboere", gettext_lazy("Endre hvem som bor i en bolig"), "person"
    boliger = django_forms.IntegerField(
        label=gettext_lazy("Antall boliger"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy("Felter som står tomme, endres ikke"),
        widget=django_forms.TextInput(attrs={"class": "tv-input--number", "inputmode": "numeric"}),
    )

    def change(self, said: dict[str, Any]) -> Change | None:
        residents, dwellings = self.residents(said), said["boliger"]
        if not residents and dwellings is None:
            return None
        return SetResidents(
            kind="set_residents", id=self.home(said), residents=residents, dwellings=dwellings
        )


class RemoveHomeForm(HomeForm):
    kind, title, icon, subject = "ta-bort-bolig", gettext_lazy("Ta bort en bolig"), "minus", ""

    def change(self, said: dict[str, Any]) -> Change:
        return RemoveHome(kind="remove_home", id=self.home(said))


CHANGES: dict[str, type[ChangeForm]] = {
    form.kind: form
    for form in (
        MoveServiceForm, AddServiceForm, RemoveServiceForm, MoveHomeForm, AddHomeForm, ResidentsForm,
        RemoveHomeForm, AddEdgeForm, RemoveEdgeForm,
    )
}  # fmt: skip
