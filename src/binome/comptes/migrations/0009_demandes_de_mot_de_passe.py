"""Who forgot a password is not who is forgotten: the row says what it is, in the table that it had."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("comptes", "0008_groupements"),)
    operations = (
        # The table keeps its name: the version that still serves during an upgrade reads it.
        migrations.AlterModelTable(name="oubli", table="comptes_oubli"),
        migrations.RenameModel(old_name="Oubli", new_name="DemandeDeMotDePasse"),
    )
