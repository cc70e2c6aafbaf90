"""Questions to the document's schema: which fields, which kind of row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from trinnvis.policy.provenance import Frozen


def is_list(model: type[BaseModel], field: str) -> bool:
    return get_origin(model.model_fields[field].annotation) is tuple


def row_type(model: type[BaseModel], field: str) -> type[Frozen] | None:
    """The model of a field's value or rows; None when it holds plain values."""
    return _model_in(model.model_fields[field].annotation)


def fields_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The field names that may stand at a path; none where plain values stand."""
    at: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, str):
            at = row_type(at, part) if at is not None and part in at.model_fields else None
    return list(at.model_fields) if at else []


def _model_in(annotation: Any) -> type[Frozen] | None:
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)
