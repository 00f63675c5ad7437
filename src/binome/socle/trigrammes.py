"""The extension that searches by trigrams need on PostgreSQL, as a migration lays it and takes it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.operations import TrigramExtension

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class Trigrammes(TrigramExtension):
    """Does nothing elsewhere than on PostgreSQL, in both ways.

    Django looks at the engine on the way there only: on the way back, it asks any for its extensions.
    """

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drops the extension, where there are extensions."""
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
