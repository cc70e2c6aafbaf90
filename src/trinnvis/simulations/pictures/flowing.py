"""Who goes from step to step in a year, and how long people stay on each."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.flows import Flow, flows
from trinnvis.figures.rows import rows_of_bars
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.simulations.pictures.shown import Shown

STAYING = "tid-pa-trinn"
DEAD, AWAY = "dead", "away"
TOO_FEW = 0.05
"""Persons a year; fewer would be a line nobody sees."""


def flowing(shown: Shown) -> Figure | None:
    """Mean of all the years; those who stay, and those without services who die or move, are left out.
    None where nobody moves."""
    mean = _mean_flows(shown)
    if not mean:
        return None
    named = {DEAD: _("Død"), AWAY: _("Flyttet fra kommunen")}
    for step in shown.answer.steps:
        named[str(step)] = shown.step(step)
    order = [str(step) for step in reversed(shown.answer.steps)] + [AWAY, DEAD]
    begin = sum(v for (a, b), v in mean.items() if a == "0" and b.isdigit())
    up = sum(v for (a, b), v in mean.items() if a != "0" and b.isdigit() and int(b) > int(a))
    down = sum(v for (a, b), v in mean.items() if b.isdigit() and 0 < int(b) < int(a))
    leave = sum(v for (a, b), v in mean.items() if b == "0")
    dead = sum(v for (a, b), v in mean.items() if b == DEAD)
    finding = _(
        "I et vanlig år begynner %(begin)s med en tjeneste, %(up)s går til et høyere trinn, %(down)s til et "
        "lavere, %(leave)s klarer seg uten igjen, og %(dead)s dør mens de er på et trinn."
    ) % {name: _few(value) for name, value in
         {"begin": begin, "up": up, "down": down, "leave": leave, "dead": dead}.items()}  # fmt: skip
    return flows(
        About(
            "flytting",
            _("Flytting mellom trinnene, personer per år i snitt %(first)d–%(last)d, %(how)s")
            % {"first": shown.first, "last": shown.last, "how": shown.how},
            finding,
            _("Bånd fra trinnet man var på til trinnet man er på året etter. %(finding)s")
            % {"finding": finding},
            shown.source
            + ". "
            + _("De som blir på trinnet sitt, og de uten tjeneste som dør eller flytter, er ikke tegnet"),
        ),
        start=_("Var på"),
        end=_("Er på året etter"),
        flows=[Flow(named[a], named[b], round(value, 2)) for (a, b), value in sorted(mean.items())],
        order=[named[name] for name in order],
        unit=Unit(_("Personer per år"), decimals=1),
    )


def staying(shown: Shown) -> Figure:
    """Mean years from coming to a step to leaving it."""
    outcomes = [shown.base] if shown.is_base else [shown.outcome, shown.base]
    years = {step: shown.outcome.years_on_step[step] for _at, step in shown.steps}
    longest, shortest = max(years, key=lambda s: years[s]), min(years, key=lambda s: years[s])
    text = _("Lengst blir man på %(longest)s, %(most)s år i snitt. Kortest på %(shortest)s, %(least)s år.")
    finding = text % {
        "longest": shown.named_step(longest), "most": formats.number(years[longest], 1),
        "shortest": shown.named_step(shortest), "least": formats.number(years[shortest], 1),
    }  # fmt: skip
    return rows_of_bars(
        About(
            STAYING,
            _("År på trinnet, fra man kommer til man går videre, flytter eller dør"),
            finding,
            _("Liggende søyler, én for hvert trinn. %(finding)s") % {"finding": finding},
            shown.source + ". " + _("Modellen har årlige steg: kortere opphold enn ett år er anslått"),
        ),
        category=_("Trinn"),
        categories=[shown.step(step) for _at, step in shown.steps],
        series=[
            Series(o.title, [round(o.years_on_step[step], 2) for _at, step in shown.steps]) for o in outcomes
        ],
        unit=Unit(_("År i snitt"), decimals=1),
    )


def _mean_flows(shown: Shown) -> dict[tuple[str, str], float]:
    length = len(shown.answer.years) - 1
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in shown.outcome.flows:
        start, end = str(row["start"]), str(row["end"])
        if start != "0" or end.isdigit():
            sums[start, end] += row["persons"] / length
    return {pair: value for pair, value in sums.items() if value >= TOO_FEW}


def _few(value: float) -> str:
    return formats.number(value, 0 if value >= 10 else 1)
