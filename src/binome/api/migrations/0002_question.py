"""What is asked of each row of a lot."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("binome_api", "0001_lots")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="lot",
            name="question",
            field=models.CharField(default="positionner", max_length=12),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(question__in=["positionner", "financer", "aide", "echeances"]),
                name="lot_question_connue",
            ),
        ),
    ]
