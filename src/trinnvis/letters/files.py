"""Writes a stored letter to a file (`trinnvis letter`)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from trinnvis.trouble import Trouble

from .queries import is_sent, letter_of_decision


class LetterChanged(Trouble):
    """The stored bytes do not match their fingerprint."""


def write_pdf(decision_number: str, file: Path) -> int:
    """Write the letter about a decision as it was sent; returns the number of bytes.

    Raises:
        Trouble: there is no letter about such a decision, or the file cannot be written.
        LetterChanged: the bytes have been changed since they were sent.
    """
    letter = letter_of_decision(decision_number)
    if letter is None and is_sent(decision_number):
        raise Trouble(
            f"Vedtak {decision_number} er sendt, men brevet er ikke lagret her.",
            "Det gjelder vedtak som er eldre enn Trinnvis. Brevet ligger i arkivet fra den gangen.",
        )
    if letter is None:
        raise Trouble(
            f"Vedtak {decision_number} finnes ikke, eller er ikke sendt.",
            "Nummeret står øverst i vedtaket, for eksempel 2026-000012-1.",
        )
    pdf = bytes(letter.pdf)
    if hashlib.sha256(pdf).hexdigest() != letter.sha256:
        raise LetterChanged(
            f"Brevet om vedtak {decision_number} er endret etter at det ble sendt.",
            "Hent det fra sikkerhetskopi.",
        )
    try:
        return file.write_bytes(pdf)
    except OSError as error:
        raise Trouble(
            f"{file} kan ikke skrives ({error.strerror}).", "Velg en annen fil med --pdf."
        ) from error
