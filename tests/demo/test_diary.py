"""The moments of the history: office days and hours, in order, and never after now."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from trinnvis.demo.history.diary import Diary, last_moment, working_days
from trinnvis.policy.dates import is_working_day

OSLO = timezone.get_default_timezone()


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=OSLO), datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)),
        (datetime(2026, 11, 23, 0, 30, tzinfo=OSLO), datetime(2026, 11, 20, 15, 40, tzinfo=OSLO)),
        (datetime(2026, 11, 22, 21, 0, tzinfo=OSLO), datetime(2026, 11, 20, 15, 40, tzinfo=OSLO)),
        (datetime(2026, 12, 25, 12, 0, tzinfo=OSLO), datetime(2026, 12, 24, 15, 40, tzinfo=OSLO)),
    ],
)
def test_the_last_moment_is_on_a_working_day(now, latest):
    assert last_moment(now) == latest <= now


@pytest.mark.parametrize("seed", range(20))
def test_pages_turn_forward_in_office_hours_and_stop_at_the_latest(seed):
    latest = datetime(2026, 11, 20, 15, 40, tzinfo=OSLO)
    diary = Diary(date(2026, 11, 1), latest, Random(seed))
    moments = [diary.now]
    for _ in range(12):
        moments += [diary.page(0, 2), diary.later(5, 60)]
    moments.append(diary.on(date(2027, 1, 1)))
    assert moments == sorted(moments)
    assert moments[-1] == latest
    assert all(is_working_day(m.date()) and 8 <= m.hour <= 15 for m in moments)


def test_working_days_pass_over_weekends_and_holidays():
    assert working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert working_days(date(2026, 11, 23), -1) == date(2026, 11, 20)
    assert working_days(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert working_days(date(2026, 11, 18), 0) - date(2026, 11, 18) == timedelta(0)
