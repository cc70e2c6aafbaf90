"""Gunvor (84) is dying and wants to be at home. Help came the same day; the decision is written afterwards."""

from __future__ import annotations

from datetime import timedelta

from trinnvis.casework import services
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.enquiry import Contact, Said

from .scene import Scene

SAID = Said(
    what_matters=(
        "Mamma er på sykehuset og har ikke lenge igjen. Hun vil hjem og dø i sin egen seng, med utsikt til låven. "
        "De kan sende henne hjem i dag hvis noen kan hjelpe oss med smertelindring og nattevakt."
    ),
    what_i_manage="Hun er klar og bestemt, men orker bare noen ord om gangen.",
    who_is_around="Jeg tar fri fra jobben og er her hele tiden. Broren min kommer på fredag.",
    how_i_live="Enebolig på Lunner. Vi har satt sengen i stuen.",
    says_urgent=True,
    urgency_note="Hun kan komme hjem i ettermiddag. Vi trenger sykepleier fra i kveld.",
    is_application=True,
    applies_for="Sykepleie hjemme, også om natten",
)
WISH = "Hjem til låven. I min egen seng, og ikke ha vondt."


def tell(scene: Scene) -> None:
    contact = Contact(role="datter, med fullmakt", phone="400 00 456")
    gunvor = scene.person("Gunvor Nordby")
    enquiry = scene.enquire("anne", SAID, scene.ago(2, 8, 25), person=gunvor, contact=contact)
    number = scene.open(
        enquiry,
        "sara",
        scene.ago(2, 8, 50),
        outcome="severely_ill",
        reason="Livets siste fase. Vil hjem i dag. Hjelpen settes i gang nå, vedtaket kommer etterpå.",
        to="sara",
    )
    sara = scene.actor("sara")
    services.confirm_help_given(
        number=number,
        what="Hjemmesykepleien på Lunner tar imot i ettermiddag. Smertepumpe er bestilt, nattevakt fra i kveld.",
        actor=sara,
        now=scene.ago(2, 10, 15),
    )
    services.write_words(
        number,
        topic="viktig-for-meg",
        voice="citizen",
        text=WISH,
        expected_revision=0,
        on_behalf=True,
        actor=sara,
        now=scene.ago(2, 11),
    )
    services.write_words(
        number,
        topic="viktig-for-meg",
        voice="professional",
        text="Gunvor er klar og har sagt det samme til lege, datter og oss. Vi gjør det hun ber om.",
        expected_revision=0,
        actor=sara,
        now=scene.ago(1, 9),
    )
    services.decide_capacity(
        number,
        conclusion="has",
        reason="Hun forstår at hun skal dø, og vil være hjemme.",
        shown_to="",
        expected_revision=0,
        actor=sara,
        now=scene.ago(1, 9, 5),
    )
    services.complete_assessment(number, actor=sara, now=scene.ago(1, 9, 10))
    starts = scene.ago(2).date()
    scene.draft(
        number,
        "sara",
        scene.ago(1, 9, 30),
        Draft(
            kind="grant",
            citizen_wish=WISH,
            wish_weighed="Vi gjør det du ber om.",
            goal="Du er hjemme, uten smerter, sammen med dem du er glad i.",
            facts="Du er alvorlig syk og kom hjem fra sykehuset samme dag som datteren din tok kontakt.",
            reasons=(
                "Du trenger sykepleier hver dag og om natten for å kunne være hjemme uten smerter. Datteren din er hos "
                "deg, og vi kommer så ofte det trengs."
            ),
            starts_on=starts,
            review_on=starts + timedelta(days=28),
            lines=(scene.line("hjemmesykepleie", "28", starts),),
        ),
    )
