"""What every table that holds a part of a case has in common."""

from typing import ClassVar

from django.db import models


class CaseRow(models.Model):
    """A row of a case. An event of that case holds the digest of it as it stands (`casework.covering`)."""

    NAME: ClassVar[str]  # the row in words, for whoever reads what the audit found
    CASE: ClassVar[str] = "case"  # the way from the row to its case
    DERIVED: ClassVar[frozenset[str]] = (
        frozenset()
    )  # columns counted from other rows, and so not in the digest

    class Meta:
        abstract = True
