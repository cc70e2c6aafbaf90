"""The code lists of the assessment as the case's policy has them on a date."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from trinnvis.casework.errors import Refused
from trinnvis.policy.model import CodeList, Policy

FUNCTION, SCORE = "function", "score"


def list_in_force(policy: Policy, code: str, on: date) -> CodeList:
    """The version of a code list valid on a date.

    Raises:
        Refused: the policy has none; the text says what the administrator must do.
    """
    found = next((rows for rows in policy.code_lists if rows.code == code and rows.is_valid(on)), None)
    if found is None:
        raise Refused(
            _(
                "Den vedtatte politikken har ingen kodeliste «%(code)s» som gjelder %(on)s. "
                "Be administratoren om å legge den inn."
            )
            % {"code": code, "on": f"{on:%d.%m.%Y}"}
        )
    return found


def titles(rows: CodeList) -> dict[str, str]:
    return {entry.code: entry.title for entry in rows.entries}
