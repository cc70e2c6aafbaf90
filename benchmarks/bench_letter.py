"""The decision as PDF/A-2a + PDF/UA-1: from content to bytes, while a case worker waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from registry import Once, bench

WHEN = datetime(2026, 11, 16, 9, tzinfo=UTC)
SENTENCE = "Du klarer ikke å dusje trygt alene etter bruddet, og du vil helst klare det selv igjen. "
SECTIONS = 14  # about three pages, as Lunner's decisions are


@bench("a decision of three pages as PDF", limit_ms=150)
def decision_pdf() -> Iterator[Once]:
    from trinnvis.letters.content import LetterContent, Row, Section, Sender, Table
    from trinnvis.letters.pdf import render_pdf

    extent = Table(
        "Tjenester", ("Tjeneste", "Hvor mye", "Fra", "Til"), (Row(("Hjelp", "2 timer", "nå", "–")),) * 3
    )
    numbers = count()

    def another() -> LetterContent:
        """A letter unlike any before it: typst remembers what it has laid out."""
        sentence = f"{next(numbers)}: {SENTENCE}"
        sections = tuple(
            Section(f"Overskrift {n}", (sentence * 3,), (sentence,) * 3, extent if n == 0 else None)
            for n in range(SECTIONS)
        )
        return replace(letter, sections=sections)

    letter = LetterContent(
        language="nb",
        title="Du får hjemmesykepleie",
        lead=(SENTENCE,),
        sender=Sender("Kommunen", "Tildelingsenheten", ("Rådhuset",)),
        recipient_name="Ingrid Prøve",
        recipient_address=("Veien 1", "2730 Stedet"),
        references=(("Saksnummer", "2026-000001"),),
        sections=(),
        signatures=(("Bjørn", "beslutter"), ("Sara", "saksbehandler")),
    )
    yield lambda: render_pdf(another(), made_at=WHEN)
