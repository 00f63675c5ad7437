"""Parchemins and attestations: numbered without gap, sealed, never changed; a withdrawn one stays, and says so."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.parcours.models import Parcours
from binome.socle.contraintes import parmi
from binome.titres.etats import EtatDeTitre, NatureDeTitre
from binome.titres.numeros import NumeroDeParchemin

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ("Titre", "un_jeton")


def un_jeton() -> str:
    """Eighty bits by chance, in letters and digits that nobody mistakes: what a page of verification is found by."""
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(17))


class Titre(Suivi):
    """What a branch, or an organisation for a FAE, delivers at the end of a path.

    `rang` counts within `annee`, without gap, for what bears a number (`numeros.py`). `jeton` finds it at `/verifier/`. `blocs`
    are those that it certifies, all of them for a CQP. `essai`: made with the values of a demonstration, and every paper says so.
    `fichier` is the sealed paper on its shelf, `empreinte` its SHA-256.
    """

    etat = models.CharField(max_length=10, choices=EtatDeTitre.choices, default=EtatDeTitre.DELIVRE)
    nature = models.CharField(max_length=6, choices=NatureDeTitre.choices)
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="titres")
    emetteur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="titres")
    annee = models.PositiveSmallIntegerField()
    rang = models.PositiveIntegerField()
    jeton = models.CharField(max_length=17, unique=True, default=un_jeton)
    referentiel = models.CharField(max_length=40)
    blocs = models.JSONField(default=list)
    delivre_le: models.DateField[date, date] = models.DateField()
    delivre_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    essai = models.BooleanField(default=False)
    fichier = models.CharField(max_length=80, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    revoque_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    raison = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-annee", "-rang")
        verbose_name = "titre"
        constraints = (
            parmi("etat", EtatDeTitre),
            parmi("nature", NatureDeTitre),
            models.UniqueConstraint(fields=["annee", "rang"], name="titres_un_numero_une_fois"),
            models.CheckConstraint(name="titres_un_rang", condition=Q(rang__gte=1)),
            models.UniqueConstraint(
                fields=["parcours"],
                condition=Q(nature=NatureDeTitre.CQP, etat=EtatDeTitre.DELIVRE),
                name="titres_un_parchemin_par_parcours",
            ),
            models.CheckConstraint(
                name="titres_revoque_dit_pourquoi",
                condition=Q(etat=EtatDeTitre.REVOQUE, revoque_le__isnull=False) & ~Q(raison="")
                | Q(etat=EtatDeTitre.DELIVRE, revoque_le__isnull=True, raison=""),
            ),
        )

    def __str__(self) -> str:
        return str(NumeroDeParchemin(self.annee, self.rang))

    @property
    def numero(self) -> str:
        """Its number, as it is printed."""
        return str(self)

    @property
    def sujet(self) -> str:
        """Whose key keeps what is written of a person: the path's, destroyed with the dossier's."""
        return self.parcours.sujet
