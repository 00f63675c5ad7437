from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comptes", "0010_adresses_quittees")]
    operations = [
        migrations.AddField(
            model_name="organisation",
            name="contact",
            field=models.EmailField(blank=True, default="", max_length=254),
            preserve_default=False,
        ),
    ]
