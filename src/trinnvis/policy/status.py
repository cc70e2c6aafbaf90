"""How certain a row of a policy is."""

from enum import StrEnum


class Status(StrEnum):
    """How certain a row is; shown wherever the row is shown."""

    ADOPTED = "vedtatt"
    IN_FORCE = "gjeldende"
    EXAMPLE = "eksempel"
    MUST_CHECK = "må kontrolleres"
