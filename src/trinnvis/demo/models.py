"""What the demo has made in this database."""

from django.db import models


class DemoBuild(models.Model):
    """The mark of a synthetic municipality. A database with people and no mark is somebody's own."""

    seed = models.PositiveIntegerField()
    made_from = models.CharField(max_length=64)  # fingerprint of the program parts it was made by
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seed}"
