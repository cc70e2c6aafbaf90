"""Template tags and filters every template has, without loading them (docs/developer/front-end.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from trinnvis import formats
from trinnvis.marking import Norwegian
from trinnvis.site import once
from trinnvis.site.clock import site_now
from trinnvis.site.components import Crumb, FormStep
from trinnvis.site.pages import OWNER_FIELD, owner_token

register = template.Library()

for name in ("kroner", "hours", "percent", "number", "long_date", "short_date", "clock"):
    register.filter(name, getattr(formats, name))
register.filter("amount", formats.amount)
register.filter("fnr", formats.identity_number)
register.filter("fnr_masked", formats.masked_identity_number)

ICONS = "trinnvis/vendor/icons.svg"
ALERT_COLORS = {"debug": "info", "error": "danger"}
SOON_DAYS = 3


@register.filter
def iso(value: date | datetime) -> str:
    """For `<time datetime>`."""
    return formats.local(value).isoformat()


@register.filter
def norwegian(text: Any) -> Any:
    """The municipality's own words, marked with their language on pages in another (WCAG 3.1.2)."""
    if not text or get_language() == Norwegian.lang:
        return text
    return format_html('<span lang="{}">{}</span>', Norwegian.lang, text)


@register.filter
def own_words(text: str) -> str:
    """`norwegian`, for a text that may be the municipality's own or the product's, and knows which."""
    marked: str = norwegian(text) if isinstance(text, Norwegian) else text
    return marked


@register.filter
def alert_color(level: str) -> str:
    """The colour of Django's message level."""
    return ALERT_COLORS.get(level, level or "info")


@register.filter
def due_in(deadline: date | datetime | None) -> str:
    """How far away the deadline is now: "om 2 dager"."""
    return formats.due(deadline, site_now())


@cache
def icon_names() -> frozenset[str]:
    sprite = (Path(__file__).parent.parent / "static" / ICONS).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite: decoration, or a picture with a name when `label` is given."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(f"Unknown icon {name!r}; scripts/vendor.py lists those there are")
    if label:
        return format_html(
            '<svg class="tv-icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label, static(ICONS), name,
        )  # fmt: skip
    return format_html(
        '<svg class="tv-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static(ICONS), name,
    )  # fmt: skip


@register.simple_tag
def status(text: str, color: str = "neutral") -> SafeString:
    """A status as a text tag; the colour only repeats what the words say."""
    return format_html('<span class="ds-tag tv-status" data-color="{}">{}</span>', color, text)


DOUBTS = {
    "eksempel": (
        gettext_noop("eksempel"),
        gettext_noop("Kommunen har ikke bestemt dette ennå. Det kan bli annerledes."),
    ),
    "må kontrolleres": (
        gettext_noop("må kontrolleres"),
        gettext_noop("Kommunen har ikke kontrollert dette ennå. Spør oss før du stoler på det."),
    ),
}


@register.simple_tag
def doubt(certainty: str) -> SafeString:
    """To a citizen, what the status of a row of the policy means; nothing where the row can be trusted."""
    if certainty not in DOUBTS:
        return SafeString("")
    name, meaning = DOUBTS[certainty]
    return format_html(
        '<p class="tv-row">{} <span class="tv-muted">{}</span></p>',
        status(gettext(name), "korn"),
        gettext(meaning),
    )


@register.simple_tag
def phone(number: str) -> SafeString:
    """A telephone number to ring, and what the municipality has written after it: "905 00 630 (velg 2)"."""
    digits, rest = re.fullmatch(r"([+0-9 ]*)(.*)", number, re.DOTALL).groups()  # type: ignore[union-attr]
    link = format_html('<a class="ds-link" href="tel:{}">{}</a>', digits.replace(" ", ""), digits.strip())
    return format_html("{} {} {}", icon("phone"), link if digits else "", norwegian(rest))


@register.simple_tag
def due(deadline: date | datetime | None, done: bool = False) -> SafeString:
    """A deadline as date and distance: "24.11.2026 (om 2 dager)", marked when it is near or passed."""
    if not deadline:
        return format_html("{}", formats.MISSING)
    day = format_html('<time datetime="{}">{}</time>', iso(deadline), formats.short_date(deadline))
    if done:
        return day
    now = site_now()
    days = formats.days_left(deadline, now)
    state = "over" if days < 0 else "soon" if days <= SOON_DAYS else "later"
    mark = icon("warning") if days < 0 else icon("clock") if days <= SOON_DAYS else ""
    return format_html(
        '<span class="tv-due" data-state="{}">{}{} <span class="tv-due__distance">{}</span></span>',
        state, mark, day, formats.due(deadline, now),
    )  # fmt: skip


@register.simple_block_tag(takes_context=True)
def alert(context: Context, content: str, color: str = "info", title: str = "") -> SafeString:
    """`{% alert "warning" title="…" %}…{% endalert %}`"""
    heading = format_html('<h2 class="ds-heading" data-size="2xs">{}</h2>', title) if title else ""
    return format_html('<div class="ds-alert tv-alert" data-color="{}">{}{}</div>', color, heading, content)


