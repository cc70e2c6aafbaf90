"""The form for a town's files: which, and what they do not say themselves."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trinnvis.planning.town.importing.files import FileKind
from trinnvis.planning.town.importing.taking import Said
from trinnvis.site import forms

LARGEST_MB = 100
MOST_FILES = 20
KINDS: dict[FileKind, Promise] = {
    FileKind.AUTO: gettext_lazy("Se det av fila"),
    FileKind.OSM: gettext_lazy("OpenStreetMap: gangnett, adresser og tilbud"),
    FileKind.NVDB: gettext_lazy("NVDB Vegnett Pluss: gangnett med høyder"),
    FileKind.NETWORK: gettext_lazy("Gangnett som linjer"),
    FileKind.ADDRESSES: gettext_lazy("Adresser, med boliger og beboere"),
    FileKind.SERVICES: gettext_lazy("Tilbud"),
    FileKind.TERRAIN: gettext_lazy("Terrengmodell"),
    FileKind.GRID: gettext_lazy("Befolkning på rutenett"),
}


class _ManyInput(django_forms.FileInput):
    allow_multiple_selected = True


class _Files(django_forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        held = data if isinstance(data, list | tuple) else [data]
        return [super(_Files, self).clean(one, initial) for one in held or [None]]


class TownFilesForm(forms.Form):
    """over: what was sent was too much, and is thrown away."""

    filer = _Files(
        label=gettext_lazy("Filer"),
        help_text=gettext_lazy(
            "OpenStreetMap (.osm.pbf), NVDB (.gml), csv, GeoJSON, GeoPackage, Shape (.shp med .shx, .dbf og "
            ".prj) eller terreng (.tif). Velg gjerne flere. Høyst 100 MB til sammen"
        ),
        widget=_ManyInput,
        error_messages={"empty": gettext_lazy("Fila er tom. Velg en annen.")},
    )
    slag = django_forms.ChoiceField(
        label=gettext_lazy("Hva filene er"), choices=list(KINDS.items()), initial=FileKind.AUTO
    )
    crs = django_forms.CharField(
        label=gettext_lazy("Koordinatsystem"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Når fila ikke sier det, eller sier feil: for eksempel 25832 (UTM 32), 25833 (UTM 33) eller 4326 "
            "(lengde- og breddegrader)"
        ),
    )
    lag = django_forms.CharField(
        label=gettext_lazy("Lag"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Når en GeoPackage har flere"),
    )
    lisens = django_forms.CharField(
        label=gettext_lazy("Lisens"), required=False, max_length=100,
        help_text=gettext_lazy("Når den ikke kjennes på innholdet, for eksempel CC BY 4.0"),
    )  # fmt: skip
    kreditering = django_forms.CharField(
        label=gettext_lazy("Hvem dataene skal krediteres"), required=False, max_length=200
    )
    field_order = ("filer", "slag", "crs", "lag", "lisens", "kreditering")

    def __init__(self, *args: Any, over: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.over = over

    def clean_filer(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["filer"]
        if len(files) > MOST_FILES:
            raise django_forms.ValidationError(_("Velg høyst %(most)d filer.") % {"most": MOST_FILES})
        return files

    def clean(self) -> dict[str, Any] | None:
        if self.over:
            self.errors.pop("filer", None)
            self.add_error(
                "filer",
                _("Filene er på over %(most)d MB og er ikke tatt imot. Klipp ut kommunen først, eller be den "
                  "som drifter Trinnvis, bruke «trinnvis town import».") % {"most": LARGEST_MB},
            )  # fmt: skip
        return super().clean()

    def said(self, municipality: str | None) -> Said:
        data = self.cleaned_data
        return Said(
            FileKind(data["slag"]), data["crs"] or None, data["lag"] or None, data["lisens"] or None,
            data["kreditering"] or None, municipality,
        )  # fmt: skip
