"""What every test may ask for."""

import gc
from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.template import Template
from django.test.signals import template_rendered
from hypothesis import HealthCheck
from hypothesis import settings as hypotheses
from large_files import LARGE_FILES

pytest_plugins = ["cast"]
# A busy machine is slow, and no test is about how fast it is.
hypotheses.register_profile(
    "suite", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
hypotheses.load_profile("suite")
gc.disable()  # until everything is loaded: see pytest_collection_finish
DATABASE = {"db", "transactional_db", "live_server", "shared_rows"}
SLOW = ("test_case_history.py", "test_main_journey.py", "test_population_commands.py", "test_backtest.py")


@pytest.fixture
def data_folder() -> Path:
    """The data folder of this run, thrown away afterwards."""
    return Path(settings.DATA)


@pytest.fixture(scope="module")
def shared_rows(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """What fixtures of a file write after this is there for each of its tests, which can change it for
    itself alone, and is taken away after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def only_pages_are_told_of(django_test_environment: None) -> Iterator[None]:
    """Django tells a test client of each template, with a copy of all it was given. That of a page is asked
    for; those of its hundreds of fields and parts took longer to copy than to draw."""
    told = Template._render

    def drawn(template: Template, context) -> str:
        if context.template is template and getattr(context, "request", None) is not None:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = drawn
    yield
    Template._render = told


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_by_row(django_db_setup: None) -> Iterator[None]:
    """After a test that commits, PostgreSQL would make new files for every table and index, nearly all of
    them empty already; to delete a few rows takes a tenth of that. And Django would write its permissions
    anew, which nothing here asks for."""
    truncate = DatabaseOperations.sql_flush
    tell = flush.emit_post_migrate_signal

    def delete(self, style, tables, *, reset_sequences=False, allow_cascade=False) -> list[str]:
        if reset_sequences:
            return truncate(self, style, tables, reset_sequences=True, allow_cascade=allow_cascade)
        return [f"DELETE FROM {self.quote_name(table)}" for table in tables]

    DatabaseOperations.sql_flush = delete
    flush.emit_post_migrate_signal = lambda *told, **more: None
    yield
    DatabaseOperations.sql_flush = truncate
    flush.emit_post_migrate_signal = tell


def asks_the_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or DATABASE.intersection(item.fixturenames))


@pytest.hookimpl(tryfirst=True)  # before pytest chooses among the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a machine lacks skips with the reason; everything else fails. The slow files begin first,
    so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(SLOW) and "browser" not in item.path.parts)
    lacking = {}
    if not LARGE_FILES.is_dir():
        lacking["shared"] = "the large public files (../shared/data) are not on this machine"
    if not chromium.find():
        lacking["browser"] = "no Chromium or Chrome on this machine (TRINNVIS_CHROMIUM names one)"
    for item in items:
        if not asks_the_database(item):
            item.add_marker("once")
        for marker, reason in lacking.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end, so garbage is not looked for in it again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"