@register.simple_block_tag
def details(content: str, title: str, open: bool = False) -> SafeString:
    """`{% details "Tallene bak figuren" %}…{% enddetails %}`"""
    return format_html(
        '<details class="ds-details tv-details"{}><summary>{}</summary><div>{}</div></details>',
        " open" if open else "", title, content,
    )  # fmt: skip


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A wide table in a region that scrolls by keyboard too."""
    return format_html(
        '<div class="tv-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content
    )


@register.simple_block_tag
def figure(content: str, finding: str, source: str = "") -> SafeString:
    """A picture under the sentence that says what it shows; put the table in `{% details %}` beneath."""
    foot = format_html('<p class="tv-figure__source">{}: {}</p>', gettext("Kilde"), source) if source else ""
    return format_html(
        '<figure class="tv-figure"><figcaption>{}</figcaption>{}{}</figure>', finding, content, foot
    )


@register.simple_block_tag
def voice(content: str, title: str, who: str = "citizen") -> SafeString:
    """One voice (`citizen` or `professional`); put two in `<div class="tv-voices">`."""
    return format_html(
        '<section class="tv-voice" data-who="{}">'
        '<h3 class="ds-heading" data-size="2xs">{}{}</h3>{}</section>',
        who, icon("chat" if who == "citizen" else "note"), title, content,
    )  # fmt: skip


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Sequence[FormStep]) -> dict[str, Any]:
    """The steps of a form, from `components.form_steps(titles, current, urls)`."""
    here = next((step.number for step in steps if step.state == "current"), 1)
    return {"steps": steps, "current": here, "count": len(steps)}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    return {"entries": entries}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*crumbs: Any) -> dict[str, Any]:
    """`{% breadcrumbs crumbs %}`, or title and url in turn: `{% breadcrumbs "Forside" url "Sak 12" %}`."""
    if len(crumbs) == 1 and not isinstance(crumbs[0], str):
        return {"crumbs": crumbs[0]}
    pairs = [(*crumbs[i : i + 2], "")[:2] for i in range(0, len(crumbs), 2)]
    return {"crumbs": [Crumb(str(title), str(url)) for title, url in pairs]}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages; the page number is `?side=`."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "pages": list(pages), "request": context["request"]}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", icon: str = "inbox", url: str = "", link: str = "") -> dict[str, str]:
    """What a list says when it has nothing to show."""
    return {"title": title, "text": text, "icon_name": icon, "url": url, "link": link}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> dict[str, Any]:
    return {"rows": rows}


@register.inclusion_tag("components/tabs.html")
def tabs(tabs: Iterable[Any], label: str) -> dict[str, Any]:
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("components/ladder.html")
def ladder(drawing: Any) -> dict[str, Any]:
    """Both ladders side by side; `drawing` comes from `site.ladder_figure.draw`."""
    return {"drawing": drawing}


@register.simple_tag(takes_context=True)
def form_guard(context: Context) -> SafeString:
    """Inside every POST form: the CSRF token, and for someone logged in whose form it is and which showing
    of it, so that it survives a lost session and does its work once when sent twice.
    """
    fields = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context.get("csrf_token", "")
    )
    actor = context.get("actor")
    if actor is None or actor.account_id is None:
        return fields
    marks = ((OWNER_FIELD, owner_token(actor)), (once.FIELD, once.new_mark()))
    return fields + format_html_join("", '<input type="hidden" name="{}" value="{}">', marks)


@register.inclusion_tag("components/form.html", takes_context=True)
def form(
    context: Context,
    form: forms.BaseForm,
    submit: str = "",
    action: str = "",
    cancel_url: str = "",
    color: str = "",
) -> dict[str, Any]:
    """A whole form: error summary, fields, the one main button and Avbryt."""
    return {
        "form": form,
        "submit": submit or gettext("Lagre"),
        "action": action,
        "cancel_url": cancel_url,
        "color": color,
        "csrf_token": context.get("csrf_token"),
        "actor": context.get("actor"),
    }


def error_target(field: forms.BoundField) -> str:
    """The id of the control where the error can be put right."""
    if field.is_hidden:
        return ""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")


def _flat(several: Iterable[Any]) -> Iterable[forms.BaseForm]:
    for each in several:
        if isinstance(each, list | tuple):
            yield from each
        else:
            yield each


@register.inclusion_tag("components/error_summary.html")
def error_summary(*several: forms.BaseForm | Sequence[forms.BaseForm]) -> dict[str, Any]:
    """Every error of the forms, or lists of them, as links to the fields. Takes focus when the page opens."""
    items = []
    for each in _flat(several):
        if not each or not each.is_bound:
            continue
        items += [{"target": "", "text": text} for text in each.non_field_errors()]
        items += [
            {"target": "" if field.is_hidden else error_target(field), "text": text}
            for field in each
            for text in field.errors
        ]  # fmt: skip
    return {"items": items}


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """Gives "Feil: " in the page title when `form`, or one of `forms`, in the context has errors."""
    candidates = [context.get("form"), *(context.get("forms") or ())]
    wrong = any(getattr(each, "is_bound", False) and each.errors for each in candidates if each)
    return gettext("Feil:") + " " if wrong else ""
