"""The main job in a real browser: Ingrid makes contact, Sara and she assess, Bjørn decides, Ingrid reads it.

One story, told once with JavaScript and once without it, on Lunner's policy as shipped. What is sent is sent
with two clicks, as people do.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser import checks
from browser.town import Visitor
from trinnvis.casework.models import Approval, Case, Enquiry
from trinnvis.letters.models import Letter

OWN_WORDS = "Jeg vil gå til butikken selv igjen, og dusje uten å være redd."
GOAL = "Gå til butikken selv innen påske"
TASKS = "Klarer ikke støvsuging og gulvvask etter bruddet."
CRITERIA = (
    ("Ja", TASKS),
    ("Noen av dem; resten trenger personen hjelp til", "Støvtørking går fint sittende."),
    ("Ja, noen av oppgavene blir gjort som før", "Odd lager middag som før."),
    ("Ja, og de kan dekke en del av behovet", "Hverdagsrehabilitering og robotstøvsuger er drøftet."),
    ("Behovet er innenfor det tilbudet vanligvis omfatter", "Renhold hver uke."),
    ("Personen er enig", ""),
    ("Ja", "Uten renhold blir det ikke trygt å gå inne."),
)
DECISION = {
    "Hvordan er ønsket vektlagt?": "Ønsket ditt har fått stor vekt.",
    "Målet med hjelpen": "Du går til butikken selv innen påske.",
    "Opplysningene vedtaket bygger på": "Du brakk hoften i oktober og bor i enebolig med Odd.",
    "Begrunnelse med egne ord": (
        "Du klarer ikke renholdet alene etter bruddet, og Odd har ikke helse til å ta over. "
        "Med trening og litt hjelp kan du klare mer selv."
    ),
    "Vurderes på nytt": "1.6.2027",
}


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def visitor(page_of: Any, script: bool) -> Any:
    """Makes someone with a browser, on a desktop screen."""
    return lambda: Visitor(page_of(java_script_enabled=script))


def look_over(page: Page, script: bool) -> None:
    """Each page has a test of its own elsewhere; these are the ones only a real story leads to.
    axe needs the page's own script engine."""
    if script:
        checks.look_over(page)
    else:
        checks.assert_reflows(page)
        checks.assert_csp_clean(page)


def test_from_contact_to_a_decision_that_is_read(town: object, visitor: Any, script: bool) -> None:
    ingrid, sara, bjorn = visitor(), visitor(), visitor()

    _make_contact(ingrid, script)
    sara.log_in("Sara Lien")
    number = _triage(sara, script)
    _offer_and_answer(sara, ingrid, number)
    _hear(sara)
    _both_write(sara, ingrid)
    _goal_and_numbers(sara, ingrid)
    _complete_assessment(sara)
    _compare(sara, script)
    _say_what_one_thinks(ingrid)
    _criteria(sara)
    _draft_and_submit(sara, script)
    bjorn.log_in("Bjørn Strand")
    _return_it(bjorn, number)
    _correct_it(sara)
    _approve_it(bjorn)
    _send_it(sara)
    decision = _read_it(ingrid, script)
    _who_has_read(ingrid)

    stranger = visitor().log_in("Frida Fremmed")
    for address in (f"/sak/{number}", f"/vedtak/{decision}", f"/vedtak/{decision}/pdf"):
        answer = stranger.page.goto(address)
        assert answer is not None and answer.status == 404
    assert Enquiry.objects.count() == Approval.objects.filter(verdict=Approval.Verdict.APPROVED).count() == 1
    assert Letter.objects.count() == 1
    assert Case.objects.get().stage == "follow_up"


def _make_contact(ingrid: Visitor, script: bool) -> None:
    page = ingrid.page
    page.goto("/")
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Kontakt oss").click()
    ingrid.follow("Start", exact=True).choose("Ingrid Haugen")
    look_over(page, script)
    ingrid.pick("Meg selv").write("Telefonnummeret vi kan nå deg på", "99 88 77 66").press("Neste")
    ingrid.write("Hva er viktig for deg nå?", OWN_WORDS).press("Lagre og fortsett senere")
    ingrid.sees("Utkastet er lagret").follow("Fortsett", exact=True)
    expect(page.get_by_label("Hva er viktig for deg nå?")).to_have_value(OWN_WORDS)
    ingrid.press("Neste").write("Hva klarer du selv i dag?", "Jeg lager mat.").press("Neste")
    ingrid.write("Hvem har du rundt deg?", "Odd, mannen min.").press("Neste")
    ingrid.write("Hvordan bor du?", "I enebolig med trapp.").press("Neste")
    ingrid.press("Neste").sees("Du må rette")
    ingrid.pick("Nei, det kan vente noen dager").pick("Ja, jeg søker nå")
    ingrid.write("Hva søker du om?", "Hjelp til renhold").press("Neste")
    ingrid.sees(OWN_WORDS, "Odd, mannen min.", "Ja, jeg søker nå")
    ingrid.press_twice("Send inn")
    ingrid.sees("Vi har fått henvendelsen", "Senest", "Fristen for å svare deg løper")
    page.go_back()
    ingrid.sees("Det er ikke noe utkast å sende.", Enquiry.objects.get().number)
    page.go_forward()
    ingrid.sees("Vi har fått henvendelsen")


