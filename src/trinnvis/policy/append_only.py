"""Rows that are written once: no change and no removal by any road the ORM offers."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model, covariant=True)


class AppendOnlyError(Exception):
    """Someone tried to change or remove a row that is written once."""


def _refused(rows: Any, *_: Any, **__: Any) -> NoReturn:
    model = getattr(rows, "model", type(rows))
    raise AppendOnlyError(f"{model.__name__} rows are written once. Add a new row instead.")


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Adds and reads, nothing else."""

    update = bulk_update = update_or_create = delete = _raw_delete = _refused

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            _refused(self)
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnlyModel(models.Model):
    """A model whose rows are only ever added; any other write raises `AppendOnlyError`."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    delete = _refused

    def save(self, **kwargs: Any) -> None:
        """Adds the row, and never replaces one with the same key."""
        if not self._state.adding:
            _refused(self)
        super().save(**{**kwargs, "force_insert": True, "force_update": False})
