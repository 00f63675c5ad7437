"""Juries, those presented to them, and what is decided of each bloc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.jurys.etats import EtatDeDecisionDeBloc, EtatDeJury, EtatDePresentation, IssueDeBloc
from binome.parcours.models import Parcours
from binome.regles.calendrier import date_en_clair
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ("DecisionDeBloc", "Jury", "Presentation")


class Jury(Suivi):
    """One sitting of a branch for a certification, on a day, somewhere."""

    etat = models.CharField(max_length=10, choices=EtatDeJury.choices, default=EtatDeJury.PREPARE)
    branche = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="jurys")
    certification = models.CharField(max_length=40)
    jour: models.DateField[date, date] = models.DateField()
    lieu = models.CharField(max_length=200, blank=True)
    ouvert_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    clos_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-jour", "-pk")
        verbose_name = "jury"
        verbose_name_plural = "jurys"
        indexes = (models.Index(fields=["branche", "etat", "-jour"], name="jurys_de_la_branche"),)
        constraints = (
            parmi("etat", EtatDeJury),
            models.CheckConstraint(
                name="jurys_clos_le_jour_dit",
                condition=Q(etat=EtatDeJury.CLOS, clos_le__isnull=False)
                | ~Q(etat=EtatDeJury.CLOS) & Q(clos_le__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"jury {self.pk}"

    @property
    def nom(self) -> str:
        """How people tell it from the others, to follow « le »."""
        return f"jury du {date_en_clair(self.jour)}"


class Presentation(Suivi):
    """Somebody presented to a jury, for some blocs: `tentative` is 1 the first time, one more at each redoublement.

    A person is in one jury at a time. `referentiel` is the one that their path follows.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDePresentation.choices, default=EtatDePresentation.A_EXAMINER
    )
    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="presentations")
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="presentations")
    referentiel = models.CharField(max_length=40)
    tentative = models.PositiveSmallIntegerField(default=1)
    blocs = models.JSONField(default=list)
    decidee_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("jury", "pk")
        verbose_name = "présentation"
        constraints = (
            parmi("etat", EtatDePresentation),
            models.UniqueConstraint(
                fields=["parcours"],
                condition=Q(etat=EtatDePresentation.A_EXAMINER),
                name="jurys_un_jury_a_la_fois",
            ),
            models.UniqueConstraint(
                fields=["parcours", "tentative"],
                condition=~Q(etat=EtatDePresentation.RETIREE),
                name="jurys_une_tentative_une_fois",
            ),
            models.CheckConstraint(
                name="jurys_decidee_le_jour_dit",
                condition=Q(etat=EtatDePresentation.DECIDEE, decidee_le__isnull=False)
                | ~Q(etat=EtatDePresentation.DECIDEE) & Q(decidee_le__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"présentation {self.pk}"


class DecisionDeBloc(Suivi):
    """What a jury decided of a bloc, with its votes, its reason and what it advises.

    `proposee` is what the grids and the tutor's opinion proposed then, as `propositions.py` says it; `base` the hash of the rule
    base that did. `presents` counts those who could vote for this person, those in conflict gone; `remplace` is the decision
    that an appeal changed.
    """

    etat = models.CharField(
        max_length=10,
        choices=EtatDeDecisionDeBloc.choices,
        default=EtatDeDecisionDeBloc.EN_VIGUEUR,
    )
    presentation = models.ForeignKey(
        Presentation, on_delete=models.PROTECT, related_name="decisions"
    )
    bloc = models.PositiveSmallIntegerField()
    issue = models.CharField(max_length=8, choices=IssueDeBloc.choices)
    raison = models.CharField(max_length=1000, blank=True)
    recommandation = models.CharField(max_length=1000, blank=True)
    proposee = models.JSONField(default=dict)
    base = models.CharField(max_length=80)
    presents = models.PositiveSmallIntegerField()
    pour = models.PositiveSmallIntegerField()
    contre = models.PositiveSmallIntegerField()
    decidee_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    decidee_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    remplace = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="remplacante"
    )

    class Meta:
        ordering = ("presentation", "bloc", "pk")
        verbose_name = "décision de bloc"
        constraints = (
            parmi("etat", EtatDeDecisionDeBloc),
            parmi("issue", IssueDeBloc),
            models.UniqueConstraint(
                fields=["presentation", "bloc"],
                condition=Q(etat=EtatDeDecisionDeBloc.EN_VIGUEUR),
                name="jurys_une_decision_par_bloc",
            ),
            models.CheckConstraint(
                name="jurys_des_voix_de_presents",
                condition=Q(pour__lte=F("presents") - F("contre")),
            ),
            models.CheckConstraint(
                name="jurys_ajournement_motive",
                condition=Q(issue=IssueDeBloc.VALIDE) | ~Q(raison=""),
            ),
        )

    def __str__(self) -> str:
        return f"décision de bloc {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is written of a person: the path's, destroyed with the dossier's."""
        return self.presentation.parcours.sujet
