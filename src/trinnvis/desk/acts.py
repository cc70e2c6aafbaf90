"""Everything on the case page that is one small form on a page of its own, as data.

`code` is the action in `casework.rules.actions`; `form` builds the form and `run` calls the service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trinnvis.desk.forms import acts as forms

Text = str | Promise
Run = Callable[[Any, dict[str, Any], int], object]  # the page, the checked form, the key of the thing
Build = Callable[[Any, Any, int], Any]  # the page, what to bind, the key of the thing


def plain(form: Any) -> Build:
    """Builds a form that needs nothing but what is typed."""
    return lambda page, data, thing: form(data)


SURE = plain(forms.Nothing)


@dataclass(frozen=True)
class Act:
    """`names`: which form field a fault on a service's field belongs to. `back`: the tab one returns to."""

    code: str
    title: Text
    submit: Text
    done: Text
    run: Run
    form: Build = SURE
    text: Text = ""
    back: str = "case"
    color: str = ""
    names: dict[str, str] = field(default_factory=dict)


NO_GATE = _(
    "Avklaring er et tilbud, ikke et vilkår. Søknaden behandles som ellers, og alle frister løper "
    "uansett hva innbyggeren svarer."
)
