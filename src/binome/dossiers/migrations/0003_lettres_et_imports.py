"""The letters and the imports came side by side."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("dossiers", "0002_lettres_a_notifier"),
        ("dossiers", "0002_masse_imports"),
    ]
