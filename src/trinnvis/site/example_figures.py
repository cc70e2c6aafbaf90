"""One figure of each kind for `/stil/figurer`. Every number is made up."""

from __future__ import annotations

from functools import cache

from trinnvis.figures.bars import places_against_capacity, stacked_bars
from trinnvis.figures.effects import Assumption, Drivers, TornadoWords, tornado, waterfall
from trinnvis.figures.flows import Flow, flows
from trinnvis.figures.pyramids import Population, pyramid
from trinnvis.figures.rows import rows_of_bars
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.figures.trends import fan, lines
from trinnvis.figures.two_measures import Group, bars_and_line, two_panels

SOURCE = "eksempeltall, laget for stilarket"
PERSONS = Unit("Personer")
YEARS = tuple(range(2026, 2041))
STEPS = (
    "1. Levende lokalsamfunn", "2. Aktivitet som forebygger", "3. Tidlig innsats", "4. En hverdag med mening",
    "5. Bolig fra kommunen", "6. Leve godt hjemme", "7. Helsehjelp hjemme", "8. Boliger med fellesrom",
    "9. Opphold for en tid", "10. Boliger med døgntjenester", "11. Institusjon", "12. Spesialiserte plasser",
)  # fmt: skip


@cache
def all_kinds() -> tuple[Figure, ...]:
    return (
        _pathways(panels=False),
        _pathways(panels=True),
        _need_by_step(),
        _future(),
        _ages(),
        _drivers(),
        _trend(),
        _sensitivity(),
        _moves(),
        _places(),
        _units(),
    )


def _about(key: str, title: str, finding: str, alt: str) -> About:
    return About(key, title, finding, alt, SOURCE)


def _pathways(*, panels: bool) -> Figure:
    ages = range(70, 86)
    groups = (
        Group(
            "Proaktivt forløp",
            tuple(18_000 + 6_200 * i for i in range(16)),
            tuple(0.5 + 0.2 * i for i in range(16)),
        ),
        Group(
            "Vanlig forløp",
            tuple(26_000 + 14_500 * i for i in range(16)),
            tuple(1 + 0.6 * i for i in range(16)),
        ),
        Group(
            "Reaktivt forløp",
            tuple(9_000 + 3_050 * i * i for i in range(16)),
            tuple(0.4 + 0.09 * i * i for i in range(16)),
        ),
    )
    make = two_panels if panels else bars_and_line
    return make(
        _about(
            "forlop-i-to-felt" if panels else "forlop",
            "Kroner og timer for tre forløp, etter alder",
            "Det reaktive forløpet koster minst først, og seks ganger så mye som det proaktive ved 85 år.",
            "Søyler for kroner og linjer for timer fra 70 til 85 år. Det proaktive forløpet stiger jevnt og "
            "lavt, det reaktive stiger bratt fra 78 år.",
        ),
        category="Alder",
        categories=ages,
        groups=groups,
        bar_unit=Unit("Kroner per år" if panels else "Kroner per år (søyler)", "kr"),
        line_unit=Unit("Timer i uken" if panels else "Timer i uken (linjer)", "timer", 1),
    )


def _need_by_step() -> Figure:
    years = YEARS[::2]
    return stacked_bars(
        _about(
            "behov-per-trinn",
            "Personer på hvert trinn i innsatstrappen",
            "Behovet vokser på alle trinn, vel en tredel fram til 2040.",
            "Stablede søyler for annethvert år, 2026 til 2040, delt i tolv trinn som alle vokser like fort.",
        ),
        category="År",
        categories=years,
        series=[
            Series(name, [round((20 + 5 * n) * (1 + 0.05 * i)) for i in range(len(years))])
            for n, name in enumerate(STEPS)
        ],
        unit=PERSONS,
    )


def _future() -> Figure:
    years = range(2015, 2041)
    ahead = [None if year < 2026 else year - 2026 for year in years]
    return fan(
        _about(
            "framskriving",
            "Brukere av helsehjelp hjemme, observert og framskrevet",
            "Fortsetter vi som i dag, trenger 65 prosent flere helsehjelp hjemme i 2040.",
            "En linje for årene 2015 til 2026 og tre veier videre: som i dag stiger til 570 med et 80 "
            "prosents intervall fra 500 til 660, trenden gir 460, dreiningen 390.",
        ),
        category="År",
        categories=years,
        observed=Series("Observert", [300 + 4 * (y - 2015) if y <= 2026 else None for y in years]),
        median=Series("Som i dag (median)", [None if t is None else 344 + 16 * t for t in ahead]),
        low=Series("Nedre grense", [None if t is None else round(344 + 16 * t - 18 * t**0.5) for t in ahead]),
        high=Series("Øvre grense", [None if t is None else round(344 + 16 * t + 24 * t**0.5) for t in ahead]),
        interval="80 %-intervall",
        scenarios=[
            Series("Trenden fortsetter", [None if t is None else 344 + 8 * t for t in ahead]),
            Series("Dreining", [None if t is None else 344 + 3 * t for t in ahead]),
        ],
        unit=Unit("Brukere"),
    )


def _ages() -> Figure:
    ages = [*(f"{age}–{age + 4}" for age in range(0, 95, 5)), "95+"]

    def side(level: int, turn: int, fall: float) -> tuple[int, ...]:
        return tuple(max(3, round(level + 9 * (i % 5) - fall * max(0, i - turn) ** 2)) for i in range(20))

    return pyramid(
        _about(
            "alder",
            "Innbyggere etter alder og kjønn: da, nå og i 2040",
            "I 2040 er det færre barn og nesten halvparten flere over 80 år.",
            "Befolkningspyramide med søyler for 2026, stiplet omriss for 2006 og heltrukket omriss for 2040. "
            "Omrisset for 2040 er smalere nederst og bredere øverst.",
        ),
        category="Alder",
        ages=ages,
        left="Menn",
        right="Kvinner",
        now=Population("2026", side(240, 11, 4), side(232, 12, 4)),
        others=[
            Population("2006", side(262, 9, 3), side(255, 9, 2.6)),
            Population("2040", side(205, 14, 6), side(200, 15, 7)),
        ],
        unit=PERSONS,
    )


