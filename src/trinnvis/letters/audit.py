"""Letters whose event tells the fingerprint of the PDF alone, as before every row of a case was covered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from trinnvis.casework.models import CaseEvent
from trinnvis.casework.rules.chain import Break

from .models import Letter


def older_letters_that_differ() -> Iterator[Break]:
    """Letters of such events that are gone, or are not the bytes that were sent."""
    made = CaseEvent.objects.filter(verb="letter_made").exclude(data__has_key="rows")
    for event in made.order_by("case", "sequence").select_related("case"):
        said = event.data if isinstance(event.data, dict) else {}  # whoever tampers may leave anything
        number = said.get("decision")
        pdfs = Letter.objects.filter(decision__number=number).values_list("pdf", flat=True)
        if said.get("sha256") not in {hashlib.sha256(pdf).hexdigest() for pdf in pdfs}:
            why = f"brevet om vedtak {number} er borte eller endret etter at det ble sendt"
            yield Break(event.case.number, event.sequence, why)
