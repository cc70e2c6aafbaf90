"""On a page in nynorsk or English, what the municipality wrote in bokmål says so itself (WCAG 3.1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from cast import NOW, case_of, person_of
from django.test import Client
from django.utils import translation
from journey import Players
from portal_stories import SERVICE, browser_of

from trinnvis.access.actor import Actor
from trinnvis.casework import services
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.rules.enquiry import Said
from trinnvis.letters.models import Letter
from trinnvis.planning.pathways.reading import shipped
from trinnvis.policy.model import Policy
from trinnvis.policy.queries import policy_of

PUBLIC = ("/", "/tjenester", "/tjenester?q=dusj", f"/tjenester/{SERVICE}", "/trappen", "/boligveiledning")
CASE_PAGES = ("", "/vurdering", "/mal", "/alternativer", "/hendelser", "/avklaring", "/trekk")
SHORTEST = 8  # characters: shorter texts, such as «Hjemme», are words in any language
LONG = 25  # from so many characters a text is known inside another as well
ASKED = Said(what_matters="Å dusje selv", is_application=True, applies_for="Hjelp til å dusje")
VOID = {"meta", "link", "input", "br", "img", "hr", "use", "rect", "path"}
NOT_READ = {"title", "script", "style"}  # the title has one language, the page's


class Texts(HTMLParser):
    """Every piece of text on a page, with the language it is said to be in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            lang = dict(attrs).get("lang") or (self.open[-1][1] if self.open else "")
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            tag, lang = self.open[-1] if self.open else ("", "")
            if tag not in NOT_READ:
                self.found.append((text, lang))


def texts_of(html: str) -> list[tuple[str, str]]:
    reader = Texts()
    reader.feed(html)
    return reader.found


def strings_in(value: Any) -> Iterator[str]:
    """Every text in a document, but for codes and what is the same in every language."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("code", "municipality", "status", "source_url", "address", "email", "website"):
                yield from strings_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings_in(each)
    elif isinstance(value, str) and len(value) >= SHORTEST:
        yield " ".join(value.split())


def norwegian_in(policy: Policy) -> set[str]:
    documents = [policy, *shipped().values()]
    return {text for document in documents for text in strings_in(document.model_dump(mode="json"))}


def unmarked(html: str, wanted: set[str]) -> list[str]:
    """Texts of the municipality that do not say they are bokmål. Short titles may be the same in nynorsk."""
    long = {each for each in wanted if len(each) >= LONG}
    short = wanted - long if '<html lang="en"' in html else set()
    others = [text for text, lang in texts_of(html) if lang != "nb"]
    return [text for text in others if text in short or any(each in text for each in long)]


def read(client: Client, address: str, language: str) -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    html: str = answer.content.decode()
    assert f'<html lang="{language}"' in html
    return html


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_policys_words_say_their_language_on_public_pages(
    lunner: Any, client: Client, policy: Policy, language: str
) -> None:
    wanted = norwegian_in(policy)
    pages = [*PUBLIC, *(f"/boligveiledning/{code}" for code in shipped())]
    pages += [f"/tjenester/{service.code}" for service in policy.services]
    for page in pages:
        html = read(client, page, language)
        assert unmarked(html, wanted) == [], page
        assert 'lang="nb"' in html, page


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_municipalitys_words_say_their_language_in_a_case(
    told_case: Case, players: Players, language: str
) -> None:
    web = browser_of(players.citizen)
    wanted = norwegian_in(policy_of(told_case.policy_id)) | {"Ustø på badet, trygg med rullator."}
    wanted |= {need.due_why for need in told_case.needs.all() if need.due_why}
    for page in ("/min-side", *(f"/sak/{told_case.number}{page}" for page in CASE_PAGES)):
        assert unmarked(read(web, page, language), wanted) == [], page


def test_a_page_in_bokmaal_marks_nothing(lunner: Any, client: Client) -> None:
    assert 'lang="nb"' not in read(client, f"/tjenester/{SERVICE}", "nb").split("<main")[1]


def test_the_products_own_sentences_are_in_the_readers_language(
    lunner: Any, ingrid: Actor, web: Client
) -> None:
    services.register_enquiry(
        actor=ingrid, now=NOW, submission_key="1", channel="portal", person=person_of(ingrid), said=ASKED
    )
    address = f"/kontakt/kvittering/{Enquiry.objects.get().number}"
    english = read(web, address, "en")
    assert "1 working day after 16 November 2026 is Tuesday 17 November 2026" in english
    assert "virkedag" not in english
    assert "1 vyrkedag etter 16. november 2026 er tysdag 17. november 2026" in read(web, address, "nn")
    assert "1 virkedag etter 16. november 2026 er tirsdag 17. november 2026" in read(web, address, "nb")


def test_how_sure_something_is_is_told_in_the_readers_language(lunner: Any, client: Client) -> None:
    english = read(client, f"/tjenester/{SERVICE}", "en")
    assert "must be checked" in english or "example" in english
    assert ">må kontrolleres<" not in english and ">eksempel<" not in english


def test_reasons_in_a_case_are_in_the_readers_language_too(told_case: Case, web: Client) -> None:
    english = read(web, f"/sak/{told_case.number}", "en")
    assert "3 weeks after 16 November 2026 is Monday 7 December 2026." in english
    assert "3 uker etter" not in english


def test_a_reason_that_no_rule_gives_is_as_it_was_written(told_case: Case, web: Client) -> None:
    told_case.needs.filter(state="open").update(due_why="Avtalt på telefon.")
    assert ("Avtalt på telefon.", "nb") in texts_of(read(web, f"/sak/{told_case.number}", "en"))


def test_a_stored_reason_is_in_bokmaal_whoever_stored_it(lunner: Any, ingrid: Actor, sara: Actor) -> None:
    with translation.override("en"):
        case = case_of(ingrid, sara, outcome="clarification", is_application=True)
    reasons = " ".join(need.due_why for need in case.needs.all())
    assert "etter 16. november 2026 er" in reasons
    assert "after" not in reasons


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_letter_is_in_one_language_throughout(sent_letter: Letter, web: Client, language: str) -> None:
    html = read(web, f"/vedtak/{sent_letter.decision.number}", language)
    letter = html.split("<article")[1].split("</article>")[0]
    assert 'lang="nb"' in letter
    for words in ("<dt>Til</dt>", "Med vennlig hilsen"):
        assert words in letter
    assert "Med vennlig hilsen" not in html.replace(letter, "")
