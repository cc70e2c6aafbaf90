"""docs/access.md says what the program does."""

from pathlib import Path
from typing import get_args

from trinnvis.access.rules import CASE_RULES, ENQUIRY_RULES, Relation
from trinnvis.casework.access_document import RELATIONS, as_markdown
from trinnvis.casework.queries.enquiries import ENQUIRIES
from trinnvis.casework.queries.visible import CASES

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "access.md"


def test_the_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text() == as_markdown(), "run: python scripts/access_document.py"


def test_every_relation_has_words_and_a_filter() -> None:
    assert set(RELATIONS) == set(get_args(Relation))
    assert {rule.relation for rule in CASE_RULES} == set(CASES.relations)
    assert {rule.relation for rule in ENQUIRY_RULES} == set(ENQUIRIES.relations)


def test_no_code_is_used_twice_in_a_table() -> None:
    for rules in (CASE_RULES, ENQUIRY_RULES):
        assert len({rule.code for rule in rules}) == len(rules)
