"""Enquiries that wait for triage, and a few cases where something is urgent or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from trinnvis.casework import services
from trinnvis.casework.rules.enquiry import Contact, Said
from trinnvis.people.models import Person

from .scene import Scene


@dataclass(frozen=True)
class Waiting:
    channel: str
    said: Said
    contact: Contact
    days: int
    hour: int
    name: str = ""  # when it is not known who it is


HOSPITAL = Contact(
    "Sykehuset, medisinsk sengepost", "sykehus", "400 00 900", "Pasienten er informert og enig"
)
WAITING = (
    Waiting(
        "hospital",
        Said(
            what_matters="Utskrivningsklar i dag etter lungebetennelse. Trenger hjelp til medisiner og stell en periode. Vil hjem.",
            what_i_manage="Går med rullator på avdelingen, spiser selv.",
            is_application=True,
            applies_for="Hjemmesykepleie fra i dag, eller korttidsopphold",
            says_urgent=True,
            urgency_note="Meldt utskrivningsklar kl. 10.",
        ),
        HOSPITAL,
        0,
        10,
    ),
    Waiting(
        "phone",
        Said(
            what_matters="En mann ringer om naboen sin, som han ikke har sett ute på flere dager. Lyset står på om natten. Han vet bare fornavnet.",
            says_urgent=True,
            urgency_note="Usikkert om noen er syk.",
        ),
        Contact("Nabo", "nabo", "400 00 321", "Naboen vet ikke om samtalen; mottak tar kontakt først"),
        0,
        9,
        "Bjarne, gul enebolig i Øvre vei",
    ),
    Waiting(
        "gp",
        Said(
            what_matters="Pasienten ønsker å bo hjemme. To fall siste måned, svimmel. Ber om vurdering av hjelpemidler og trygghet.",
            is_application=False,
        ),
        Contact("Fastlegen", "fastlege", "", "Pasienten har bedt om henvisningen"),
        1,
        14,
    ),
    Waiting(
        "phone",
        Said(
            what_matters="Jeg orker ikke golvene lenger, og fallet i fjor skremte meg. Jeg vil ha det pent rundt meg.",
            what_i_manage="Jeg lager mat og steller meg selv.",
            who_is_around="Bor alene. En venninne på telefon.",
            is_application=True,
            applies_for="Hjelp til rengjøring",
        ),
        Contact(),
        3,
        11,
    ),
    Waiting(
        "drop_in",
        Said(
            what_matters="Vil vite hva som finnes av trening og folk å være sammen med. Ble enkemann i vår."
        ),
        Contact(),
        1,
        12,
    ),
    Waiting(
        "phone",
        Said(
            what_matters="Mor på 88 klarer seg, men vi barna bor i Bergen og er urolige. Hun vil gjerne ha en alarm.",
            is_application=True,
            applies_for="Trygghetsalarm",
        ),
        Contact("Sønn", "sønn", "400 00 654", "Mor har sagt ja på telefon med meg"),
        2,
        15,
    ),
)


@dataclass(frozen=True)
class Moved:
    """A case that turned out to belong elsewhere."""

    said: Said
    reason: str
    unit: str
    why: str
    days: int


MOVED = (
    Moved(
        Said(
            what_matters="Jeg vil bo et sted uten trapper, helst på Roa, så jeg kommer meg til butikken selv.",
            what_i_manage="Jeg klarer det meste inne, bare ikke trappa opp til soverommet og badet.",
            who_is_around="Datteren min bor på Hadeland og hjelper med flytting.",
            how_i_live="I andre etasje uten heis.",
            is_application=True,
            applies_for="Leilighet som er lettere å bo i",
        ),
        "Vil flytte til noe lettere. Klarer seg ellers selv.",
        "boligkontoret",
        "Det søkes bare om bolig, og Boligkontoret tildeler boligene.",
        6,
    ),
    Moved(
        Said(
            what_matters="Jeg vil sove igjen, og tørre å gå på butikken når det er folk der.",
            what_i_manage="Jeg går turer om kvelden og lager mat.",
            who_is_around="Søsteren min ringer hver dag.",
        ),
        "Angst og lite søvn etter et dødsfall i familien. Ikke akutt.",
        "psykisk-helse-og-rus",
        "Ønsker samtaler og støtte, som Psykisk helse og rus gir uten vedtak.",
        4,
    ),
)


def tell(scene: Scene, people: list[Person]) -> None:
    """`people`: citizens who receive nothing, one for each enquiry and case here."""
    left = iter(people)
    for one in WAITING:
        scene.enquire(
            "jorunn",
            one.said,
            scene.ago(one.days, one.hour, 17),
            channel=one.channel,
            person=None if one.name else next(left),
            unidentified_name=one.name,
            contact=one.contact,
        )
    _discharged(scene, next(left))
    _late(scene, next(left))
    _at_the_end(scene, next(left))
    for case in MOVED:
        _moved(scene, next(left), case)


def _discharged(scene: Scene, person: Person) -> None:
    """Urgent: came home yesterday, help began the same day."""
    said = Said(
        what_matters="Ble skrevet ut etter hjertesvikt og klarer ikke medisinene alene. Vil hjem, ikke på institusjon.",
        is_application=True,
        applies_for="Hjemmesykepleie",
        says_urgent=True,
        urgency_note="Kommer hjem kl. 14.",
    )
    enquiry = scene.enquire(
        "jorunn", said, scene.ago(1, 9, 20), channel="hospital", person=person, contact=HOSPITAL
    )
    number = scene.open(
        enquiry,
        "yasmin",
        scene.ago(1, 9, 45),
        outcome="urgent",
        reason="Kommer hjem i dag. Trenger medisiner og tilsyn fra i kveld.",
        to="yasmin",
    )
    services.confirm_help_given(
        number=number,
        what="Hjemmetjenesten på Harestua besøker i kveld og i morgen tidlig.",
        actor=scene.actor("yasmin"),
        now=scene.ago(1, 11),
    )


def _late(scene: Scene, person: Person) -> None:
    """Applied a month ago: the preliminary reply is due about now."""
    said = Said(
        what_matters="Jeg vil ha det ordentlig hjemme og komme meg ut igjen. Synet er blitt så dårlig.",
        what_i_manage="Jeg finner fram i huset og lager mat jeg er vant til.",
        who_is_around="Jeg bor alene og har en god nabo.",
        how_i_live="Enebolig med hage, bratt vei ned til bussen.",
        is_application=True,
        applies_for="Hjelp til rengjøring og innkjøp",
    )
    enquiry = scene.enquire("jorunn", said, scene.ago(20, 10), channel="phone", person=person)
    number = scene.open(
        enquiry,
        "sara",
        scene.ago(19, 9),
        reason="Gradvis dårligere syn, klarer seg så langt. Hjemmebesøk avtales.",
        to="sara",
    )
    sara = scene.actor("sara")
    services.skip_clarification(
        number,
        reason="Synet blir ikke bedre av trening. Er i kontakt med synspedagog.",
        actor=sara,
        now=scene.ago(16),
    )
    services.confirm_heard(number=number, how="Hjemmebesøk, god samtale.", actor=sara, now=scene.ago(12, 13))
    services.note(
        number=number,
        text="Venter på epikrise fra øyelegen. Har ringt to ganger.",
        actor=sara,
        now=scene.ago(6, 14),
        internal=True,
    )


def _at_the_end(scene: Scene, person: Person) -> None:
    """Severely ill, reported by the GP today: help is not confirmed yet."""
    said = Said(
        what_matters="Langtkommen kreft. Ønsker å være hjemme. Smertene er verre siste døgn, kona er utslitt.",
        says_urgent=True,
        urgency_note="Trenger sykepleier i dag.",
        is_application=True,
        applies_for="Sykepleie hjemme",
    )
    contact = Contact("Fastlegen", "fastlege", "", "Pasienten og kona er enige")
    at = min(scene.ago(0, 8, 40), scene.town.now - timedelta(minutes=30))
    enquiry = scene.enquire("jorunn", said, at, channel="gp", person=person, contact=contact)
    scene.open(
        enquiry,
        "sara",
        at + timedelta(minutes=10),
        outcome="severely_ill",
        reason="Livets siste fase, smerter. Hjelp skal i gang i dag.",
        to="sara",
    )


def _moved(scene: Scene, person: Person, case: Moved) -> None:
    """Handed over by the unit that took it in; nobody in the other unit has taken it yet."""
    enquiry = scene.enquire("jorunn", case.said, scene.ago(case.days, 10), channel="phone", person=person)
    number = scene.open(enquiry, "mina", scene.ago(case.days - 1, 9), reason=case.reason, to="mina")
    mina = scene.actor("mina")
    services.move(number=number, unit=case.unit, reason=case.why, actor=mina, now=scene.ago(case.days - 2))
