"""Whose recipients a forecast rests on: the public figures, or a version of the municipality's own.

An address without the choice means the public figures, as it always has: the source never changes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django import forms
from django.utils.translation import gettext as _

from trinnvis.planning.demand.own import OwnUse

OWN: Final = "egne-"


def offer_figures(field: forms.Field, uses: Sequence[OwnUse]) -> None:
    """uses: the versions to choose from, the newest first."""
    newest = uses[0].revision if uses else 0
    older = _("Egne tall: %(source)s. Det finnes en nyere utgave: %(newest)s")
    own = [
        (
            f"{OWN}{use.revision}",
            (_("Egne tall: %(source)s") if use.revision == newest else older)
            % {"source": use.source, "newest": newest},
        )
        for use in uses
    ]
    field.choices = [("", _("Offentlige tall (SSB)")), *own]  # type: ignore[attr-defined]
    field.label = _("Tall for brukere")
    field.help_text = _("Egne tall gjelder bare egen kommune.")
    field.error_messages["invalid_choice"] = _("Den utgaven av egne tall finnes ikke. Velg en fra lista.")


def by_choice(uses: Sequence[OwnUse]) -> Mapping[str, OwnUse]:
    """The versions by what stands for them in an address."""
    return {f"{OWN}{use.revision}": use for use in uses}


def revision_in(text: str) -> int | None:
    """The revision an address asks for, None for none."""
    number = text.removeprefix(OWN)
    return int(number) if text.startswith(OWN) and number.isdecimal() and len(number) < 10 else None