def _drivers() -> Figure:
    return waterfall(
        _about(
            "drivkrefter",
            "Årsverk i 2026 og 2040, og hva som flytter dem",
            "Flere eldre øker behovet med 148 årsverk; dreining og sunnere aldring tar igjen halvparten.",
            "Fossefall fra 182 årsverk i 2026 til 260 i 2040. Flere eldre løfter mest, dreining senker mest.",
        ),
        start=182.4,
        drivers=Series("Endring", [148.2, -31.5, 12.1, -44.8, -6.3]),
        names=["Flere eldre", "Sunnere aldring", "Mindre hjelp fra familien", "Dreining", "Samspill"],
        words=Drivers("2026", "2040", "Øker behovet", "Minsker behovet", "Hva som driver", "Årsverk"),
        unit=Unit("Årsverk", decimals=1),
    )


def _trend() -> Figure:
    return lines(
        _about(
            "eldre",
            "Innbyggere i to aldersgrupper",
            "De over 80 år er flere enn de mellom 67 og 79 år fra 2035.",
            "To linjer fra 2026 til 2040. Den for 80 år og eldre er brattest og krysser den andre i 2035.",
        ),
        category="År",
        categories=YEARS,
        series=[
            Series("67–79 år", [900 + 15 * i for i in range(15)]),
            Series("80 år og eldre", [560 + 40 * i + 2 * i * i for i in range(15)]),
        ],
        unit=PERSONS,
    )


def _sensitivity() -> Figure:
    return tornado(
        _about(
            "folsomhet",
            "Hvor mye hver forutsetning betyr for kostnaden av et forløp",
            "Måneder på sykehjem betyr mest: fra 1,1 millioner under til 2,1 millioner over grunnanslaget.",
            "Vannrette søyler for fire forutsetninger. Måneder på sykehjem har den klart bredeste.",
        ),
        base=4_200_000,
        assumptions=[
            Assumption("Måneder på sykehjem", "12 md.", 3_100_000, "36 md.", 6_300_000),
            Assumption("Pris for en plass", "−10 %", 3_950_000, "+10 %", 4_450_000),
            Assumption("Timer sykepleie i uken", "4 t", 4_050_000, "9 t", 4_700_000),
            Assumption("Alder ved flytting", "86 år", 3_800_000, "80 år", 4_500_000),
        ],
        words=TornadoWords("Forutsetning", "Lavt anslag", "Høyt anslag", "Kroner i alt"),
        unit=Unit("Endring fra grunnanslaget, kroner", "kr"),
    )


def _moves() -> Figure:
    nothing, early, live, care, home, dead = (
        "Ingen tjenester", "Tidlig innsats", "Leve godt hjemme", "Helsehjelp hjemme", "Institusjon", "Døde",
    )  # fmt: skip
    moved = (
        (nothing, nothing, 500), (nothing, early, 60), (nothing, live, 40), (nothing, dead, 30),
        (early, early, 50), (early, live, 20), (early, care, 12), (live, live, 60), (live, care, 35),
        (live, dead, 20), (care, care, 50), (care, home, 40), (care, dead, 35),
        (home, home, 15), (home, dead, 50),
    )  # fmt: skip
    return flows(
        _about(
            "flytting",
            "Hvor de over 80 år på hvert trinn er fem år senere",
            "Fire av fem uten tjenester i dag klarer seg uten om fem år også.",
            "Strømmer fra seks steder i 2026 til seks i 2031. Den bredeste blir uten tjenester.",
        ),
        start="Trinn i 2026",
        end="Trinn i 2031",
        flows=[Flow(*each) for each in moved],
        order=[nothing, early, live, care, home, dead],
        unit=PERSONS,
    )


def _places() -> Figure:
    return places_against_capacity(
        _about(
            "plasser",
            "Plasser med døgntjenester: behov og bygd kapasitet",
            "Kapasiteten rekker ut 2027; med de nye plassene rekker den bare i 2032.",
            "Søyler for behovet hvert år, et merke for det man planlegger for og en linje for kapasiteten, "
            "som stiger fra 60 til 72 plasser i 2032.",
        ),
        category="År",
        categories=YEARS,
        need=Series("Behov (median)", [50 + 2 * i for i in range(15)]),
        high=Series("Behov å planlegge for (P90)", [57 + round(2.3 * i) for i in range(15)]),
        capacity=Series("Bygde plasser", [60] * 6 + [72] * 9),
        unit=Unit("Plasser"),
    )


def _units() -> Figure:
    return rows_of_bars(
        _about(
            "enheter",
            "Forbruk og prognose mot budsjett for tre enheter",
            "Hjemmetjenesten ligger an til å bruke 1,5 millioner kroner mer enn budsjettet.",
            "Liggende søyler for tre enheter, delt i brukt og resten av året, med et merke for budsjettet.",
        ),
        category="Enhet",
        categories=[
            "Hjemmetjenesten",
            "Helse- og omsorgssenteret",
            "Rehabiliteringsteamet for hele kommunen",
        ],
        series=[
            Series("Brukt", [18_200_000, 41_000_000, 6_100_000]),
            Series("Resten av året", [4_300_000, 9_500_000, None]),
        ],
        unit=Unit("Kroner", "kr"),
        stacked=True,
        limit=Series("Budsjett", [21_000_000, 52_000_000, 8_000_000]),
    )
