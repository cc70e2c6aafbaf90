"""Emil (22) wants a place of his own. He trains on what a day takes, with numbers before and soon after."""

from __future__ import annotations

from decimal import Decimal

from trinnvis.casework import services
from trinnvis.casework.rules.enquiry import Said

from .scene import Scene

SAID = Said(
    what_matters=(
        "Jeg vil flytte hjemmefra og klare meg selv. Mamma sier jeg er smart, men at jeg glemmer alt som er kjedelig. "
        "Det er sant. Jeg vil ha jobb med data og en leilighet med god internettlinje."
    ),
    what_i_manage="Jeg kan lage fire middager. Jeg går på kurs i Oslo og tar toget alene. Vasking og regninger går dårlig.",
    who_is_around="Mamma. Og gutta jeg spiller med, men dem har jeg ikke møtt.",
    how_i_live="På gutterommet hos mamma på Roa.",
    is_application=True,
    applies_for="Noen som kan lære meg å bo alene, og hjelp til å finne leilighet",
)
GOALS = (
    ("Lage middag fire dager i uken uten at mamma minner meg på det", 4, 3),
    ("Betale regningene mine selv den 20. hver måned", 2, 3),
)


def tell(scene: Scene) -> None:
    enquiry = scene.enquire("emil", SAID, scene.ago(13, 23, 50), person=scene.person("emil"))
    number = scene.open(
        enquiry,
        "henrik",
        scene.ago(12, 11),
        reason="Ung voksen med autisme som vil bo for seg selv. Godt utgangspunkt for et avklaringsforløp.",
        to="henrik",
    )
    henrik, emil, oda = scene.actor("henrik"), scene.actor("emil"), scene.actor("oda")
    services.offer_clarification(number, actor=henrik, now=scene.ago(12, 11, 30))
    services.answer_clarification(
        number, accept=True, note="ok, det høres bra ut", actor=emil, now=scene.ago(11, 23)
    )
    services.confirm_heard(
        number=number,
        how="Videosamtale, slik Emil ønsket. Moren var med de siste ti minuttene.",
        actor=henrik,
        now=scene.ago(10, 13),
    )
    services.add_team_member(
        number, profession="ergoterapeut", account_id=oda.account_id, actor=henrik, now=scene.ago(10, 14)
    )
    services.add_team_member(
        number, profession="miljøterapeut", name="Jonny Sæther", actor=henrik, now=scene.ago(10, 14)
    )
    at = scene.ago(8, 12)
    for words, performance, satisfaction in GOALS:
        goal = services.write_goal(number, words=words, actor=emil, now=at)
        for part, value in (("performance", performance), ("satisfaction", satisfaction)):
            services.measure(
                number,
                instrument="copm",
                part=part,
                moment="before",
                value=Decimal(value),
                measured_on=at.date(),
                goal_id=goal.pk,
                actor=oda,
                now=at,
            )
