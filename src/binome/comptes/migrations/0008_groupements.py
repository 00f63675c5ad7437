"""Groups of employers, and who answers for one."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0007_certification_d_une_branche"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="organisation",
            name="comptes_genre_connu",
        ),
        migrations.AlterField(
            model_name="appartenance",
            name="role",
            field=models.CharField(
                choices=[
                    ("gestionnaire", "Gestionnaire de l’organisme"),
                    ("formateur", "Formateur ou formatrice"),
                    ("employeur", "Employeur"),
                    ("tuteur", "Tuteur ou tutrice"),
                    ("groupement", "Groupement d’employeurs"),
                    ("administrateur", "Administration de la branche"),
                    ("examinateur", "Examen des dossiers"),
                    ("jury", "Organisation des jurys"),
                    ("opco", "Opco"),
                    ("cpam", "CPAM"),
                    ("pilote", "Pilotage"),
                    ("soutien", "Aide aux utilisateurs"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="genre",
            field=models.CharField(
                choices=[
                    ("organisme", "Organisme de formation"),
                    ("cabinet", "Cabinet ou structure de soins"),
                    ("groupement", "Groupement d’employeurs"),
                    ("branche", "Branche (CPNEFP)"),
                    ("opco", "Opco"),
                    ("cpam", "Caisse primaire (CPAM)"),
                    ("pilotage", "Pilotage du dispositif"),
                    ("soutien", "Aide aux utilisateurs"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "genre__in",
                        [
                            "organisme",
                            "cabinet",
                            "groupement",
                            "branche",
                            "opco",
                            "cpam",
                            "pilotage",
                            "soutien",
                        ],
                    )
                ),
                name="comptes_genre_connu",
            ),
        ),
    ]