def _triage(sara: Visitor, script: bool) -> str:
    page = sara.page
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Oppgavebenk").click()
    page.get_by_role("region", name="Nye henvendelser").get_by_role("link", name="Ingrid Haugen").click()
    sara.sees("Dette er en søknad", OWN_WORDS)
    look_over(page, script)
    sara.pick("Avklaring").write("Hvorfor?", "Vil hjem igjen etter bruddet.").press("Lagre vurderingen")
    sara.press("Ta saken").sees("Du har saken.")
    found = re.search(r"/sak/([^/]+)/", page.url)
    assert found
    return found[1]


def _offer_and_answer(sara: Visitor, ingrid: Visitor, number: str) -> None:
    sara.tab("Avklaring").follow("Tilby avklaringsforløp").press("Registrer tilbudet")
    sara.sees("Avklaringsforløp er tilbudt.")
    ingrid.follow("Gå til Min side").sees("Venter på deg").follow(f"Sak {number}")
    ingrid.follow("Les og svar").sees("Du velger selv").pick("Ja takk").press("Send svaret")
    ingrid.sees("Svaret ditt er registrert.")


def _hear(sara: Visitor) -> None:
    """Ingrid's own words came with the enquiry; the conversation is what Sara adds."""
    sara.tab("Oversikt").follow("Hør innbyggeren")
    sara.write("Når og hvordan snakket dere sammen?", "Hjemmebesøk i dag. Odd var med.").press("Bekreft")
    sara.sees("Det er notert at innbyggeren er hørt.")


def _both_write(sara: Visitor, ingrid: Visitor) -> None:
    ingrid.tab("Vurderingen").write("Hvordan er helsen din?", "Hoften verker, men det går framover.")
    ingrid.press("Lagre det jeg har skrevet").sees("Det du skrev, er lagret.")
    sara.tab("Alternativer").sees("Sammenligningen er ikke åpen").misses("Kroner i året")
    sara.tab("Vurdering").sees("Hoften verker", OWN_WORDS)
    professional = sara.main.get_by_role("region", name="To stemmer side om side").locator(
        "[data-who=professional]"
    )
    for box in professional.get_by_role("textbox").all():
        box.fill("Ustø på badet, trygg med rullator, og godt i gang med treningen.")
    scores = sara.main.get_by_role("region", name="Funksjon i hverdagen").get_by_role("radiogroup")
    assert scores.count() == 17
    for variable in scores.all():
        variable.get_by_role("radio", name="2 Klarer selv").check()
    sara.pick("2. ").press("Lagre vurderingen").sees("Vurderingen er lagret.")
    ingrid.tab("Vurderingen").sees("trygg med rullator", "Skrevet av Sara Lien")


def _goal_and_numbers(sara: Visitor, ingrid: Visitor) -> None:
    ingrid.tab("Mål").write("Hva vil du klare?", GOAL).press("Lagre målet").sees(f"«{GOAL}»")
    sara.tab("Avklaring").follow("Skriv et mål").write("Målet", "Dusje uten hjelp").press("Lagre målet")
    for moment, value in (("Før", "4"), ("Etter", "7")):
        sara.follow("Registrer måling")
        sara.main.get_by_label("Hva er målt?").select_option(
            label="COPM, utførelse og tilfredshet med egne aktiviteter: Utførelse"
        )
        sara.main.get_by_label("Hvilket mål gjelder det?").select_option(label=GOAL)
        sara.pick(moment, exact=True).write("Verdi", value).write("Målt den", "16.11.2026")
        sara.press("Lagre målingen").sees("Målingen er lagret.")
    sara.sees("Bedre. En endring på 2 eller mer")


def _complete_assessment(sara: Visitor) -> None:
    sara.tab("Vurdering").follow("Vurder samtykkekompetanse").pick("Kan ta stilling til saken")
    sara.write("Begrunnelse", "Ingrid forstår hva saken gjelder.").press("Lagre vurderingen")
    sara.press("Lagre og fullfør").sees("Vurderingen av behovet er fullført.")


