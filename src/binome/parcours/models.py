"""Paths and their modules: what a decision granted, kept as it was the day it was notified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation
from binome.dossiers.models import Decision, Dossier
from binome.gestes.modele import Suivi
from binome.parcours.etats import EN_COURS, EtatDeParcours, RaisonDArret, Statut
from binome.regles.calendrier import date_en_clair
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime

AILLEURS: Final = "hors de Binôme"
"""How the name of a path says that its decision was taken elsewhere."""


class Parcours(Suivi):
    """One person's way under one référentiel, at one organisation.

    Its modules are copied from `decision` and never recomputed; or from the letter of a decision taken elsewhere than in
    Binôme, whose day is `positionne_le`. `formation`, `evaluations` and `dispensees` are minutes left
    to follow, of épreuves, and taken off by the decision, lumps included; None where no source gives them. `suite_de` is the path that this one goes on with,
    after a transfer or a decision revised. `du` is the first day of an interruption, until the path is taken up again.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeParcours.choices, default=EtatDeParcours.OUVERT
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="parcours")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    positionne_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parcours")
    suite_de = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="suivant"
    )
    voie = models.CharField(max_length=20)
    referentiel = models.CharField(max_length=40)
    base = models.CharField(max_length=80)
    formation = models.PositiveIntegerField(null=True)
    evaluations = models.PositiveIntegerField(null=True)
    dispensees = models.PositiveIntegerField(null=True)
    entree: models.DateField[date | None, date | None] = models.DateField(null=True)
    ouvert_le = models.DateTimeField()
    fini_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    raison = models.CharField(max_length=12, blank=True, choices=RaisonDArret.choices)
    du: models.DateField[date | None, date | None] = models.DateField(null=True)

    class Meta:
        ordering = ("-ouvert_le", "-pk")
        verbose_name = "parcours"
        verbose_name_plural = "parcours"
        indexes = (
            models.Index(
                fields=["organisme", "etat", "-ouvert_le"], name="parcours_de_l_organisme"
            ),
        )
        constraints = (
            parmi("etat", EtatDeParcours),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(etat__in=EN_COURS), name="parcours_un_en_cours"
            ),
            models.CheckConstraint(
                name="parcours_d_une_decision",
                condition=Q(decision__isnull=False, positionne_le__isnull=True)
                | Q(decision__isnull=True, positionne_le__isnull=False),
            ),
            models.CheckConstraint(
                name="parcours_fini_le_jour_dit",
                condition=Q(etat__in=EN_COURS, fini_le__isnull=True)
                | ~Q(etat__in=EN_COURS) & Q(fini_le__isnull=False),
            ),
            models.CheckConstraint(
                name="parcours_arret_motive",
                condition=Q(raison="") | Q(raison__in=RaisonDArret.values),
            ),
            models.CheckConstraint(
                name="parcours_interrompu_depuis",
                condition=~Q(etat=EtatDeParcours.INTERROMPU) | Q(du__isnull=False) & ~Q(raison=""),
            ),
        )

    def __str__(self) -> str:
        ailleurs = "" if self.positionne_le is None else f" · {AILLEURS}"
        return f"{self.dossier.personne} · {self.dossier.reference}{ailleurs}"

    @property
    def ailleurs(self) -> str:
        """That its decision was taken elsewhere, and when, as every page and paper of it says; empty otherwise."""
        if self.positionne_le is None:
            return ""
        return (
            f"Positionné hors de Binôme, par une décision du {date_en_clair(self.positionne_le)}."
        )

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own, destroyed with the dossier's."""
        return self.objet


class ModuleSuivi(models.Model):
    """A module of a path, as the decision names it; `minutes` are those of the whole module, whatever its status; None
    where no source gives them."""

    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="modules")
    rang = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    bloc = models.PositiveSmallIntegerField()
    intitule = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField(null=True)
    statut = models.CharField(max_length=10, choices=Statut.choices)

    class Meta:
        ordering = ("parcours", "rang")
        verbose_name = "module"
        constraints = (
            parmi("statut", Statut),
            models.UniqueConstraint(fields=["parcours", "code"], name="parcours_un_module_un_code"),
        )

    def __str__(self) -> str:
        return self.intitule
