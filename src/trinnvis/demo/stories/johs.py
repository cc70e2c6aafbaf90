"""Johs (70) forgets more and more. A preventive home visit became a plan; now he wants to move while he can.

The story of section 5 in the municipality's adopted document, up to today.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from trinnvis.casework import services
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.enquiry import Contact, Said

from .scene import Scene

VISIT = Said(
    what_matters=(
        "Jeg vil fortsette å gå turene mine og møte folk. Jeg vil bestemme selv så lenge jeg kan, og planlegge mens "
        "jeg er klar i hodet."
    ),
    what_i_manage="Jeg bor alene, lager mat, kjører ikke bil lenger. Jeg skriver huskelapper til alt.",
    who_is_around="Sønnen min Eirik bor på Harestua med familien. Han ringer hver kveld. Gamle kolleger på torsdager.",
    how_i_live="Rekkehus på Roa, alt på ett plan. Kort vei til butikken og turstien.",
    is_application=True,
    applies_for="Et sted å være på dagtid, og noe som gjør turene trygge",
)
SON = Said(
    what_matters=(
        "Pappa har bestemt seg: Han vil flytte til bokollektivet for folk med demens i vår, og leie ut rekkehuset. "
        "Han vil ha aktivitet tre dager i uken. Vi har sett på det sammen, og han gleder seg."
    ),
    what_i_manage="Han går turene sine med GPS og lager frokost. Middagen glemmer han ofte.",
    who_is_around="Jeg er hos ham to kvelder i uken. Barnebarnet Oskar er med på lørdager.",
    is_application=True,
    applies_for="Tre dager på dagsenteret, og hjelp til å flytte",
)
WISH = "Jeg vil gå turene mine, møte folk og bestemme selv så lenge jeg kan."
SEEN = {
    "viktig-for-meg": "Johs er tydelig: turene, folk rundt seg og å få planlegge selv. Det har vært grunnlaget for alt vi foreslår.",
    "egne-ressurser": "Sprek og vant til å gå. Bruker huskelapper og kalender godt. Har innsikt i at hukommelsen svikter.",
    "nettverk": "Eirik vil gjerne ringe hver kveld og følge til lege. Kolleger på torsdager. Ingen er for tungt belastet nå.",
    "bolig": "Livsløpsstandard, sentralt på Roa. Komfyrvakt montert. Tenker selv på å flytte før det haster.",
    "teknologi": "Har prøvd GPS i to uker og liker den. Sier ja til at Eirik får varsel.",
    "helse-og-funksjon": "Mild kognitiv svikt, trolig begynnende Alzheimers sykdom. Utredet ved hukommelsesteamet. Ellers frisk.",
}
REASONS = {
    "demens": ("ja", "Utredet ved hukommelsesteamet i vinter."),
    "nytte": ("ja", "Blir glad av å være sammen med andre og liker å lede turgruppen."),
    "dager": ("en", "Vil begynne med én dag og øke når han selv ønsker det."),
    "behov": ("ja", "Har gått seg bort to ganger på kjente stier."),
    "samtykke": ("ja", "Johs har sagt ja og bestemt hvem som får varsel."),
    "egnet": ("ja", "Prøvd i to uker. Han lader den selv."),
}


def tell(scene: Scene) -> None:
    johs, start = scene.person("johs"), 178
    enquiry = scene.enquire("jorunn", VISIT, scene.ago(start, 13, 30), channel="home_visit", person=johs)
    number = scene.open(
        enquiry,
        "sara",
        scene.ago(start - 1, 9),
        reason="Forebyggende hjemmebesøk viste begynnende hukommelsessvikt. Vil planlegge selv. Avklaring passer godt.",
        to="sara",
    )
    _clarify(scene, number, start - 3)
    _decide(scene, number, start - 40)
    contact = Contact(role="sønn, med fullmakt")
    asked = scene.enquire("eirik", SON, scene.ago(4, 20, 20), person=johs, contact=contact)
    scene.open(
        asked,
        "sara",
        scene.ago(3, 10, 30),
        reason="Ønsker å flytte til bokollektiv og ha flere dager med aktivitet. Planen fra i vår tas opp igjen.",
        to="sara",
    )


def _clarify(scene: Scene, number: str, day: int) -> None:
    johs, oda = scene.actor("johs"), scene.actor("oda")
    services.offer_clarification(number, actor=scene.actor("sara"), now=scene.ago(day, 10))
    services.answer_clarification(
        number, accept=True, note="Ja takk, det vil jeg være med på.", actor=johs, now=scene.ago(day, 18)
    )
    services.add_team_member(
        number,
        profession="ergoterapeut",
        account_id=oda.account_id,
        actor=scene.actor("sara"),
        now=scene.ago(day - 1),
    )
    services.add_team_member(
        number,
        profession="demenskoordinator",
        name="Berit Holm",
        actor=scene.actor("sara"),
        now=scene.ago(day - 1),
    )
    services.confirm_heard(
        number=number,
        how="Samtale hjemme hos Johs, Eirik var med.",
        actor=scene.actor("sara"),
        now=scene.ago(day - 2),
    )
    goal = services.write_goal(
        number,
        words="Gå turen rundt tjernet hver dag og finne hjem selv",
        actor=johs,
        now=scene.ago(day - 2, 12),
    )
    for moment, days, performance, satisfaction in (("before", 3, 4, 3), ("after", 24, 7, 8)):
        for part, value in (("performance", performance), ("satisfaction", satisfaction)):
            at = scene.ago(day - days, 11)
            services.measure(
                number,
                instrument="copm",
                part=part,
                moment=moment,
                value=Decimal(value),
                measured_on=at.date(),
                goal_id=goal.pk,
                actor=oda,
                now=at,
            )
    services.evaluate_goal(number, goal_id=goal.pk, state="reached", actor=johs, now=scene.ago(day - 24, 14))
    services.end_clarification(
        number,
        outcome="needs_service",
        note="Med GPS og faste rutiner går Johs trygt alene. Han trenger et sted å være på dagtid.",
        actor=oda,
        now=scene.ago(day - 25),
    )


def _decide(scene: Scene, number: str, day: int) -> None:
    at = scene.ago(day, 10)
    scene.assess(
        number,
        "sara",
        at,
        SEEN,
        {"hukommelse": 3, "beslutninger-i-dagliglivet": 2, "skaffe-varer-og-tjenester": 2, "lage-mat": 2},
        1,
    )
    starts = (at + timedelta(days=16)).date()
    lines = [scene.line("dagaktivitet-demens", "1", starts), scene.line("gps", "1", starts)]
    scene.compare(
        number,
        "sara",
        scene.ago(day - 2),
        (
            (
                "Én dag på dagsenteret og GPS på turene",
                "Bygger på turene og folk han liker å være med.",
                lines,
            ),
            (
                "Roa aktivitetssenter",
                "Kjent og nært, men for uoversiktlig uten følge.",
                [scene.line("aktivitetssenter", "40", starts)],
            ),
        ),
        choose=0,
        reason="Johs vil ut blant folk og gå turene sine. Dette gjør begge deler mulig, og han kan øke senere.",
    )
    scene.answer(number, "sara", scene.ago(day - 2, 11), REASONS)
    revision = scene.draft(
        number,
        "sara",
        scene.ago(day - 3),
        Draft(
            kind="grant",
            citizen_wish=WISH,
            wish_weighed="Ønsket ditt har styrt valget. Vi ble enige om å begynne med én dag og se hvordan det går.",
            goal="Du går turene dine trygt og har én dag i uken sammen med andre.",
            facts="Hukommelsen din er blitt dårligere det siste året, og du har gått deg bort to ganger. Du er sprek og bor alene på Roa.",
            reasons=(
                "Turene og folk rundt deg holder deg i form. Uten GPS er det ikke trygt å gå alene, og åpne tilbud "
                "er vanskelige å finne fram til uten følge. Derfor får du begge deler fra oss."
            ),
            starts_on=starts,
            review_on=starts + timedelta(days=365),
            lines=tuple(lines),
        ),
    )
    scene.submit(number, "sara", scene.ago(day - 3, 14), revision)
    scene.approve(number, "bjorn", scene.ago(day - 4), revision)
    scene.send(number, "sara", scene.ago(day - 4, 13))
