"""Places needed on each step against those that are built."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trinnvis.figures.bars import places_against_capacity
from trinnvis.figures.shapes import About, Figure, Series, Unit
from trinnvis.planning.demand.means import built_by_step, built_places
from trinnvis.planning.demand.sums import places_on, steps_with_places
from trinnvis.planning.demand.uncertainty import Interval
from trinnvis.scenarios.pictures.shown import Shown, rounded, whole


def places(shown: Shown) -> list[Figure]:
    """One figure for each step with places."""
    return [_on_step(shown, at) for at in steps_with_places(shown.main)]


def built_on(shown: Shown, step: int) -> float | None:
    """What the planner typed, else what is known; None when nobody has said."""
    known = built_by_step(shown.found.municipality.code)
    return shown.choices.places.get(step, known.get(step))


def _on_step(shown: Shown, at: int) -> Figure:
    step = shown.found.steps[at]
    need, built = places_on(shown.main, at), built_on(shown, step)
    there = float(need.middle[0]) if built is None else built
    name = _("Behovet i %(year)d") % {"year": shown.found.base_year} if built is None else _("Bygd")
    finding = _finding(shown, need, there, is_built=built is not None)
    return places_against_capacity(
        About(
            f"plasser-trinn-{step}",
            _("Plasser på %(step)s") % {"step": shown.named_step(step)},
            finding,
            _(
                "Søyler for plasser år for år, merker for det man planlegger for, og en linje for det som er "
                "bygd. %(finding)s"
            )
            % {"finding": finding},
            f"{shown.forecast_source}. {_about_built(shown, step, built)}",
        ),
        category=_("År"),
        categories=shown.years,
        need=Series(_("Forventet behov"), rounded(need.middle, 1)),
        high=Series(_("Å planlegge for (P90)"), rounded(need.high, 1)),
        capacity=Series(name, [round(there, 1)] * len(shown.years)),
        unit=Unit(_("Plasser"), decimals=1),
    )  # fmt: skip


def _finding(shown: Shown, need: Interval, there: float, *, is_built: bool) -> str:
    later, planned = float(need.middle[shown.at]), float(need.high[shown.at])
    text = _("I %(year)d trengs %(need)s plasser, %(how)s. %(planned)s er nok i ni av ti tilfeller.") % {
        "year": shown.year, "need": whole(later), "how": shown.how, "planned": whole(planned),
    }  # fmt: skip
    if not is_built:
        return f"{text} " + _("Hvor mange som er bygd, er ikke kjent.")
    if need.middle[0] - there >= 1:
        return f"{text} " + _(
            "Alt i %(base)d er behovet %(now)s, og det som er kjent som bygd, er %(built)s. "
            "Kontroller tallet i skjemaet."
        ) % {"base": shown.found.base_year, "now": whole(need.middle[0]), "built": whole(there)}
    over = [year for year, value in zip(shown.years, need.middle, strict=True) if value > there]
    if not over:
        return f"{text} " + _("De %(built)s som er bygd, rekker til %(last)d.") % {
            "built": whole(there), "last": shown.years[-1],
        }  # fmt: skip
    return f"{text} " + _("De %(built)s som er bygd, er brukt opp i %(year)d.") % {
        "built": whole(there), "year": over[0],
    }  # fmt: skip


def _about_built(shown: Shown, step: int, built: float | None) -> str:
    if step in shown.choices.places:
        return _("Bygde plasser er skrevet inn av den som valgte")
    if built is None:
        return _("Det finnes ikke åpne tall for bygde plasser i kommunen. Skriv dem inn i skjemaet")
    rows = [row for row in built_places(shown.found.municipality.code) if row.step == step]
    said = "; ".join(f"{row.title} ({whole(row.places)}): {row.source} ({row.status})" for row in rows)
    return _("Bygd: %(said)s") % {"said": said}
