"""The right to complain: three or four weeks by the law, counted from sending, off Saturdays and holidays."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from deciding import GRANT, HELP, SOON, ready_to_decide
from small_policy import basis, rule, small_policy

from trinnvis.casework.rules.appeal import appeal_of
from trinnvis.casework.rules.lines import Line

POLICY = small_policy()


def services(*codes):
    return [POLICY.service(code) for code in codes]


@pytest.mark.parametrize(
    ("codes", "code", "by"),
    [
        (["hjemmesykepleie"], "klage-4", date(2026, 12, 14)),
        (["bolig"], "klage-3", date(2026, 12, 7)),
        (["bolig", "hjemmesykepleie"], "klage-4", date(2026, 12, 14)),
    ],
)
def test_the_law_behind_the_services_gives_the_period(codes, code, by):
    appeal = appeal_of(services(*codes), POLICY, date(2026, 11, 16))
    assert (appeal.rule, appeal.by) == (code, by)


def test_the_longest_period_is_used_and_said():
    assert "Den lengste gjelder" in appeal_of(services("bolig", "korttid"), POLICY, date(2026, 11, 16)).why
    assert "Den lengste gjelder" not in appeal_of(services("korttid"), POLICY, date(2026, 11, 16)).why


@pytest.mark.parametrize(
    ("sent", "by"),
    [
        (date(2026, 3, 5), date(2026, 4, 7)),  # skjærtorsdag to easter monday, on to Tuesday
        (date(2026, 11, 27), date(2026, 12, 28)),  # first day of Christmas is a Friday, on to Monday
        (date(2026, 12, 4), date(2027, 1, 4)),  # New Year's Day
        (date(2028, 2, 1), date(2028, 2, 29)),  # leap day counts as a day
        (date(2028, 2, 29), date(2028, 3, 28)),
        (date(2027, 2, 27), date(2027, 3, 30)),  # Saturday 27 March, then Easter Day and Monday
        (date(2026, 4, 3), date(2026, 5, 4)),  # 1 May is a Friday
    ],
)
def test_holidays_and_leap_days(sent, by):
    assert appeal_of(services("hjemmesykepleie"), POLICY, sent).by == by


def test_without_a_law_that_gives_one_there_is_no_period_and_it_is_said():
    appeal = appeal_of(services("alarm"), POLICY, date(2026, 11, 16))
    assert (appeal.rule, appeal.by) == ("", None)
    assert appeal.why


def test_the_law_of_the_day_of_sending_counts():
    policy = small_policy(
        legal_bases=(
            basis("helse", "klage-4", valid_to=date(2026, 12, 31)),
            basis("helse", "klage-6", valid_from=date(2027, 1, 1)),
        ),
        deadlines=(rule("klage-4", 4, "weeks"), rule("klage-6", 6, "weeks")),
    )
    assert appeal_of(services("korttid"), policy, date(2026, 12, 31)).rule == "klage-4"
    assert appeal_of(services("korttid"), policy, date(2027, 1, 1)).by == date(2027, 2, 12)


def test_the_period_is_fixed_when_the_decision_is_sent(db):
    at = ready_to_decide()
    at.draft()
    at.submit()
    at.approve()
    late_evening = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("UTC"))  # already Saturday in Norway
    decision = at.send(now=late_evening)
    assert (decision.appeal_rule, decision.appeal_by) == ("klage-4", date(2026, 12, 21))
    assert "21. november 2026" in decision.appeal_why


def test_a_sent_decision_with_both_laws(db):
    at = ready_to_decide()
    home = Line("bolig", 3, Decimal(36), "months", SOON)
    decision = at.decide(replace(GRANT, lines=(HELP, home)))
    assert decision.appeal_rule == "klage-4"
    assert "ulik klagefrist" in decision.appeal_why
