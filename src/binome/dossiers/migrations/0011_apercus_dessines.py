"""Page images of documents: each waits to be drawn by the jobs."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def oter(apps: Any, _: Any) -> None:
    """What was withdrawn or erased is not drawn."""
    pieces = apps.get_model("dossiers", "Piece").objects
    pieces.filter(Q(etat="retiree") | Q(dossier__anonyme_le__isnull=False)).update(apercu="ote")


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0010_poser_claire"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PageDApercu",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rang", models.PositiveSmallIntegerField()),
                ("fichier", models.CharField(max_length=80, unique=True)),
            ],
            options={
                "verbose_name_plural": "pages d’aperçu",
                "ordering": ("piece", "rang"),
            },
        ),
        migrations.AddField(
            model_name="piece",
            name="apercu",
            field=models.CharField(
                choices=[
                    ("a_dessiner", "À dessiner"),
                    ("dessine", "Dessiné"),
                    ("impossible", "Impossible"),
                    ("ote", "Ôté"),
                ],
                default="a_dessiner",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="piece",
            name="apercu_essais",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="piece",
            name="sans_apercu",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        "introuvable",
                        "Le fichier de cette pièce est introuvable ou abîmé. Déposez-le de nouveau.",
                    ),
                    (
                        "trop",
                        "Ce document est trop lourd ou trop complexe pour être montré ici. Téléchargez le fichier.",
                    ),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(
                condition=models.Q(("apercu", "a_dessiner")),
                fields=["deposee_par", "id"],
                name="dossiers_apercus_a_dessiner",
            ),
        ),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(fields=["empreinte"], name="dossiers_piece_empreinte"),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(("apercu__in", ["a_dessiner", "dessine", "impossible", "ote"])),
                name="dossiers_piece_apercu_connu",
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(("apercu_essais__lte", 2)), name="dossiers_apercu_deux_essais"
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("apercu", "impossible"), ("sans_apercu__in", ["introuvable", "trop"])
                    ),
                    models.Q(
                        models.Q(("apercu", "impossible"), _negated=True), ("sans_apercu", "")
                    ),
                    _connector="OR",
                ),
                name="dossiers_sans_apercu_dit_pourquoi",
            ),
        ),
        migrations.AddField(
            model_name="pagedapercu",
            name="piece",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pages_dessinees",
                to="dossiers.piece",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagedapercu",
            constraint=models.UniqueConstraint(
                fields=("piece", "rang"), name="dossiers_page_dessinee_une_fois"
            ),
        ),
        migrations.AddConstraint(
            model_name="pagedapercu",
            constraint=models.CheckConstraint(
                condition=models.Q(("rang__gte", 1)), name="dossiers_page_des_la_premiere"
            ),
        ),
        migrations.RunPython(oter, migrations.RunPython.noop),
    ]
