"""The addresses that asked for a new password, until the jobs have answered."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("comptes", "0005_compteurs"),)
    operations = (
        migrations.CreateModel(
            name="Oubli",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("courriel", models.EmailField(max_length=254)),
                ("demande_le", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ("pk",)},
        ),
    )
