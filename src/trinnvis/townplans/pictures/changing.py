"""What a plan changes: who comes within reach, and who falls outside."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trinnvis.figures.rows import rows_of_bars
from trinnvis.figures.shapes import About, Figure, Series
from trinnvis.townplans.pictures.common import people_unit, source_of, whole_area
from trinnvis.townplans.viewing import Seen
from trinnvis.townplans.wording import change_sentences, some, walking


def changes_figure(seen: Seen) -> Figure | None:
    """Errand by errand and settlement by settlement, where anybody gains or loses; None where nobody does."""
    rows: list[tuple[str, float, float]] = []
    for number, category in enumerate(seen.found.policy.categories):
        for area in seen.areas or ("",):
            gain, lose = seen.moved(number, area)
            if gain or lose:
                rows.append((f"{category.title}, {area or whole_area()}", round(gain), round(lose)))
    if not rows:
        return None
    about = About(
        "endring",
        _("Hvem endringen gjelder, %(how)s: %(who)s")
        % {"who": some(seen), "how": walking(seen.profile)},
        " ".join(change_sentences(seen)),
        _("To liggende stolper for hvert gjøremål og tettsted som endres: de som kommer innenfor rekkevidde, "
          "og de som faller utenfor."),
        source_of(seen),
    )  # fmt: skip
    return rows_of_bars(
        about,
        category=_("Gjøremål og tettsted"),
        categories=[name for name, *_rest in rows],
        series=[
            Series(_("Kommer innenfor"), [gain for _name, gain, _lose in rows]),
            Series(_("Faller utenfor"), [lose for _name, _gain, lose in rows]),
        ],
        unit=people_unit(seen),
    )
