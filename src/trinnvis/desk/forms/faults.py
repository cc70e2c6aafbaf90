"""Puts what a service says on a form: what is missing or wrong, and which revision to build on next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from trinnvis.casework.errors import Missing


def put_on(form: forms.BaseForm, missing: Iterable[Missing], names: Mapping[str, str] | None = None) -> None:
    """Each fault on its field; `names` translates field names, and one the form lacks goes on top."""
    form.is_valid()
    for item in missing:
        name = (names or {}).get(item.field, item.field)
        form.add_error(name if name in form.fields else None, item.message)


def build_on(form: forms.BaseForm, revisions: Mapping[str, int]) -> None:
    """After a conflict: what was typed stays, and the next save builds on these revisions, by field."""
    typed: Any = form.data
    changed = typed.copy()
    for field, revision in revisions.items():
        changed[field] = str(revision)
    form.data = changed
