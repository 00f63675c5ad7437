"""The places where organisations train."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.agenda.territoires import fuseau_du_departement
from binome.comptes.models import Organisation
from binome.gestes.modele import Suivi
from binome.reseau.etats import EtatDeSite
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class SiteDeFormation(Suivi):
    """A place where an organisation trains; `departement` is its code (`53`, `2A`, `974`), `places` how many people it seats.

    None is unknown for the places.
    """

    etat = models.CharField(max_length=10, choices=EtatDeSite.choices, default=EtatDeSite.OUVERT)
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    nom = models.CharField(max_length=120)
    adresse = models.CharField(max_length=200, blank=True)
    code_postal = models.CharField(max_length=5, blank=True)
    commune = models.CharField(max_length=120)
    departement = models.CharField(max_length=3)
    places: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )

    class Meta:
        ordering = ("organisme", "nom", "pk")
        verbose_name = "site de formation"
        verbose_name_plural = "sites de formation"
        constraints = (
            parmi("etat", EtatDeSite),
            models.UniqueConstraint(fields=["organisme", "nom"], name="reseau_un_site_un_nom"),
            models.CheckConstraint(
                name="reseau_site_quelque_part", condition=~Q(departement="") & ~Q(commune="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.nom}, {self.commune}"

    @property
    def fuseau(self) -> ZoneInfo:
        """The time that its clocks show."""
        return fuseau_du_departement(self.departement)
