"""Jonas (9) has a rare disability. His parents have some hours of relief and ask for weekends: it waits for Bjørn."""

from __future__ import annotations

from datetime import timedelta

from trinnvis.casework import services
from trinnvis.casework.rules.decision import Draft
from trinnvis.casework.rules.enquiry import Contact, Said

from .scene import Scene

SAID = Said(
    what_matters=(
        "Vi er slitne på en måte som ikke går over. Jonas våkner hver natt, og vi har ikke hatt en hel helg fri siden "
        "Ella ble født. Vi vil at han skal ha det fint et sted med folk som kjenner ham, og at Ella får oss for seg "
        "selv iblant."
    ),
    what_i_manage="Jonas smiler mye, elsker vann og musikk og peker på det han vil ha. Vi klarer hverdagene med de timene vi har.",
    who_is_around="Vi er to foreldre. Mormor tar Ella på onsdager. Ingen andre kan ha Jonas alene på grunn av anfallene.",
    how_i_live="Rekkehus på Harestua. Seng og bad er tilpasset.",
    is_application=True,
    applies_for="Avlastning én helg i måneden",
)
WISH = "Én helg i måneden der Jonas har det fint, og vi får sove og være sammen med Ella."
SEEN = {
    "viktig-for-meg": "Foreldrene vil ha Jonas hjemme og orke det lenge. De er opptatt av at han skal kjenne de voksne.",
    "egne-ressurser": "Jonas viser tydelig glede og motstand. Foreldrene kjenner anfallene og lærer gjerne opp andre.",
    "nettverk": "Mormor bidrar frivillig med lillesøster. Ella (6) er barn som pårørende og får tilbud i gruppe på skolen.",
    "bolig": "Tilpasset rekkehus. Egnet for familien.",
    "teknologi": "Anfallsalarm i sengen. Foreldrene ønsker ikke kamera, og det er respektert.",
    "helse-og-funksjon": "Sjelden medfødt tilstand med epilepsi og store bevegelsesvansker. Tilsyn hele døgnet, våken natt.",
}
CAPACITY = (
    "lacks",
    "Jonas er et barn. Foreldrene samtykker, og det han selv viser, er beskrevet i vurderingen.",
    "Foreldrene",
)
ANSWERS = {
    "tyngende": ("ja", "Våkne netter i ni år og tilsyn hele døgnet. Foreldrene er sykmeldt på skift."),
    "foreldre": (
        "ja",
        "Omsorgen er klart større enn for andre niåringer, vurdert sammen med barnehabiliteringen.",
    ),
    "form": ("institusjon", "Helger gir sammenhengende søvn. Jonas kjenner huset fra besøk i sommer."),
}


def tell(scene: Scene) -> None:
    jonas = scene.person("Jonas Bråten")
    contact = Contact(role="mor")
    enquiry = scene.enquire("marte", SAID, scene.ago(14, 22, 10), person=jonas, contact=contact)
    number = scene.open(
        enquiry,
        "mina",
        scene.ago(13, 10),
        reason="Har avlastning noen timer i uken. Søker helger. Foreldrene er svært slitne, vurderes raskt.",
        to="mina",
    )
    scene.citizen_writes(number, "marte", scene.ago(10, 21), {"viktig-for-meg": WISH})
    services.skip_clarification(
        number,
        reason="Behovet er varig og godt kjent fra før.",
        actor=scene.actor("mina"),
        now=scene.ago(9, 9),
    )
    scene.reassess(number, "mina", scene.ago(8, 11), SEEN, CAPACITY)
    starts = scene.today + timedelta(days=28)
    ends = starts + timedelta(days=364)
    weekends = [scene.line("avlastning-institusjon", "24", starts, ends)]
    scene.compare(
        number,
        "mina",
        scene.ago(6),
        (
            ("Én helg i måneden", "To døgn hver måned i et hus Jonas kjenner. Familien får sove.", weekends),
            (
                "Flere timer hjemme",
                "Jonas slipper å flytte på seg, men foreldrene sover ikke mer.",
                [scene.line("avlastning-hjemme", "12", starts, ends)],
            ),
        ),
        choose=0,
        reason="Det er søvn og sammenhengende fri familien mangler. Timer om ettermiddagen gir ikke det.",
    )
    scene.answer(number, "mina", scene.ago(6, 12), ANSWERS)
    revision = scene.draft(
        number,
        "mina",
        scene.ago(2),
        Draft(
            kind="grant",
            party=scene.person("Marte Bråten").pk,
            citizen_wish=WISH,
            wish_weighed="Vi har lagt avgjørende vekt på det dere ønsker, og på at Jonas skal kjenne dem som tar imot ham.",
            goal="Jonas trives i helgene, og dere får sove og være sammen med Ella.",
            facts="Jonas har en sjelden tilstand med epilepsi og trenger tilsyn hele døgnet. Dere er våkne hver natt og har timer med avlastning hjemme.",
            reasons=(
                "Omsorgen for Jonas er klart større enn for andre barn på hans alder, og den har vart i ni år. Timene "
                "dere har, gir pusterom, men ikke søvn. Én helg i måneden gjør at dere kan ha ham hjemme videre."
            ),
            starts_on=starts,
            ends_on=ends,
            review_on=starts + timedelta(days=180),
            lines=tuple(weekends),
        ),
    )
    scene.submit(number, "mina", scene.ago(1, 11), revision)
