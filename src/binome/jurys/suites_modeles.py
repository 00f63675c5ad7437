"""What follows a sitting, and another door to it: the minutes, the appeals, the requests by experience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation
from binome.dossiers.models import Dossier
from binome.gestes.modele import Suivi
from binome.jurys.etats import VAE_EN_COURS, EtatDeProcesVerbal, EtatDeRecoursDeJury, EtatDeVae
from binome.jurys.seances_modeles import Jury, Presentation
from binome.parcours.models import Parcours
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime


class RecoursDeJury(Suivi):
    """What somebody answers to what a jury decided of them, and what became of it."""

    etat = models.CharField(
        max_length=10, choices=EtatDeRecoursDeJury.choices, default=EtatDeRecoursDeJury.DEPOSE
    )
    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="recours")
    texte = models.CharField(max_length=5000, blank=True)
    reponse = models.CharField(max_length=5000, blank=True)
    depose_le = models.DateTimeField()
    repondu_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-depose_le", "-pk")
        verbose_name = "recours contre un jury"
        verbose_name_plural = "recours contre un jury"
        constraints = (
            parmi("etat", EtatDeRecoursDeJury),
            models.UniqueConstraint(
                fields=["presentation"],
                condition=Q(etat=EtatDeRecoursDeJury.DEPOSE),
                name="jurys_un_recours_a_la_fois",
            ),
            models.CheckConstraint(
                name="jurys_recours_repondu",
                condition=Q(etat=EtatDeRecoursDeJury.DEPOSE, repondu_le__isnull=True)
                | ~Q(etat=EtatDeRecoursDeJury.DEPOSE) & Q(repondu_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.presentation.parcours} · {self.presentation.jury.nom}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is written of a person: its own, destroyed with the dossier's."""
        return self.objet


class ProcesVerbal(Suivi):
    """The minutes of a jury, frozen when it closes: `dit` is all that they say, `fichier` the sealed paper on its shelf.

    Those of an appeal say what it changed; those of a jury are unique.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeProcesVerbal.choices, default=EtatDeProcesVerbal.ETABLI
    )
    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="proces_verbaux")
    recours = models.OneToOneField(
        RecoursDeJury, null=True, on_delete=models.PROTECT, related_name="proces_verbal"
    )
    dit = models.JSONField(default=dict)
    etabli_le = models.DateTimeField()
    fichier = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    scelle_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("jury", "pk")
        verbose_name = "procès-verbal"
        verbose_name_plural = "procès-verbaux"
        constraints = (
            parmi("etat", EtatDeProcesVerbal),
            models.UniqueConstraint(
                fields=["jury"],
                condition=Q(recours__isnull=True),
                name="jurys_un_proces_verbal",
            ),
            models.CheckConstraint(
                name="jurys_proces_verbal_range",
                condition=Q(scelle_le__isnull=False) & ~Q(fichier="")
                | Q(scelle_le__isnull=True, fichier=""),
            ),
        )

    def __str__(self) -> str:
        return f"procès-verbal {self.pk}"


class DemarcheVae(Suivi):
    """A request by experience, of the person of a dossier, until they are presented to a jury.

    `heures` are those that they declare. `regle` is what the rule base answered of the condition of duration the day it was
    asked, with its status; `parcours` the path that carries the presentation.
    """

    etat = models.CharField(max_length=12, choices=EtatDeVae.choices, default=EtatDeVae.DEMANDEE)
    branche = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="vaes")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="vaes")
    parcours = models.OneToOneField(
        Parcours, null=True, on_delete=models.PROTECT, related_name="vae"
    )
    referentiel = models.CharField(max_length=40)
    heures = models.PositiveIntegerField()
    regle = models.JSONField(default=dict)
    base = models.CharField(max_length=80)
    demandee_le = models.DateTimeField()
    motif = models.CharField(max_length=1000, blank=True)
    accompagnement = models.CharField(max_length=200, blank=True)
    livret_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    entretien_le: models.DateField[date | None, date | None] = models.DateField(null=True)

    class Meta:
        ordering = ("-demandee_le", "-pk")
        verbose_name = "demande de VAE"
        verbose_name_plural = "demandes de VAE"
        constraints = (
            parmi("etat", EtatDeVae),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(etat__in=VAE_EN_COURS),
                name="jurys_une_vae_en_cours",
            ),
            models.CheckConstraint(
                name="jurys_vae_presentee_sur_un_parcours",
                condition=Q(etat=EtatDeVae.PRESENTEE, parcours__isnull=False)
                | ~Q(etat=EtatDeVae.PRESENTEE) & Q(parcours__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier.personne} · {self.dossier.reference}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is written of a person: its own, destroyed with the dossier's."""
        return self.objet
