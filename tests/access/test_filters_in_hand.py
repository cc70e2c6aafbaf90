"""A filter says the same of a row in hand as of the row in the database."""

from datetime import timedelta
from itertools import pairwise

import pytest
from cast import NOW, account_of, enquire
from django.db.models import Exists, OuterRef, Q

from trinnvis.access.models import Account
from trinnvis.casework.models import Case, Enquiry
from trinnvis.casework.queries.holding import holds

NOBODY_YET = Q(assigned_to_id=None)
LATER = NOW + timedelta(days=1)


def filters(case: Case, sara) -> list[Q]:
    mine, other = case.person_id, case.person_id + 1000
    plain = [
        Q(),
        Q(pk=case.pk),
        Q(pk__in=[]),
        Q(person_id=None),
        Q(person_id=mine),
        Q(person_id__in={mine, other}),
        Q(person_id__in=frozenset()),
        Q(person=other),
        NOBODY_YET,
        Q(assigned_to=None),
        Q(assigned_to_id=sara.account_id),
        Q(assigned_to_id__in={sara.account_id}),
        Q(unit=case.unit, closed_at=None),
        Q(closed_at__gte=NOW),
        Q(closed_at__gte=LATER),
        Q(closed_at__isnull=False),
        Q(person__given_name="Ingrid"),
        Q(person_id__in=Case.objects.values("person")),
        Q(Exists(Account.objects.filter(pk=OuterRef("assigned_to")))),
    ]
    pairs = list(pairwise(plain))
    joined = [one & other for one, other in pairs] + [one | other for one, other in pairs]
    return [*plain, *joined, *(~each for each in plain), *(~(each & ~NOBODY_YET) for each in plain)]


@pytest.mark.parametrize("assigned", [False, True])
@pytest.mark.parametrize("closed", [False, True])
def test_every_case(case: Case, sara, assigned: bool, closed: bool) -> None:
    if assigned:
        Case.objects.filter(pk=case.pk).update(assigned_to=account_of(sara))
    if closed:
        Case.objects.filter(pk=case.pk).update(closed_at=NOW)
    read = Case.objects.get(pk=case.pk)
    for each in filters(case, sara):
        assert holds(each, read) == Case.objects.filter(each, pk=case.pk).exists(), each


def test_an_enquiry_about_nobody_known(ingrid) -> None:
    enquiry = enquire(ingrid)
    Enquiry.objects.filter(pk=enquiry.pk).update(person=None)
    read = Enquiry.objects.get(pk=enquiry.pk)
    known = {ingrid.person_id}
    for each in (
        Q(person_id=None),
        Q(person_id__in=known),
        ~Q(person_id__in=known),
        ~Q(person_id__in=frozenset()),
        Q(person_id=None, person_id__isnull=False),
        Q(registered_by_id=ingrid.account_id, channel=Enquiry.Channel.PORTAL),
        Q(case=None),
    ):
        assert holds(each, read) == Enquiry.objects.filter(each, pk=enquiry.pk).exists(), each
