"""Read the adopted policy: by the date it must hold for, or by the version a case was opened under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from trinnvis.policy.canonical import fingerprint
from trinnvis.policy.dates import long_date
from trinnvis.policy.model import Policy
from trinnvis.policy.models import PolicyVersion


class NoPolicy(Exception):
    """No adopted policy answers; the text says so in bokmål, and how to adopt one."""


class PolicyChanged(Exception):
    """A stored policy does not match its fingerprint: someone has been at the database."""


@dataclass
class _Seen:
    """What has been read of the versions: those in force by date, and fingerprints by id."""

    at: dict[date, PolicyVersion] = field(default_factory=dict)
    fingerprints: dict[int, str] = field(default_factory=dict)


_seen: ContextVar[_Seen | None] = ContextVar("policy_versions_seen", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within one request or verb a version is looked up once: all of it is judged by one policy."""
    token = _seen.set(_seen.get() or _Seen())
    try:
        yield
    finally:
        _seen.reset(token)


def policy_version_at(on: date) -> PolicyVersion:
    """The version in force on a date: the one that started last.

    Raises:
        NoPolicy: when none had started.
    """
    seen = _seen.get()
    if seen is not None and on in seen.at:
        return seen.at[on]
    version = (
        PolicyVersion.objects.defer("document").filter(valid_from__lte=on).order_by("-valid_from").first()
    )
    if version is None:
        raise NoPolicy(
            f"Ingen politikk er vedtatt som gjelder {long_date(on)}. "
            "Vedta en med «trinnvis policy adopt MAPPE --from DATO --by NAVN»."
        )
    if seen is not None:
        seen.at[on] = version
        seen.fingerprints[version.pk] = version.sha256
    return version


def policy_version_for(on: date) -> PolicyVersion:
    """The version that judges what came in on a date: the one in force, and before the first one the first.

    A municipality that begins today has yesterday's calls to answer, and no older rules to answer them by.

    Raises:
        NoPolicy: when none is adopted.
    """
    try:
        return policy_version_at(on)
    except NoPolicy:
        first = PolicyVersion.objects.defer("document").order_by("valid_from").first()
        if first is None:
            raise
        return first


def policy_for(on: date) -> Policy:
    """The policy of `policy_version_for`.

    Raises:
        NoPolicy: when none is adopted.
    """
    version = policy_version_for(on)
    return _policy(version.pk, version.sha256)


def policy_at(on: date) -> Policy:
    """The policy in force on a date.

    Raises:
        NoPolicy: when none had started.
    """
    version = policy_version_at(on)
    return _policy(version.pk, version.sha256)


def policy_of(version_id: int) -> Policy:
    """The policy of one version, read from the database once a process; each call makes one small query."""
    return policies_of([version_id])[version_id]


def policies_of(version_ids: Iterable[int]) -> dict[int, Policy]:
    """The policies of several versions by id, with one small query for all.

    Raises:
        NoPolicy: when a version does not exist.
    """
    wanted = set(version_ids)
    seen = _seen.get() or _Seen()
    if unread := wanted - seen.fingerprints.keys():
        seen.fingerprints.update(PolicyVersion.objects.filter(pk__in=unread).values_list("pk", "sha256"))
    found = {pk: seen.fingerprints[pk] for pk in wanted & seen.fingerprints.keys()}
    if lacking := wanted - found.keys():
        raise NoPolicy(f"Politikkversjonen med id {min(lacking)} finnes ikke.")
    return {pk: _policy(pk, sha256) for pk, sha256 in found.items()}


def version_numbered(number: int) -> PolicyVersion:
    """A version by its number.

    Raises:
        NoPolicy: when there is none.
    """
    version = PolicyVersion.objects.filter(number=number).first()
    if version is None:
        raise NoPolicy(f"Det finnes ingen politikkversjon {number}.")
    return version


@lru_cache(maxsize=32)
def _policy(version_id: int, sha256: str) -> Policy:
    """Cached for ever: a version never changes. The fingerprint keeps different databases apart."""
    document = PolicyVersion.objects.values_list("document", flat=True).get(pk=version_id)
    if fingerprint(document) != sha256:
        raise PolicyChanged(
            f"Politikkversjonen med id {version_id} er endret i databasen etter at den ble vedtatt. "
            "Hent den fra sikkerhetskopi."
        )
    return Policy.model_validate(document)
