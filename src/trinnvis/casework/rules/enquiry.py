"""What an enquiry (henvendelse) holds, and what must be there before it can be received."""

from __future__ import annotations

from dataclasses import dataclass

from trinnvis.casework.errors import Missing
from trinnvis.marking import gettext_noop as _


@dataclass(frozen=True)
class Said:
    """What was said, in the words of the one who made contact."""

    what_matters: str = ""
    what_i_manage: str = ""
    who_is_around: str = ""
    how_i_live: str = ""
    says_urgent: bool = False
    urgency_note: str = ""
    is_application: bool = False
    applies_for: str = ""

    @property
    def is_empty(self) -> bool:
        texts = (
            self.what_matters,
            self.what_i_manage,
            self.who_is_around,
            self.how_i_live,
            self.urgency_note,
            self.applies_for,
        )
        return not any(text.strip() for text in texts)


@dataclass(frozen=True)
class Contact:
    """Who made contact for another: relative, GP, hospital; and how the person has agreed to it."""

    name: str = ""
    role: str = ""
    phone: str = ""
    consent_note: str = ""


def missing_in(said: Said, *, about: bool, consent: bool) -> tuple[Missing, ...]:
    """What stops an enquiry. `about`: it is known whom it is about; `consent`: it is said or not needed."""
    found = []
    if not about:
        found.append(Missing("unidentified_name", _("Skriv navnet på den henvendelsen gjelder.")))
    if not consent:
        found.append(
            Missing(
                "consent_note",
                _("Skriv hvordan den det gjelder har sagt ja til at du tar kontakt, for eksempel «muntlig»."),
            )
        )
    if said.is_empty and not said.says_urgent:
        found.append(Missing("what_matters", _("Skriv med noen ord hva henvendelsen gjelder.")))
    return tuple(found)
