"""How the first tables of an app are made."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.state import ProjectState


class FirstTables(Migration):
    """A migration that makes the first tables of an app and nothing else: its operations are CreateModel.

    Django draws up every related model anew for each table, which was most of what a fresh database took.
    Here they are drawn up once for all the tables.
    """

    initial = True

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: ARG002
    ) -> ProjectState:
        project_state.__dict__.pop("apps", None)  # else each operation draws them up
        self.mutate_state(project_state, preserve=False)
        for table in self.operations:
            table.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
