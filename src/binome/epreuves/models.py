"""Attempts at épreuves, what is granted for them, their grids, the tutor's opinion by bloc, the AFGSU."""

from __future__ import annotations

import uuid
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Personne
from binome.epreuves.etats import (
    D_ABSENCE,
    D_ANNULATION,
    EtatDAmenagement,
    EtatDAttestation,
    EtatDAvis,
    EtatDeGrille,
    EtatDePassation,
    EtatDeVerdict,
    MesureAccordee,
    RaisonDePassation,
    Verdict,
)
from binome.gestes.modele import Suivi
from binome.parcours.models import Parcours
from binome.sessions.models import Creneau
from binome.socle.contraintes import parmi
from binome.socle.dans_l_ordre import dans_l_ordre

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = (
    "Amenagement",
    "AttestationAfgsu",
    "AvisDeTuteur",
    "Grille",
    "Passation",
    "VerdictDeCompetence",
)


class Passation(Suivi):
    """One attempt of somebody at an épreuve of their référentiel; `tentative` is 1 the first time.

    `parties` are the minutes of each of its parts, extra time included; `debut` and `fin` are theirs alone within `creneau`,
    an oral one coming after another; all three are None while no slot is planned. `evaluateurs` is how many must fill a grid:
    no source says it, the organisation does. `evaluateur` and `second` are named to, or nobody yet.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDePassation.choices, default=EtatDePassation.PREVUE
    )
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="passations")
    bloc = models.PositiveSmallIntegerField()
    epreuve = models.CharField(max_length=12)
    tentative = models.PositiveSmallIntegerField(default=1)
    creneau = models.ForeignKey(
        Creneau, null=True, on_delete=models.PROTECT, related_name="passations"
    )
    debut: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    fin: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    parties = models.JSONField(default=list)
    evaluateurs = models.PositiveSmallIntegerField(default=1)
    evaluateur = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    prevue_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    convoquee_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    raison = models.CharField(max_length=10, blank=True, choices=RaisonDePassation.choices)

    class Meta:
        ordering = ("parcours", "bloc", "epreuve", "tentative", "pk")
        verbose_name = "passation"
        indexes = (
            models.Index(fields=["creneau", "debut"], name="epreuves_du_creneau"),
            models.Index(fields=["evaluateur", "etat"], name="epreuves_a_evaluer"),
            models.Index(fields=["second", "etat"], name="epreuves_a_evaluer_aussi"),
        )
        constraints = (
            parmi("etat", EtatDePassation),
            models.UniqueConstraint(
                fields=["parcours", "epreuve"],
                condition=Q(etat=EtatDePassation.PREVUE),
                name="epreuves_une_prevue_a_la_fois",
            ),
            models.UniqueConstraint(
                fields=["parcours", "epreuve", "tentative"],
                condition=~Q(etat=EtatDePassation.ANNULEE),
                name="epreuves_une_tentative_une_fois",
            ),
            models.CheckConstraint(
                name="epreuves_une_tentative_comptee", condition=Q(tentative__gte=1)
            ),
            models.CheckConstraint(
                name="epreuves_un_ou_deux_evaluateurs",
                condition=Q(evaluateurs=1, second__isnull=True)
                | Q(evaluateurs=2) & (Q(second__isnull=True) | ~Q(second=F("evaluateur"))),
            ),
            models.CheckConstraint(
                name="epreuves_une_heure_entiere",
                condition=Q(creneau__isnull=True, debut__isnull=True, fin__isnull=True)
                | Q(creneau__isnull=False, debut__isnull=False, fin__isnull=False),
            ),
            dans_l_ordre(name="epreuves_finissent_apres", condition=Q(fin__gt=F("debut"))),
            models.CheckConstraint(
                name="epreuves_manquees_avec_raison",
                condition=Q(etat=EtatDePassation.ABSENTE, raison__in=D_ABSENCE)
                | Q(
                    etat=EtatDePassation.ANNULEE,
                    raison__in=(*D_ANNULATION, RaisonDePassation.FIN),
                )
                | Q(etat__in=(EtatDePassation.PREVUE, EtatDePassation.PASSEE), raison=""),
            ),
        )

    def __str__(self) -> str:
        return f"passation {self.pk}"


class Amenagement(Suivi):
    """A measure granted to somebody for an épreuve, or for all of them (`epreuve` empty): the measure, never why.

    Extra time is the fraction `parts` on `sur`, a third at most. `precision` says how the measure is set up.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDAmenagement.choices, default=EtatDAmenagement.ACCORDE
    )
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="amenagements")
    epreuve = models.CharField(max_length=12, blank=True)
    mesure = models.CharField(max_length=12, choices=MesureAccordee.choices)
    parts: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    sur: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    precision = models.CharField(max_length=200, blank=True)
    accorde_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    accorde_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    retire_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("parcours", "pk")
        verbose_name = "aménagement"
        constraints = (
            parmi("etat", EtatDAmenagement),
            parmi("mesure", MesureAccordee),
            models.UniqueConstraint(
                fields=["parcours", "epreuve", "mesure"],
                condition=Q(etat=EtatDAmenagement.ACCORDE),
                name="epreuves_une_mesure_une_fois",
            ),
            models.CheckConstraint(
                name="epreuves_un_tiers_au_plus",
                condition=Q(
                    mesure=MesureAccordee.TEMPS, parts__gte=1, sur__gte=F("parts") * 3, sur__lte=100
                )
                | ~Q(mesure=MesureAccordee.TEMPS) & Q(parts__isnull=True, sur__isnull=True),
            ),
            models.CheckConstraint(
                name="epreuves_dispense_d_une_epreuve",
                condition=~Q(mesure=MesureAccordee.DISPENSE) | ~Q(epreuve=""),
            ),
            models.CheckConstraint(
                name="epreuves_amenagement_retire_le_jour_dit",
                condition=Q(etat=EtatDAmenagement.ACCORDE, retire_le__isnull=True)
                | Q(etat=EtatDAmenagement.RETIRE, retire_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"aménagement {self.pk}"

    @property
    def temps(self) -> Fraction:
        """The share of extra time; none for another measure."""
        return Fraction(self.parts, self.sur) if self.parts and self.sur else Fraction(0)

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet


class Grille(Suivi):
    """What an evaluator says of an attempt, competence by competence; said again, the former stays, `remplacee`.

    `uid` is made where it is filled, so that what is sent twice is one. `vue` is the one that its author saw when they filled it,
    None for none: where it is no longer what holds, both are kept, to choose. `remplie_le` is by the server's clock, `recue_le`
    when it came. A bloc without a list of competences is judged whole, under its own code.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeGrille.choices, default=EtatDeGrille.EN_VIGUEUR
    )
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    passation = models.ForeignKey(Passation, on_delete=models.PROTECT, related_name="grilles")
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    vue = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    remplie_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    recue_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    appareil = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("passation", "pk")
        verbose_name = "grille"
        indexes = (models.Index(fields=["par", "recue_le"], name="epreuves_grilles_de"),)
        constraints = (
            parmi("etat", EtatDeGrille),
            models.UniqueConstraint(
                fields=["passation", "par"],
                condition=Q(etat=EtatDeGrille.EN_VIGUEUR),
                name="epreuves_une_grille_par_evaluateur",
            ),
        )

    def __str__(self) -> str:
        return f"grille {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet


class VerdictDeCompetence(Suivi):
    """What a grid says of one competence, and what was observed; never changed, but for its erasure."""

    etat = models.CharField(max_length=10, choices=EtatDeVerdict.choices, default=EtatDeVerdict.DIT)
    grille = models.ForeignKey(Grille, on_delete=models.PROTECT, related_name="verdicts")
    competence = models.CharField(max_length=12)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    observation = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("grille", "competence")
        verbose_name = "verdict de compétence"
        verbose_name_plural = "verdicts de compétences"
        constraints = (
            parmi("etat", EtatDeVerdict),
            parmi("verdict", Verdict),
            models.UniqueConstraint(
                fields=["grille", "competence"], name="epreuves_un_verdict_par_competence"
            ),
            models.CheckConstraint(
                name="epreuves_observation_effacee",
                condition=Q(etat=EtatDeVerdict.DIT) | Q(observation=""),
            ),
        )

    def __str__(self) -> str:
        return f"verdict {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet


class AvisDeTuteur(Suivi):
    """What the tutor says of a bloc at the practice; said again, the former stays, `remplace`."""

    etat = models.CharField(max_length=10, choices=EtatDAvis.choices, default=EtatDAvis.EN_VIGUEUR)
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="avis_du_tuteur")
    bloc = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    observation = models.CharField(max_length=500, blank=True)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    donne_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("parcours", "bloc", "pk")
        verbose_name = "avis du tuteur"
        verbose_name_plural = "avis du tuteur"
        constraints = (
            parmi("etat", EtatDAvis),
            parmi("verdict", Verdict),
            models.UniqueConstraint(
                fields=["parcours", "bloc"],
                condition=Q(etat=EtatDAvis.EN_VIGUEUR),
                name="epreuves_un_avis_par_bloc",
            ),
        )

    def __str__(self) -> str:
        return f"avis du tuteur {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet


class AttestationAfgsu(Suivi):
    """The attestation of emergency care of somebody: its day, and the CESU that gave it.

    Until when it is valid is the rule base's to say, never written here.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDAttestation.choices, default=EtatDAttestation.EN_VIGUEUR
    )
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="attestations")
    obtenue_le: models.DateField[date, date] = models.DateField()
    cesu = models.CharField(max_length=120)
    notee_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    notee_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("parcours", "pk")
        verbose_name = "attestation AFGSU"
        verbose_name_plural = "attestations AFGSU"
        constraints = (
            parmi("etat", EtatDAttestation),
            models.UniqueConstraint(
                fields=["parcours"],
                condition=Q(etat=EtatDAttestation.EN_VIGUEUR),
                name="epreuves_une_afgsu_par_parcours",
            ),
            models.CheckConstraint(name="epreuves_afgsu_d_un_cesu", condition=~Q(cesu="")),
        )

    def __str__(self) -> str:
        return f"attestation AFGSU {self.pk}"