def _compare(sara: Visitor, script: bool) -> None:
    sara.tab("Alternativer").misses("Sammenligningen er ikke åpen")
    for title, service, amount in (
        ("Renhold hjemme", "Praktisk bistand (timer i uken)", "1,5"),
        ("Sykepleie hjemme", "Helsehjelp hjemme (hjemmesykepleie) (timer i uken)", "3"),
    ):
        sara.write("Navn på alternativet", title).write("Hva betyr det for innbyggeren?", "Dekker behovet.")
        first = sara.main.get_by_role("group", name="Tjeneste 1")
        first.get_by_label("Tjeneste").select_option(label=service)
        first.get_by_label("Hvor mye").fill(amount)
        first.get_by_label("Fra").fill("1.12.2026")
        sara.press("Legg til alternativet").sees("Alternativet er lagt til")
    sara.sees("Side om side", "Arbeidstimer i uken", "Kroner i året", "Netto for kommunen")
    look_over(sara.page, script)


def _say_what_one_thinks(ingrid: Visitor) -> None:
    ingrid.tab("Alternativer").follow(re.compile("Si hva du mener ?: Renhold hjemme"))
    ingrid.write("Hva mener du", "Dette vil jeg helst.").press("Lagre").sees("Dette vil jeg helst.")
    ingrid.misses(re.compile(r"\d kr"), re.compile("kroner", re.IGNORECASE))


def _criteria(sara: Visitor) -> None:
    sara.tab("Alternativer").sees("«Dette vil jeg helst.»").follow("Velg Renhold hjemme")
    sara.write("Hvorfor?", "Minst inngripende, og det Ingrid ønsker.").press("Velg alternativet")
    sara.follow(re.compile("Svar på kriteriene for Praktisk bistand"))
    for answer, reason in CRITERIA:
        sara.pick(answer, exact=True)
        if reason:
            sara.write("Begrunnelse med egne ord", reason)
        sara.press("Lagre svaret")
    sara.sees("Kriteriene for «Praktisk bistand» er besvart.")


def _draft_and_submit(sara: Visitor, script: bool) -> None:
    sara.tab("Vedtak").pick("Innvilges", exact=True).press("Lagre og send til godkjenning")
    sara.sees("kan ikke sendes til godkjenning ennå")
    approval = sara.main.get_by_role("region", name="Godkjenning")
    for what in ("Skriv målet", "begrunnelse"):
        expect(approval).to_contain_text(what, ignore_case=True)
    look_over(sara.page, script)
    sara.follow(re.compile("^Skriv målet"))
    expect(sara.main.get_by_label("Målet med hjelpen")).to_be_focused()
    for label, text in DECISION.items():
        sara.write(label, text)
    sara.press("Lagre og send til godkjenning").sees("Vedtaket er sendt til godkjenning.")
    expect(sara.main.get_by_role("button", name="Godkjenn vedtaket")).to_have_count(0)


def _return_it(bjorn: Visitor, number: str) -> None:
    bjorn.page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Oppgavebenk").click()
    bjorn.follow("Ingrid Haugen").tab("Vedtak").sees("Skrevet av Sara Lien.")
    bjorn.pick("Omfanget er ikke tydelig").write("Hva skal rettes?", "Skriv til når hjelpen varer.").press(
        "Send i retur"
    )
    bjorn.sees("Vedtaket er sendt i retur.")


def _correct_it(sara: Visitor) -> None:
    sara.tab("Vedtak").sees("Skriv til når hjelpen varer.").write("Gjelder til", "1.6.2027")
    sara.press_twice("Lagre og send til godkjenning").sees("Til godkjenning").misses("Feil")


def _approve_it(bjorn: Visitor) -> None:
    bjorn.tab("Vedtak").press_twice("Godkjenn vedtaket").sees("Godkjent av Bjørn Strand").misses("Feil")


def _send_it(sara: Visitor) -> None:
    sara.tab("Vedtak").sees("Godkjent av Bjørn Strand").follow("Send vedtaket").press_twice(
        "Send vedtaket nå"
    )
    sara.sees("Vedtaket er sendt", "Klagefristen går ut").misses("Feil")
    sara.tab("Tidslinje").sees("kjeden er hel")


def _read_it(ingrid: Visitor, script: bool) -> str:
    """On the screen, with the answer first, and as the PDF; gives back the decision's number."""
    page = ingrid.page
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Min side").click()
    ingrid.follow(re.compile("^Vedtak ")).sees("Du får praktisk bistand", "klage", GOAL.lower()[:10])
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Du får")
    ingrid.misses(re.compile(r"\d kr i"))
    look_over(page, script)
    with page.expect_download() as downloading:
        ingrid.follow(re.compile("Last ned som PDF"))
    assert downloading.value.path().read_bytes().startswith(b"%PDF")
    return page.url.rstrip("/").rpartition("/")[2]


def _who_has_read(ingrid: Visitor) -> None:
    page = ingrid.page
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Min side").click()
    ingrid.follow("Åpne innsynsloggen").sees("Sara Lien", "Bjørn Strand").misses("Ingrid Haugen,")
