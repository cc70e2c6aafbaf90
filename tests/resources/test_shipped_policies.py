"""Every service of every shipped policy goes through the calculator, whatever the ladder looks like."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import trinnvis.policy
from trinnvis.policy.loading import load_folder
from trinnvis.resources import ServiceLine, calculate

FOLDERS = Path(__file__).parents[1] / "policy" / "folders"
SHIPPED = [
    Path(trinnvis.policy.__file__).parent / "lunner",
    *(path for path in sorted(FOLDERS.iterdir()) if path.is_dir()),
]
ON = date(2026, 11, 16)


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: path.name)
def test_every_service_is_priced_or_named_as_unpriced(folder):
    policy = load_folder(folder)
    for service in policy.services:
        line = ServiceLine(service.code, Decimal(2), service.unit, service.steps[0], ON)
        result = calculate([line], policy, ON)
        has_price = policy.price(service.code, service.unit, ON) is not None
        assert bool(result.unpriced) is not has_price
        assert (result.sums.period.gross == 0) is (not has_price or result.prices[0].nok == 0)
