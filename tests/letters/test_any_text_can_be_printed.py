"""Whatever someone writes, the letter can be made: other scripts, symbols, and what no typeface has."""

import io
import json
import re
import unicodedata
from datetime import timedelta

import pikepdf
import pytest
from cast import NOW
from hypothesis import given, settings
from hypothesis import strategies as st
from journey import Players, approved, drafted

from trinnvis.casework import services as casework
from trinnvis.casework.errors import Incomplete
from trinnvis.casework.models import Decision
from trinnvis.fonts import FILES
from trinnvis.fonts.characters import REPLACEMENT, drawn_by, unprintable
from trinnvis.letters.content import LetterContent, Section, Sender, from_json
from trinnvis.letters.pdf import render_pdf
from trinnvis.letters.services import send_decision

WORDS = [
    ("Я хочу залишитися вдома.", "NotoSans-Regular"),
    ("Θέλω να μείνω σπίτι.", "NotoSans-Regular"),
    ("أريد أن أبقى في بيتي. پچگ ٹ ۋ ێ", "NotoNaskhArabic-Regular"),
    ("אני רוצה להישאר בבית.", "NotoSansHebrew-Regular"),
    ("ኣብ ገዛይ ክጸንሕ እደሊ።", "NotoSansEthiopic-Regular"),
    ("நான் வீட்டில் இருக்க விரும்புகிறேன்", "NotoSansTamil-Regular"),
    ("ฉันอยากอยู่บ้าน", "NotoSansThai-Regular"),
    ("मैं घर पर रहना चाहता हूँ", "NotoSansDevanagari-Regular"),
    ("ਮੈਂ ਘਰ ਰਹਿਣਾ", "NotoSansGurmukhi-Regular"),
    ("အိမ်မှာနေချင်တယ်", "NotoSansMyanmar-Regular"),
    ("først → så ≥ 2 og ⇒", "NotoSansMath-Regular"),
    ("✓ ☐ ▪ ❤ ☺", "NotoSansSymbols2-Regular"),
    ("😀 👍🏽 👨‍👩‍👧 🇳🇴 1️⃣ ❤️‍🔥", "NotoEmoji-Regular"),
    ("\uf0b7 første \uf0a7 andre", "NotoSansMath-Regular"),
    ("klipp\x1b\x07 og\x0blim\ufeff \x85 \u2028", "Inter-Regular"),
]
CANNOT = ["你好", "\ue123", "\ufffe", "\U0010fffd", "\u0378", "ა"]
LAST_RESORT = "TrinnvisLastResort-Regular"


def fonts_in(pdf: bytes) -> set[str]:
    """The names of the fonts a PDF carries, without the prefix that says a font is cut down."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        kept = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
        return {str(each.FontName).partition("+")[2] for each in kept if "/FontName" in each}


def printed(*paragraphs: str) -> bytes:
    content = LetterContent(
        language="nb",
        title="Du får hjelp",
        lead=(),
        sender=Sender("Kommunen", "Enheten", ()),
        recipient_name="Ingrid Prøve",
        recipient_address=(),
        references=(),
        sections=(Section("Ønsket ditt", paragraphs),),
        signatures=(),
    )
    return render_pdf(content, made_at=NOW)


@pytest.mark.parametrize(("said", "font"), WORDS)
def test_each_script_has_a_typeface(said: str, font: str) -> None:
    pdf = printed(said)
    assert font in fonts_in(pdf)
    assert LAST_RESORT not in fonts_in(pdf)
    assert not unprintable(said)
    assert printed(said) == pdf


def test_a_decision_in_any_script_is_sent_as_it_was_written(players: Players) -> None:
    said = [words for words, _font in WORDS[:-1]]
    case = drafted(players, "hjemmesykepleie", "praktisk-bistand", citizen_wish="\n".join(said))
    approved(case, players)
    (letter,) = send_decision(number=case.number, actor=players.worker, now=NOW)
    paragraphs = [each for section in letter.content["sections"] for each in section["paragraphs"]]
    assert {f"«{words}»" for words in said} <= set(paragraphs)
    assert {font for _words, font in WORDS} <= fonts_in(letter.pdf)
    with pikepdf.open(io.BytesIO(letter.pdf)) as pdf:
        assert "pdfaid:part>2<" in pdf.Root.Metadata.read_bytes().decode().replace(" ", "")
        assert pdf.Root.MarkInfo.Marked
    assert render_pdf(from_json(letter.content), made_at=NOW) == bytes(letter.pdf)


def test_what_cannot_be_printed_is_told_before_the_decision_goes_on(players: Players) -> None:
    case = drafted(players, "hjemmesykepleie", "praktisk-bistand", goal="你好")
    with pytest.raises(Incomplete) as told:
        casework.submit_decision(case.number, expected_revision=1, actor=players.worker, now=NOW)
    (missing,) = told.value.missing
    assert missing.field == "goal"
    assert "«你», «好»" in missing.message


@pytest.mark.parametrize("said", CANNOT)
def test_what_cannot_be_printed_can_be_seen(said: str) -> None:
    assert unprintable(f"Målet er {said}.") == tuple(said)
    assert {LAST_RESORT, "NotoSans-Regular"} & fonts_in(printed(said))  # the box, and the question mark


def test_a_decision_approved_with_it_is_sent(players: Players) -> None:
    """Approved before this was asked about; or it stands in a policy's text or a name."""
    case = drafted(players, "hjemmesykepleie", "praktisk-bistand")
    decision = approved(case, players)
    Decision.objects.filter(pk=decision.pk).update(goal="".join(CANNOT))
    (letter,) = send_decision(number=case.number, actor=players.worker, now=NOW + timedelta(hours=1))
    assert "".join(CANNOT) in json.dumps(letter.content, ensure_ascii=False)
    assert {LAST_RESORT, "NotoSans-Regular"} <= fonts_in(letter.pdf)


def test_every_character_called_printable_is_drawn() -> None:
    every = (char for family in FILES for char in sorted(drawn_by(family)))
    alone = [
        char
        for char in every
        if unicodedata.category(char)[0] not in "MC"
        and unicodedata.is_normalized("NFC", char)
        and char != REPLACEMENT
    ]
    rows = ["".join(alone[i : i + 80]) for i in range(0, len(alone), 80)]
    assert not any(map(unprintable, rows))
    assert LAST_RESORT not in fonts_in(printed(*rows))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_no_text_stops_a_letter(paragraphs: list[str]) -> None:
    assert printed(*paragraphs).startswith(b"%PDF-")


@pytest.mark.parametrize("joined", ["a\u064e", "☺🏽", "1\u20e3", "a\u200d😀", "क\u0301", "\u0e33", "\ud800"])
def test_characters_that_have_no_typeface_together_do_not_stop_a_letter(joined: str) -> None:
    assert printed(joined).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("said", "from_the_right"), [("«שלום»", True), ("(1) שלום", True), ("Shalom: שלום", False)]
)
def test_a_paragraph_from_right_to_left_begins_at_the_right(said: str, from_the_right: bool) -> None:
    with pikepdf.open(io.BytesIO(printed(said))) as pdf:
        page = pdf.pages[0]
        fonts = {str(name): str(font.BaseFont) for name, font in page.Resources.Font.items()}
        hebrew = next(name for name, font in fonts.items() if "Hebrew" in font)
        drawn = page.Contents.read_bytes().decode("latin-1")
        middle = float(page.MediaBox[2]) / 2
    before = drawn[: drawn.index(f"{hebrew} ")]
    across = re.findall(r"q 1 0 0 -1 (\S+) \S+ cm", before)[-1]
    assert (float(across) > middle) == from_the_right
