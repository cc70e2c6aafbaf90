"""Ingrid (72) fell at home and wants to manage alone again. Her case waits for her own answer."""

from __future__ import annotations

from trinnvis.casework import services
from trinnvis.casework.rules.enquiry import Contact, Said

from .scene import Scene

SAID = Said(
    what_matters=(
        "Jeg vil gå i butikken selv igjen, og dusje uten å være redd. Jeg falt på badet i oktober og brakk hoften. "
        "Jeg er glad i huset vårt på Grua og vil bli boende her sammen med Odd."
    ),
    what_i_manage=(
        "Jeg går inne med rullator, lager enkel mat og steller overkroppen. Jeg gjør øvelsene fra sykehuset hver "
        "dag. Trappen opp til soverommet klarer jeg ikke, så jeg sover i stuen."
    ),
    who_is_around=(
        "Odd er 75 og gjør alt han kan, men han er sliten, og ryggen er ikke god. Han må ikke løfte meg. "
        "Naboen Kari måker snø og tar med post."
    ),
    how_i_live="Enebolig med trapp til andre etasje. Badet er nede, men det er trangt og har høy kant inn i dusjen.",
    is_application=True,
    applies_for="Hjelp til å dusje, og trening så jeg klarer det selv",
)
ODD = Said(
    what_matters=(
        "Jeg er redd hun faller igjen om natten når hun skal på do. Jeg sover nesten ikke. Kan dere se på hva vi "
        "kan gjøre, og er det noen jeg selv kan snakke med?"
    ),
    who_is_around="Vi er to. Datteren vår bor i Trondheim.",
)


def tell(scene: Scene) -> None:
    enquiry = scene.enquire("ingrid", SAID, scene.ago(4, 19, 40), person=scene.person("ingrid"))
    number = scene.open(
        enquiry,
        "sara",
        scene.ago(3, 9, 10),
        reason="Nylig hoftebrudd, motivert og i bedring. Har mann hjemme. Bør få tilbud om avklaring med en gang.",
        to="sara",
    )
    services.offer_clarification(number, actor=scene.actor("sara"), now=scene.ago(3, 9, 40))
    services.note(
        number=number,
        text="Ringt Ingrid. Avtalt hjemmebesøk sammen med ergoterapeut. Ingrid vil lese om avklaringsforløpet først.",
        actor=scene.actor("sara"),
        now=scene.ago(2, 13, 5),
    )
    # Odd writes too: by name, since he has no mandate. It waits for triage.
    contact = Contact(
        role="ektefelle", phone="400 00 123", consent_note="Ingrid vet at jeg skriver, og vil det"
    )
    scene.enquire("odd", ODD, scene.ago(1, 21, 15), unidentified_name="Ingrid Haugen, Grua", contact=contact)
