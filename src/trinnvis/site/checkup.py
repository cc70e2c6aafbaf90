"""`trinnvis check`: is everything in place, and if not, what to do."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, Tags, run_checks
from django.core.checks.registry import registry
from django.db import DatabaseError, connection
from rich.console import Console

from trinnvis.people.keys_fit import assert_keys_fit
from trinnvis.site.clock import site_now
from trinnvis.site.environment import EXPLAINED, data_folder, said
from trinnvis.site.keys import SHORTEST, variable
from trinnvis.site.serving import database_exists, unapplied_migrations
from trinnvis.trouble import Trouble

MAKE_TABLES = "Kjør «trinnvis migrate» (eller «trinnvis demo» for en oppdiktet kommune)."


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `remedy` is empty when it is in order."""

    what: str
    remedy: str = ""


def report() -> bool:
    """Print every finding; true when all is in order."""
    console = Console(highlight=False, soft_wrap=True)
    findings = list(look())
    for finding in findings:
        console.print("[red]✗[/red]" if finding.remedy else "[green]✓[/green]", finding.what, markup=True)
        if finding.remedy:
            console.print(f"  → {finding.remedy}")
    faults = sum(1 for finding in findings if finding.remedy)
    console.print("\nAlt er klart." if not faults else f"\n{faults} ting må gjøres.")
    return not faults


def look() -> Iterator[Finding]:
    """Look at everything; what rests on a fault further up is left out."""
    yield from _folder(data_folder())
    yield from _settings()
    for step in (_database, _migrations):
        finding = _tried(step)
        yield finding
        if finding.remedy:
            return
    yield _tried(_keys)
    yield _tried(_policy)


def _folder(folder: Path) -> Iterator[Finding]:
    yield Finding(f"Datamappa er {folder}")
    keys = folder / "keys"
    open_to_others = [
        path
        for path in (folder, keys, *(sorted(keys.iterdir()) if keys.is_dir() else ()))
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & (0o077 if path != folder else 0o007)
    ]
    for path in open_to_others:
        yield Finding(
            f"{path} kan leses av andre på maskinen",
            f"Kjør: chmod {'o-rwx' if path == folder else 'go-rwx'} {path}",
        )
    if not open_to_others:
        yield Finding("Mappe og nøkler er lukket for andre")


def _settings() -> Iterator[Finding]:
    kind = "produksjon" if settings.PRODUCTION else "demo og utvikling (TRINNVIS_ENV er ikke «production»)"
    yield Finding(f"Miljø: {kind}")
    if settings.PRODUCTION:
        yield from _production()
    for name, value in settings.TRINNVIS_KEYS.items():
        if value and len(value) < SHORTEST:
            yield Finding(
                f"Nøkkelen {variable(name)} er for kort, og kan gjettes",
                f"Lag en tilfeldig på minst {SHORTEST} tegn, for eksempel med: openssl rand -base64 48",
            )
    # That all pages load says nothing of the settings, and loading them takes longer than all the rest.
    about_settings = sorted(registry.tags_available() - {Tags.urls})
    errors = [str(message.msg) for message in run_checks(tags=about_settings) if message.level >= ERROR]
    for error in errors:
        yield Finding(f"Innstillingene er ikke gyldige: {error}", EXPLAINED)
    if not errors:
        yield Finding("Innstillingene er gyldige")


def _production() -> Iterator[Finding]:
    """What a demo gets on without."""
    if not said("TRINNVIS_HOSTS"):
        yield Finding(
            "TRINNVIS_HOSTS er ikke satt",
            "Sett den til vertsnavnet innbyggerne bruker, f.eks. trinnvis.kommune.no",
        )
    if not settings.BEHIND_HTTPS_PROXY:
        yield Finding(
            "TRINNVIS_BEHIND_HTTPS_PROXY er ikke satt, og da sendes alle videre til HTTPS uten å komme fram",
            "Sett den til «yes» når en tjener foran gir HTTPS og alltid selv setter X-Forwarded-Proto.",
        )


def _tried(step: Callable[[], Finding]) -> Finding:
    try:
        return step()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return Finding(
            f"Databasen svarer ikke ({reason})", "Kontroller DATABASE_URL, og at databasetjeneren er i gang."
        )


def _database() -> Finding:
    if not database_exists():
        return Finding(f"Det er ingen database ennå: {connection.settings_dict['NAME']}", MAKE_TABLES)
    connection.ensure_connection()
    where = settings.DATABASES["default"]["NAME"] if connection.vendor == "sqlite" else connection.vendor
    return Finding(f"Databasen svarer: {where}")


def _migrations() -> Finding:
    if missing := unapplied_migrations():
        return Finding(f"Databasen mangler {len(missing)} oppdateringer av tabellene", MAKE_TABLES)
    return Finding("Tabellene er oppdatert")


def _keys() -> Finding:
    try:
        assert_keys_fit()
    except Trouble as trouble:
        return Finding(str(trouble), trouble.remedy)
    return Finding("Nøklene passer til databasen")


def _policy() -> Finding:
    from trinnvis.policy.models import PolicyVersion

    today = site_now().date()
    version = PolicyVersion.objects.filter(valid_from__lte=today).order_by("valid_from").last()
    if version is None:
        return Finding(
            "Ingen politikk er vedtatt for dagen i dag",
            "Kjør «trinnvis policy adopt MAPPE --from DATO --by NAVN».",
        )
    return Finding(f"Politikken som gjelder er versjon {version}")
