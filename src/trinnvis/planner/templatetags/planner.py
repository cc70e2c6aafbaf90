"""Tags of the planners' templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from trinnvis.planner.rooms import tabs
from trinnvis.site.components import Tab

register = template.Library()


@register.simple_tag(takes_context=True)
def planner_tabs(context: Context) -> list[Tab]:
    """The menu of rooms for whoever reads the page."""
    request: Any = context["request"]
    return tabs(request.actor, request.path)
