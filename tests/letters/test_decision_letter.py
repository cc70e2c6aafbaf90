"""The letter about a decision: what it says, that it is accessible, and that it is what was sent."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cast import NOW, Beginning
from django.db import connection
from django.utils import translation
from journey import Players, after, approved, drafted, line_of

from trinnvis.access.actor import Actor
from trinnvis.casework import services as casework
from trinnvis.casework.audit import verify_all
from trinnvis.casework.errors import CaseworkError, NotFound
from trinnvis.casework.models import Case
from trinnvis.letters.content import LetterContent, from_json
from trinnvis.letters.files import LetterChanged, write_pdf
from trinnvis.letters.models import Letter
from trinnvis.letters.queries import decision_text, letter_for
from trinnvis.letters.services import send_decision
from trinnvis.policy.append_only import AppendOnlyError
from trinnvis.policy.model import Policy


def send(
    players: Players, service: str = "hjemmesykepleie", other: str = "praktisk-bistand", **fields: object
) -> Letter:
    case = drafted(players, service, other, **fields)
    approved(case, players)
    (letter,) = send_decision(number=case.number, actor=players.worker, now=NOW)
    return letter


def text_of(content: LetterContent) -> str:
    parts = [content.title, *content.lead]
    for section in content.sections:
        parts += [section.heading, *section.paragraphs, *section.bullets]
        if section.table:
            parts += [cell for row in section.table.rows for cell in row.cells]
    return "\n".join(parts)


def ready_to_approve(players: Players) -> Case:
    return drafted(players, "hjemmesykepleie", "praktisk-bistand")


BEGINNINGS = {"letter": after(send, "letter"), "drafted_case": after(ready_to_approve, "drafted_case")}


@pytest.fixture
def beginnings(beginnings: dict[str, Beginning]) -> dict[str, Beginning]:
    return beginnings | BEGINNINGS


@pytest.fixture
def drafted_case(scene: Mapping[str, Any]) -> Case:
    """Ingrid's case, where the decision is drafted."""
    return scene["drafted_case"]


@pytest.fixture
def letter(scene: Mapping[str, Any]) -> Letter:
    return scene["letter"]


def test_the_result_comes_first(letter: Letter) -> None:
    content = from_json(letter.content)
    assert content.title == "Du får helsehjelp hjemme (hjemmesykepleie)"
    assert "1. desember 2026" in content.lead[0].replace("\u00a0", " ")


def test_it_says_extent_period_goal_wish_criteria_law_appeal_and_insight(letter: Letter) -> None:
    text = text_of(from_json(letter.content)).replace("\u00a0", " ")
    assert "3,5 timer i uken" in text
    assert "1. juni 2027" in text
    assert "Du dusjer selv innen seks måneder." in text
    assert "«Jeg vil dusje selv og gå til butikken.»" in text
    assert "§ 3-2" in text
    assert "innen 4 uker" in text
    assert "14. desember 2026" in text  # four weeks after Monday 16 November
    assert "se hvem som har lest saken" in text


def test_it_never_says_what_the_municipality_spends(letter: Letter, policy: Policy) -> None:
    text = text_of(from_json(letter.content)).replace("\u00a0", " ")
    price = policy.price("hjemmesykepleie", policy.service("hjemmesykepleie").unit, NOW.date())
    assert price is not None
    assert f"{price.nok:.0f}" not in text


def test_the_pdf_is_tagged_archivable_and_has_one_title(letter: Letter) -> None:
    pdf = pikepdf.open(io.BytesIO(letter.pdf))
    assert pdf.Root.Lang == "nb"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.docinfo["/Title"] == from_json(letter.content).title
    metadata = pdf.Root.Metadata.read_bytes().decode()
    assert "pdfaid:part>2<" in metadata.replace(" ", "")
    assert "pdfuaid:part>1<" in metadata.replace(" ", "")
    tags = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
    assert tags.count("/H1") == 1
    assert tags.count("/TH") == 4
    assert "/H2" in tags
    assert "/L" in tags


def elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    found = [node] if "/S" in node else []
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += elements(kid)
    return found


