"""Findings about a town in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trinnvis import formats
from trinnvis.planning.town.policy import Category, Profile
from trinnvis.planning.town.running import Reason
from trinnvis.townplans.viewing import Part, Seen


def reason_in_words(reason: Reason) -> str:
    words = {
        Reason.REACHED: _("når"),
        Reason.DISTANCE: _("for langt"),
        Reason.SLOPE: _("for bratt"),
        Reason.STEPS: _("trapper i vegen"),
        Reason.MISSING_LINK: _("mangler en gangveg"),
        Reason.NOT_CONNECTED: _("uten gangveg til boligen"),
        Reason.NO_SERVICE: _("tilbudet finnes ikke"),
    }
    return words[reason]


def phrase(category: Category) -> str:
    return category.phrase or category.title.lower()


def walking(profile: Profile) -> str:
    return profile.phrase or profile.title.lower()


def of_whom(seen: Seen) -> str:
    """ "av dem på 80 år og over", or "av boligene" where nobody is known to live."""
    return _("av dem på %(ages)s") % {"ages": seen.ages.title} if seen.knows_people else _("av boligene")


def some(seen: Seen) -> str:
    """ "på 80 år og over", after a number."""
    return _("på %(ages)s") % {"ages": seen.ages.title} if seen.knows_people else _("boliger")


def percent(part: Part) -> str:
    """ "35 %", "ingen" of nobody reached, "–" where nobody lives."""
    if part.share is None:
        return formats.MISSING
    if part.people == 0:
        return _("ingen")
    return formats.percent(part.share)


def counted(part: Part) -> str:
    """ "20 av 57 (35 %)"."""
    if part.share is None:
        return formats.MISSING
    return _("%(people)s av %(all)s (%(share)s %%)") % {
        "people": formats.number(round(part.people)),
        "all": formats.number(round(part.of)),
        "share": f"{100 * part.share:.0f}",
    }


def area_sentence(seen: Seen, area: str) -> str:
    """ "Med rullator når 35 % av dem på 80 år og over i Roa en butikk, ingen en møteplass og …"."""
    parts = [(seen.found.policy.categories[one], seen.reach(one, area)) for one in seen.daily]
    place = _("i %(area)s") % {"area": area} if area else _("i hele området")
    if not parts[0][1].of:
        return _("Ingen %(place)s er i aldersgruppa %(ages)s.") % {"place": place, "ages": seen.ages.title}
    (first, part), *others = parts
    told = [f"{percent(part)} {of_whom(seen)} {place} {phrase(first)}"]
    told += [f"{percent(p)} {phrase(c)}" for c, p in others]
    return _("%(how)s når %(told)s.") % {
        "how": walking(seen.profile).capitalize(), "told": formats.listed(told)
    }  # fmt: skip


def settled_sentence(seen: Seen) -> str:
    """ "12 flere på 80 år og over i området. Av dem når 12 en butikk …", or "" when nobody comes or goes."""
    more = seen.reach(seen.daily[0], "").of - seen.reach(seen.daily[0], "", result=seen.found.before).of
    if not round(more):
        return ""
    parts = [
        f"{formats.number(within) if within else _('ingen')} {phrase(seen.found.policy.categories[one])}"
        for one in seen.daily
        for within in [round(abs(seen.settled(one)))]
    ]
    text = (
        _("%(count)s flere %(who)s i området. Av dem når %(told)s %(how)s.")
        if more > 0
        else _("%(count)s færre %(who)s i området. Av dem nådde %(told)s %(how)s.")
    )
    return text % {
        "count": formats.number(round(abs(more))), "who": some(seen), "told": formats.listed(parts),
        "how": walking(seen.profile),
    }  # fmt: skip


def changed_numbers(seen: Seen) -> Iterator[tuple[str, str, str, str]]:
    """Place, errand, before and after, of the daily errands and the one looked at, where anything is new."""
    categories = dict.fromkeys((*seen.daily, seen.look.category))
    for area in (*seen.areas, ""):
        for one in categories:
            before = counted(seen.reach(one, area, result=seen.found.before))
            after = counted(seen.reach(one, area))
            if before != after:
                yield area or _("Hele området"), seen.found.policy.categories[one].title, before, after


def change_sentences(seen: Seen) -> Iterator[str]:
    """How many more or fewer live here; and for each errand the plan touches, who of those who stay gains
    and who loses, in all and settlement by settlement."""
    settled = settled_sentence(seen)
    if settled:
        yield settled
    touched = bool(settled)
    for number, category in enumerate(seen.found.policy.categories):
        gain, lose = seen.moved(number, "")
        if not gain and not lose:
            continue
        touched = True
        where = [
            _("%(area)s %(gain)s inn og %(lose)s ut")
            % {"area": area, "gain": formats.number(round(g)), "lose": formats.number(round(tapt))}
            for area in seen.areas
            for g, tapt in [seen.moved(number, area)]
            if g or tapt
        ]
        text = _("%(gain)s %(who)s får %(what)s innenfor rekkevidde %(how)s, og %(lose)s mister den.") % {
            "gain": formats.number(round(gain)) if round(gain) else _("Ingen"), "who": some(seen),
            "what": phrase(category),
            "how": walking(seen.profile), "lose": formats.number(round(lose)) if lose else _("ingen"),
        }  # fmt: skip
        yield f"{text} ({'; '.join(where)})" if where else text
    if not touched:
        yield _("Planen endrer ikke hva noen %(who)s når %(how)s.") % {
            "who": of_whom(seen), "how": walking(seen.profile)
        }  # fmt: skip
