"""The step of the building that tells the stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trinnvis.casework.models import Case
from trinnvis.demo.receivers import OLD

from . import emil, gunvor, ingrid, johs, jonas, others
from .looks import log_looks
from .scene import Scene

if TYPE_CHECKING:
    from trinnvis.demo.build import Town

CROWD = 12  # citizens without a case, for the enquiries that wait


def tell_stories(town: Town) -> None:
    scene = Scene(town)
    for story in (johs, jonas, emil, ingrid, gunvor):
        story.tell(scene)
    busy = set(Case.objects.values_list("person", flat=True))
    crowd = [
        person
        for place, person in enumerate(town.people)
        if town.drawn.ages[place] >= OLD + 5
        and place not in town.drawn.in_cast
        and person.pk not in busy
        and town.drawn.dwelling_of(place).housing_step <= 2
    ]
    others.tell(scene, town.rng("stories").sample(crowd, CROWD))
    log_looks(town.people[place].pk for place in sorted(town.drawn.in_cast))
