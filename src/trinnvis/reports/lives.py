"""A persona as many: how long they live and where, and what each pathway takes when lives differ."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.figures.bars import stacked_bars
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.figures.trends import lines
from trinnvis.planning.pathways.comparing import Comparison
from trinnvis.planning.pathways.living import QUANTILES, Spread
from trinnvis.planning.pathways.schema import Kind


def spread_figures(found: Comparison, spreads: Sequence[Spread]) -> list[Figure]:
    """None where nothing differs: a story that stops before anybody is likely to die."""
    if not spreads or all(each.as_told[0] == each.as_told[-1] for each in spreads):
        return []
    titles = {each.kind: each.title for each in found.persona.pathways}
    return [
        _lives(found, spreads),
        _kroner(found, spreads, titles, as_told=True),
        _kroner(found, spreads, titles, as_told=False),
    ]


def _lives(found: Comparison, spreads: Sequence[Spread]) -> Figure:
    """Of 100 like the persona, how many are alive and on which step, with moves as in the middle pathway."""
    middle = next((each for each in spreads if each.kind == "normal"), spreads[0])
    lives, policy = middle.lives, found.prices.policy
    ages = range(lives.first, lives.first + len(lives.by_step))
    said = _(
        "Av 100 er %(ever)s en gang på institusjon, i %(months)s måneder i gjennomsnitt. "
        "Halvparten lever til de er %(age)s år."
    ) % {
        "ever": round(100 * lives.ever_in_institution),
        "months": round(lives.months_in_institution),
        "age": lives.median_age,
    }
    names = {step.number: step.title for step in policy.effort_ladder.steps}
    return stacked_bars(
        _about(
            found,
            "forlop-liv",
            _("av 100 på samme alder og kjønn, hvor mange lever og på hvilket trinn"),
            said,
            f"{_('En søyle for hver alder, delt på trinnene. Søylene blir lavere fordi noen dør.')} {said}",
        ),
        category=_("Alder"),
        categories=list(ages),
        series=[
            Series(
                f"{step} {names.get(step, '')}".strip() if step else _("Uten tjenester"),
                [round(100 * float(share), 1) for share in lives.by_step[:, at]],
            )
            for at, step in enumerate(lives.steps)
            if lives.by_step[:, at].max() >= 0.0005
        ],
        unit=Unit(_("Antall av 100"), "", 1),
    )


def _kroner(
    found: Comparison, spreads: Sequence[Spread], titles: dict[Kind, str], *, as_told: bool
) -> Figure:
    middle = QUANTILES.index(50)
    parts = []
    for each in spreads:
        values = each.as_told if as_told else each.modelled
        parts.append(
            _("%(title)s %(nok)s (%(low)s til %(high)s)")
            % {
                "title": titles[each.kind].lower(),
                "nok": _nok(values[middle]),
                "low": _nok(values[0]),
                "high": _nok(values[-1]),
            }
        )
    start = (
        _("Lever folk ulikt lenge, tar %(list)s for den midterste, og åtte av ti ligger innenfor spennet.")
        if as_told
        else _("Følger også månedene på institusjon trappemodellen, tar %(list)s for den midterste.")
    )
    said = start % {"list": formats.listed(parts)}
    title = (
        _("kroner når livet blir kortere eller lengre, månedene på heldøgns plass som fortalt")
        if as_told
        else _("kroner når også månedene på heldøgns plass varierer, som i trappemodellen")
    )
    return lines(
        _about(
            found,
            "forlop-spredning" if as_told else "forlop-spredning-modell",
            title,
            said,
            _("Én linje for hvert forløp, fra den tiendedelen som tar minst til den som tar mest."),
        ),
        category=_("Så mange prosent tar høyst dette"),
        categories=QUANTILES,
        series=[
            Series(titles[each.kind], [round(v) for v in (each.as_told if as_told else each.modelled)])
            for each in spreads
        ],
        unit=Unit(_("Kroner i alt"), "kr"),
    )


def _about(found: Comparison, key: str, title: str, says: str, alt: str) -> About:
    source = _("Trappemodellen for %(place)s og SSB tabell 07902 (dødelighet); %(source)s (%(status)s)") % {
        "place": found.prices.policy.municipality.name,
        "source": found.persona.source,
        "status": found.persona.status.value,
    }
    return About(key, f"{found.persona.name}: {title}", says, alt, source)


def _nok(value: float) -> str:
    return Unit("kr", "kr").text(round(float(value), -3))
