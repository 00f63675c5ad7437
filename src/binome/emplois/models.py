"""People at work, their jobs, and the practices that are members of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.emplois.parts import PLEIN

if TYPE_CHECKING:
    from datetime import date, datetime


class Salarie(models.Model):
    """Someone who works: `personne` once they have an account, nobody's name before.

    Two rows may be one person until each is recognised; once known, a person is one row.
    """

    personne = models.OneToOneField(
        Personne, null=True, on_delete=models.PROTECT, related_name="salarie"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"salarie {self.pk}"

    @property
    def objet(self) -> str:
        """How the journal names them."""
        return f"salarie:{self.pk}"


class Emploi(models.Model):
    """One person's job with one employer, a practice or a group of practices.

    `part` is the share of time, in basis points of a full-time post. `du` and `au` are its first and last days,
    both included. None is unknown for a share or a first day; for a last day, it is not over. `retire_le`: since
    then, what was said is no longer held true (a mistake, or another employer named in its place).
    """

    salarie = models.ForeignKey(Salarie, on_delete=models.PROTECT, related_name="emplois")
    employeur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="emplois")
    part: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    du: models.DateField[date | None, date | None] = models.DateField(null=True)
    au: models.DateField[date | None, date | None] = models.DateField(null=True)
    retire_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=["employeur", "au"],
                condition=Q(retire_le__isnull=True),
                name="emplois_de_l_employeur",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="emplois_part_d_un_temps_plein",
                condition=Q(part__isnull=True) | Q(part__gte=1, part__lte=PLEIN),
            ),
            models.CheckConstraint(
                name="emplois_fin_apres_le_debut",
                condition=Q(du__isnull=True) | Q(au__isnull=True) | Q(au__gte=F("du")),
            ),
            models.UniqueConstraint(
                fields=["salarie", "employeur"],
                condition=Q(au__isnull=True, retire_le__isnull=True),
                name="emplois_un_seul_ouvert_par_employeur",
            ),
        )

    def __str__(self) -> str:
        return f"emploi {self.pk}"

    @property
    def objet(self) -> str:
        """How the journal names it, and the subject that it keeps its values under."""
        return f"emploi:{self.pk}"


class Adhesion(models.Model):
    """A practice, member of a group of employers; `du` and `au` are its first and last days, both included."""

    groupement = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="adhesions")
    membre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groupements")
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date | None, date | None] = models.DateField(null=True)

    class Meta:
        ordering = ("groupement", "pk")
        constraints = (
            models.CheckConstraint(
                name="emplois_pas_membre_de_soi", condition=~Q(groupement=F("membre"))
            ),
            models.CheckConstraint(
                name="emplois_depart_apres_l_entree",
                condition=Q(au__isnull=True) | Q(au__gte=F("du")),
            ),
            models.UniqueConstraint(
                fields=["groupement", "membre"],
                condition=Q(au__isnull=True),
                name="emplois_membre_une_fois",
            ),
        )

    def __str__(self) -> str:
        return f"adhésion {self.pk}"