def test_the_fingerprint_is_in_the_case_and_the_chain_holds(letter: Letter) -> None:
    event = letter.decision.case.events.get(verb="letter_made")
    assert event.data["sha256"] == letter.sha256 == hashlib.sha256(bytes(letter.pdf)).hexdigest()
    assert not verify_all().breaks


def test_what_a_citizen_writes_is_never_markup(players: Players) -> None:
    nasty = 'Jeg vil #let x = 1 *klare* $meg$ <script>alert("1")</script> \\ _selv_ @ref.'
    letter = send(players, citizen_wish=nasty)
    assert f"«{nasty}»" in text_of(from_json(letter.content))
    assert bytes(letter.pdf).startswith(b"%PDF-")


def test_a_refusal_says_no_first_and_how_to_complain(players: Players, policy: Policy) -> None:
    line = replace(
        line_of(policy, "hjemmesykepleie"), granted=False, reason="Du klarer dette selv med hjelpemidler."
    )
    letter = send(
        players,
        kind="refusal",
        lines=(line,),
        refused="Du får ikke hjelp til dusj.",
        starts_on=None,
        ends_on=None,
        review_on=None,
    )
    content = from_json(letter.content)
    assert content.title == "Du får ikke helsehjelp hjemme (hjemmesykepleie)"
    text = text_of(content)
    assert "Du klarer dette selv med hjelpemidler." in text
    assert "Du kan klage" in text
    assert not any(section.table for section in content.sections)


def test_sending_twice_makes_one_letter(letter: Letter, players: Players) -> None:
    with pytest.raises(CaseworkError):
        send_decision(
            number=letter.decision.case.number, actor=players.worker, now=NOW + timedelta(seconds=1)
        )
    assert Letter.objects.count() == 1


def test_a_letter_that_cannot_be_made_leaves_the_decision_unsent(
    drafted_case: Case, players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = approved(drafted_case, players)

    def broken(*_: object, **__: object) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr("trinnvis.letters.services.render_pdf", broken)
    with pytest.raises(OSError):
        send_decision(number=drafted_case.number, actor=players.worker, now=NOW)
    decision.refresh_from_db()
    assert decision.state == "approved"
    assert decision.sent_at is None


def test_the_citizen_reads_it_and_a_stranger_may_not_know_of_it(
    letter: Letter, ingrid: Actor, fremmed: Actor
) -> None:
    number = letter.decision.number
    assert letter_for(ingrid, number, NOW, what="Vedtak").pk == letter.pk
    with pytest.raises(NotFound):
        letter_for(fremmed, number, NOW, what="Vedtak")


def test_a_stored_letter_never_changes(letter: Letter, tmp_path: Path) -> None:
    letter.pdf = b"%PDF-other"
    with pytest.raises(AppendOnlyError):
        letter.save()
    size = write_pdf(letter.decision.number, tmp_path / "brev.pdf")
    assert hashlib.sha256((tmp_path / "brev.pdf").read_bytes()).hexdigest() == letter.sha256
    assert size > 10_000


def test_changed_bytes_are_found_before_they_are_written(letter: Letter, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE letters_letter SET sha256 = %s WHERE id = %s", ["0" * 64, letter.pk])
    with pytest.raises(LetterChanged):
        write_pdf(letter.decision.number, tmp_path / "brev.pdf")
    assert not (tmp_path / "brev.pdf").exists()


def test_a_decision_older_than_its_letters_can_still_be_read(players: Players, ingrid: Actor) -> None:
    case = drafted(players, "hjemmesykepleie", "praktisk-bistand")
    decision = approved(case, players)
    with pytest.raises(NotFound):
        decision_text(ingrid, decision.number, NOW, what="Vedtak")
    casework.send_decision(case.number, actor=players.worker, now=NOW)
    text = decision_text(ingrid, decision.number, NOW, what="Vedtak")
    assert text.content.title == "Du får helsehjelp hjemme (hjemmesykepleie)"
    assert text.pdf_bytes is None


def test_a_letter_is_in_one_language_whoever_sends_it(players: Players) -> None:
    with translation.override("nn"):
        content = from_json(send(players).content)
    assert content.language == "nb"
    table = next(section.table for section in content.sections if section.table)
    assert table.headings == ("Tjeneste", "Hvor mye", "Fra", "Til")
