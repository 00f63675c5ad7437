"""The suspect files and the lists came side by side."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("dossiers", "0004_pages_listes"),
        ("dossiers", "0004_pieces_quarantaine"),
    ]
