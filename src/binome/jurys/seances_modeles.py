"""Juries, who sits there, those presented to them, and what is decided of each bloc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.jurys.etats import (
    ASSISES,
    EtatDeDecisionDeBloc,
    EtatDeJury,
    EtatDePlace,
    EtatDePresentation,
    IssueDeBloc,
)
from binome.jurys.membres_modeles import MembreDeJury, ReglementDeJury
from binome.parcours.models import Parcours
from binome.regles.calendrier import date_en_clair, heure_du_jour
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime


class Jury(Suivi):
    """One sitting of a branch for a certification, on a day, somewhere; `heure` is when it begins, `departement` where it sits, by its code.

    `reglement` holds the parameters that it sits under, from the moment it opens.
    """

    etat = models.CharField(max_length=10, choices=EtatDeJury.choices, default=EtatDeJury.PREPARE)
    branche = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="jurys")
    certification = models.CharField(max_length=40)
    jour: models.DateField[date, date] = models.DateField()
    heure = models.CharField(max_length=5, blank=True)
    lieu = models.CharField(max_length=200, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    reglement = models.ForeignKey(
        ReglementDeJury, null=True, on_delete=models.PROTECT, related_name="jurys"
    )
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
            models.CheckConstraint(
                name="jurys_ouvert_sous_des_regles",
                condition=~Q(etat__in=(EtatDeJury.OUVERT, EtatDeJury.CLOS))
                | Q(reglement__isnull=False, ouvert_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"jury {self.pk}"

    @property
    def nom(self) -> str:
        """How people tell it from the others, to follow « le »."""
        return f"jury du {date_en_clair(self.jour)}"

    @property
    def heure_dite(self) -> str:
        """When it begins, as people say it: two of a day are told apart; empty while nobody gave it."""
        heures, _, minutes = self.heure.partition(":")
        return heure_du_jour(int(heures), int(minutes)) if minutes else ""


class PlaceAuJury(Suivi):
    """A seat that a person of the branch gave; `raisons` are who nearer or freer was passed over, by number, with why.

    `pouvoir` is the seat that votes for an absent one; `preside` the one who chairs. `rendez_vous` is
    the file of the calendar that was sent, on its shelf.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDePlace.choices, default=EtatDePlace.PROPOSEE
    )
    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="places")
    membre = models.ForeignKey(MembreDeJury, on_delete=models.PROTECT, related_name="places")
    raisons = models.JSONField(default=list)
    pouvoir = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="portes")
    preside = models.BooleanField(default=False)
    rendez_vous = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("jury", "pk")
        verbose_name = "place au jury"
        verbose_name_plural = "places au jury"
        constraints = (
            parmi("etat", EtatDePlace),
            models.UniqueConstraint(
                fields=["jury", "membre"],
                condition=Q(etat__in=ASSISES),
                name="jurys_une_place_chacun",
            ),
            models.UniqueConstraint(
                fields=["jury"],
                condition=Q(preside=True, etat__in=ASSISES),
                name="jurys_une_presidence",
            ),
            models.CheckConstraint(
                name="jurys_pouvoir_d_un_absent",
                condition=Q(pouvoir__isnull=True) | Q(etat=EtatDePlace.ABSENTE),
            ),
        )

    def __str__(self) -> str:
        return f"place {self.pk}"


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
    base that did. `presents` counts those who could vote for this person, present or represented, those in conflict gone: `ecartes`
    are their numbers. `remplace` is the decision that this one changed, in the sitting or on appeal.
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
    ecartes = models.JSONField(default=list)
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
        """Whose key keeps what is written of a person: its own, destroyed with the dossier's."""
        return self.objet
