"""A dossier names no practice by itself: jobs do. Apart from the copy, which PostgreSQL wants committed first."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_des_cabinets_aux_emplois")]
    operations = [migrations.RemoveField("dossier", "cabinet")]
