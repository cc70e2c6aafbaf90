"""A planner with files of own figures, in Lunner."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cast import LONG_AGO, NOW, policy_in
from django.conf import settings as project

from trinnvis.access.actor import Actor
from trinnvis.ownfigures import queries, services
from trinnvis.ownfigures.rules.kinds import Kind
from trinnvis.ownfigures.rules.mapping import Mapping
from trinnvis.ownfigures.rules.reading import Read
from trinnvis.policy.models import PolicyVersion
from trinnvis.policy.services import adopt

LUNNER = "3234"


@pytest.fixture
def lunner(db: None) -> PolicyVersion:
    folder = project.TRINNVIS_POLICY_FOLDER
    return adopt(policy=policy_in(folder), valid_from=LONG_AGO, by="Kommunestyret, sak 1/23", now=NOW)


class Figures:
    """Takes files in as somebody."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def upload(self, text: str | bytes, kind: Kind = Kind.RECIPIENTS, name: str = "tall.csv", **said: object):
        content = text.encode() if isinstance(text, str) else text
        held = services.upload(
            municipality=LUNNER, kind=kind, name=name, content=content, actor=self.actor, now=NOW
        )
        if said:
            mapping = replace(Mapping.from_json(held.mapping), **said)
            services.remap(held.key, mapping=mapping, actor=self.actor)
        return held.key

    def read(self, text: str | bytes, kind: Kind = Kind.RECIPIENTS, **said: object) -> Read:
        return queries.read_draft(queries.draft_of(self.upload(text, kind, **said), self.actor), NOW.year)

    def told(
        self, text: str | bytes, kind: Kind = Kind.RECIPIENTS, **said: object
    ) -> list[tuple[int, str, str]]:
        """Every fault as (line, column, text)."""
        return [(f.line, f.column, f.told()) for f in self.read(text, kind, **said).faults]

    def take_in(self, text: str | bytes, kind: Kind = Kind.RECIPIENTS, seen: int = 0, **said: object) -> int:
        key = self.upload(text, kind, **said)
        return services.adopt(key, expected_revision=seen, actor=self.actor, now=NOW)


@pytest.fixture
def figures(planke: Actor) -> Figures:
    return Figures(planke)
