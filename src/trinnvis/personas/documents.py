"""A persona as plain values: what is stored, what the YAML file says, and its parts, edited one by one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import yaml

from trinnvis.planning.pathways.schema import Kind, Persona

Document = dict[str, Any]

ABOUT: Final = "about"
"""The part of a document that is not a pathway: everything about the person. The others are kinds."""

ORDER: Final = [kind.value for kind in Kind]


def as_document(persona: Persona) -> Document:
    """What is stored; `Persona.model_validate` reads it back the same."""
    found: Document = persona.model_dump(mode="json", exclude_defaults=True)
    return found


def as_yaml(persona: Persona) -> bytes:
    """The file that `trinnvis pathway check` and the planner's import read."""
    plain = persona.model_dump(mode="python", exclude_defaults=True)
    text: str = yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text.encode()


def part_of(document: Mapping[str, Any], part: str) -> Document | None:
    """What a part says; None for a pathway there is not."""
    if part == ABOUT:
        return {key: value for key, value in document.items() if key != "pathways"}
    return next((pathway for pathway in document["pathways"] if pathway["kind"] == part), None)


def with_part(document: Mapping[str, Any], part: str, content: Mapping[str, Any] | None) -> Document:
    """The document with one part put in place of what it said; None takes a pathway out.

    When a person begins at another age, the first episode of every pathway follows.
    """
    if part == ABOUT:
        about = dict(content or {})
        pathways = [
            _from_age(each, document.get("from_age"), about.get("from_age")) for each in document["pathways"]
        ]
        return {**about, "pathways": pathways}
    others = [pathway for pathway in document["pathways"] if pathway["kind"] != part]
    pathways = [*others, dict(content)] if content is not None else others
    return {**document, "pathways": sorted(pathways, key=lambda each: _place(each["kind"]))}


def _from_age(pathway: Document, before: object, age: object) -> Document:
    first, *others = pathway["episodes"]
    if first.get("from_age") != before:
        return pathway
    return {**pathway, "episodes": [{**first, "from_age": age}, *others]}


def _place(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


class _Dumper(yaml.SafeDumper):
    """Numbers as they were written, lists under their field, and no aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    text = f"{value:f}"
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(tuple, lambda dumper, value: dumper.represent_list(list(value)))
_Dumper.add_multi_representer(Enum, lambda dumper, value: dumper.represent_str(str(value.value)))
