"""The address a supervisor asks."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tables_are_made_on_the_database_asked_for() -> None:
    with connection.cursor() as cursor:
        assert "casework_case" in connection.introspection.table_names(cursor)
