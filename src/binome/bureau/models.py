"""Views of the list that a person keeps, for themselves or for their branch."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne


class VueGardee(models.Model):
    """A list, by its filters as the address says them, under a name; of a `branche`, or of who kept it alone.

    No search is kept: it may be somebody's name.
    """

    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="vues_gardees")
    branche = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="vues_gardees"
    )
    nom = models.CharField(max_length=40)
    requete = models.CharField(max_length=400)
    le = models.DateTimeField()

    class Meta:
        ordering = ("nom", "pk")
        verbose_name = "vue gardée"
        verbose_name_plural = "vues gardées"
        constraints = (
            models.CheckConstraint(name="bureau_vue_dite", condition=~Q(nom="") & ~Q(requete="")),
            models.UniqueConstraint(
                fields=["personne", "nom"],
                condition=Q(branche__isnull=True),
                name="bureau_une_vue_un_nom",
            ),
            models.UniqueConstraint(
                fields=["branche", "nom"],
                condition=Q(branche__isnull=False),
                name="bureau_une_vue_un_nom_de_branche",
            ),
        )

    def __str__(self) -> str:
        return self.nom
