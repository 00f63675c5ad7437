"""The places where organisations train, and who trains there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.agenda.territoires import fuseau_du_departement
from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.reseau.etats import EtatDeFormateur, EtatDeSite
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date
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


class Formateur(Suivi):
    """Somebody who trains for an organisation, with an account or without.

    `annees` are whole years of practice in the fields of the certification, `forme_a_former` whether they were trained to
    train, `soignant` whether they are a health professional; None where nobody said.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeFormateur.choices, default=EtatDeFormateur.FORME
    )
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="formateurs")
    compte = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    prenom = models.CharField(max_length=100, blank=True)
    nom = models.CharField(max_length=100, blank=True)
    annees: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    forme_a_former: models.BooleanField[bool | None, bool | None] = models.BooleanField(null=True)
    soignant: models.BooleanField[bool | None, bool | None] = models.BooleanField(null=True)
    depuis: models.DateField[date | None, date | None] = models.DateField(null=True)
    ajoute_le = models.DateTimeField()

    class Meta:
        ordering = ("nom", "prenom", "pk")
        verbose_name = "formateur ou formatrice"
        verbose_name_plural = "formateurs et formatrices"
        constraints = (
            parmi("etat", EtatDeFormateur),
            models.UniqueConstraint(
                fields=["organisme", "compte"],
                condition=Q(compte__isnull=False),
                name="reseau_un_compte_un_formateur",
            ),
            models.CheckConstraint(
                name="reseau_formateur_nomme_ou_efface",
                condition=Q(etat=EtatDeFormateur.EFFACE, nom="", prenom="", compte__isnull=True)
                | ~Q(etat=EtatDeFormateur.EFFACE) & ~Q(nom=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}".strip() or "nom effacé"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: their own."""
        return self.objet

    @property
    def repere(self) -> str:
        """What tells them from another that a restored database could give the same number."""
        return self.ajoute_le.isoformat()
