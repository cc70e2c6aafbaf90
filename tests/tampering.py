"""Forms sent with what no page sends: hidden fields and choices changed by hand, the rest as filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.db import transaction
from django.test import Client

VALUES = ("-5", "99999999999999999999", "a\0b")  # numbers out of range, and what PostgreSQL cannot hold
GUARDS = ("csrfmiddlewaretoken", "form_owner", "once", "next")  # in every form alike
TYPED = {"tv-input--date": "1.12.2026", "tv-input--number": "2", "": "Slik er det"}


@dataclass
class Sent:
    """One form as someone would send it, and which of its fields nobody types in."""

    path: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    untyped: list[str] = field(default_factory=list)

    def add(self, name: str, value: str, *, untyped: bool) -> None:
        if not self.fields.get(name):
            self.fields[name] = value
        if untyped and name not in self.untyped:
            self.untyped.append(name)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Sent] = []
        self.form: Sent | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        name, value, kind = at.get("name", ""), at.get("value", ""), at.get("type", "")
        if tag == "form":
            action = at.get("action", "").partition("#")[0] or self.path
            self.form = Sent(action, at.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "option" and self.select:
            self.form.add(self.select, value, untyped=True)
        elif tag == "select":
            self.select = name
        elif tag == "button" and name:
            self.form.untyped.append(name)
        elif tag == "input" and name and kind in ("hidden", "radio", "checkbox"):
            self.form.add(name, value, untyped=True)
            if "checked" in at:
                self.form.fields[name] = value
        elif tag in ("input", "textarea") and name:
            looks = next((look for look in TYPED if look and look in at.get("class", "")), "")
            self.form.add(name, value or TYPED[looks], untyped=False)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = ""


def forms_on(client: Client, path: str) -> list[Sent]:
    page = client.get(path)
    assert page.status_code < 500, path
    reader = _Reader(path)
    reader.feed(page.content.decode())
    return reader.forms


def tampered(client: Client, paths: Iterable[str]) -> Iterator[tuple[Sent, str, dict[str, str]]]:
    """Each form with one field at a time changed to each value; of fields that are alike (`rev-…`) one."""
    seen = set()
    for form in (form for path in paths for form in forms_on(client, path)):
        for name in form.untyped:
            alike = name if name in GUARDS else (form.path, re.sub(r"-(?!\d).*|\d+", "", name))
            if alike not in seen:
                seen.add(alike)
                for value in VALUES:
                    yield form, name, {**form.fields, name: value}


def answer_to(client: Client, form: Sent, data: dict[str, str]) -> int:
    """The status of the answer; whatever was done is undone, such as logging out."""
    cookies, before = deepcopy(client.cookies), transaction.savepoint()
    ask = client.post if form.method == "post" else client.get
    try:
        return ask(form.path, data).status_code
    finally:
        transaction.savepoint_rollback(before)
        client.cookies = cookies
