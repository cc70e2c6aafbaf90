"""Makes the synthetic municipality whole or not at all.

On SQLite it is made in a file beside the real one, which takes its name when all is done. On PostgreSQL it is
made in one transaction. Either way an interruption leaves the database as it was.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localtime

import trinnvis
from trinnvis.site.clock import site_now
from trinnvis.trouble import Trouble

if TYPE_CHECKING:
    from trinnvis.demo.models import DemoBuild

FIRST_SEED = 1
# What shapes the database and the people in it: when one of these changes, the municipality is made anew.
SHAPED_BY = ("*/migrations/*.py", "demo/**/*", "policy/*/*.yaml")
# A row in one of these, and no mark of the demo, means that the database is somebody's own.
OWN_DATA = ("people_person", "access_account", "policy_policyversion")
YEARS_OF_POLICY = 3  # the demo's case history is judged by a policy in force all the way back


class Progress(Protocol):
    """Told what is being made, and the share of the whole that is done, from 0 to 1."""

    def __call__(self, what: str, share: float) -> None: ...


def seed_to_make(wanted: int | None, *, fresh: bool) -> int | None:
    """The seed to make a municipality from, or None when the one that is here is to be kept.

    `wanted` is the seed asked for, None for whichever is here; `fresh` allows what is here to be lost.

    Raises:
        Trouble: the municipality that is here is used and would be lost, or the database holds something the
            demo did not make.
    """
    here = _made_before()
    if here is None:
        return FIRST_SEED if wanted is None else wanted
    another_seed = wanted not in (None, here.seed)
    if not (fresh or another_seed) and here.made_from == fingerprint():
        return None
    if fresh or not _is_used():
        return here.seed if wanted is None else wanted
    made = f"Her er en kommune fra før, laget {localtime(here.made_at):%d.%m.%Y} fra frø {here.seed}"
    raise Trouble(
        f"{made}." if another_seed else f"{made} av en annen versjon av Trinnvis, som denne ikke kan bruke.",
        "--fresh lager en ny i stedet. Da går alt tapt som er gjort i den: henvendelser, saker, vedtak, "
        "planer og prislister. "
        + ("Uten --seed beholdes den. " if another_seed else "")
        + "En annen mappe med --data, eller en annen DATABASE_URL, gir en ny ved siden av.",
    )


def make(*, seed: int, progress: Progress) -> None:
    """Make the municipality in place of what the demo made before.

    Raises:
        Trouble: the database holds something the demo did not make.
    """
    _made_before()  # for its refusal
    if connection.vendor == "sqlite":
        with _file_beside(Path(settings.DATABASES["default"]["NAME"])):
            _fill(seed, progress)
    else:
        progress("Tabeller", 0)
        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():
            call_command("flush", interactive=False, verbosity=0)
            _fill(seed, progress)


def _made_before() -> "DemoBuild | None":
    """The mark of the municipality in this database.

    Raises:
        Trouble: the database holds something the demo did not make.
    """
    from trinnvis.demo.models import DemoBuild

    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return None  # and no empty file is left by looking
    tables = connection.introspection.table_names()
    if not tables:
        return None
    try:
        mark = DemoBuild.objects.order_by("pk").last()
    except DatabaseError:
        mark = None
    if mark is None and any(_has_rows(table) for table in OWN_DATA if table in tables):
        raise Trouble(
            "Databasen inneholder noe annet enn en demokommune, og blir ikke rørt.",
            "Velg en annen mappe med --data, eller en annen database med DATABASE_URL.",
        )
    return mark


def _is_used() -> bool:
    """Whether somebody has logged in to the municipality or adopted a policy in it since it was made."""
    from trinnvis.access.models import Account
    from trinnvis.policy.models import PolicyVersion

    try:
        return Account.objects.exclude(last_login=None).exists() or PolicyVersion.objects.count() > 1
    except DatabaseError:  # tables of another version: better ask than lose something
        return True


def _fill(seed: int, progress: Progress) -> None:
    from trinnvis.demo.build import build
    from trinnvis.demo.models import DemoBuild

    now = site_now()
    if connection.vendor == "sqlite":
        progress("Tabeller", 0)
        call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        adopt_shipped_policy(now)
        build(seed=seed, now=now, progress=progress)
        DemoBuild.objects.create(seed=seed, made_from=fingerprint(), made_at=now)


def adopt_shipped_policy(now: datetime) -> None:
    """Adopt the policy folder that ships with the package, from before the demo's first case."""
    from trinnvis.policy.checks.in_force import first_day
    from trinnvis.policy.loading import load_folder
    from trinnvis.policy.services import adopt

    policy = load_folder(settings.TRINNVIS_POLICY_FOLDER)
    start = max(date(now.year - YEARS_OF_POLICY, 1, 1), first_day(policy))
    adopt(policy=policy, valid_from=start, by=policy.municipality.adopted_document, now=now)


def fingerprint() -> str:
    """SHA-256 of the files that shape the municipality."""
    package = Path(trinnvis.__file__).parent
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SHAPED_BY for path in package.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(package)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select 1 from {connection.ops.quote_name(table)} limit 1")  # noqa: S608
        return cursor.fetchone() is not None


@contextmanager
def _file_beside(final: Path) -> Iterator[None]:
    """Work on a file beside `final`; it takes the name when the block ends well, else it is removed."""
    beside = final.with_name(final.name + ".making")
    _remove(beside)
    connection.close()
    connection.settings_dict["NAME"] = str(beside)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA journal_mode=DELETE")  # no side files left to follow the rename
        connection.close()
        _remove_side_files(final)
        beside.replace(final)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(final)
        _remove(beside)


def _remove(database: Path) -> None:
    _remove_side_files(database)
    database.unlink(missing_ok=True)


def _remove_side_files(database: Path) -> None:
    for suffix in ("-wal", "-shm", "-journal"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
