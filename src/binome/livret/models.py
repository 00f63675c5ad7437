"""Tutors, cards, what is said on them and who signs: rows that are added, never changed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.livret.etats import (
    CoteDuBinome,
    EtatDAbonnement,
    EtatDAppreciation,
    EtatDeCarte,
    EtatDeGlissement,
    EtatDeRappel,
    EtatDeSignatureDeCarte,
    EtatDeTutorat,
    MoyenDeCarte,
    Valeur,
)
from binome.livret.papier_modeles import CarteScannee
from binome.parcours.models import Parcours
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = (
    "AbonnementDAppareil",
    "Appreciation",
    "CarteDeSemaine",
    "CarteScannee",
    "Glissement",
    "RappelDeCarte",
    "SignatureDeCarte",
    "Tutorat",
)


class Tutorat(Suivi):
    """Who is the tutor of a path, for which employer, since and until when; one at a time."""

    etat = models.CharField(
        max_length=10, choices=EtatDeTutorat.choices, default=EtatDeTutorat.NOMME
    )
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="tutorats")
    tuteur = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="tutorats")
    employeur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    nomme_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    fini_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("parcours", "pk")
        verbose_name = "tutorat"
        constraints = (
            parmi("etat", EtatDeTutorat),
            models.UniqueConstraint(
                fields=["parcours"],
                condition=Q(etat=EtatDeTutorat.NOMME),
                name="livret_un_tuteur_a_la_fois",
            ),
            models.CheckConstraint(
                name="livret_tutorat_fini_le_jour_dit",
                condition=Q(etat=EtatDeTutorat.NOMME, fini_le__isnull=True)
                | Q(etat=EtatDeTutorat.FINI, fini_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"tutorat {self.pk}"


class CarteDeSemaine(Suivi):
    """The card of one week of a path; `semaine` is its Monday. It is born with the first thing said of that week."""

    etat = models.CharField(max_length=10, choices=EtatDeCarte.choices, default=EtatDeCarte.OUVERTE)
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="cartes")
    semaine: models.DateField[date, date] = models.DateField()

    class Meta:
        ordering = ("parcours", "-semaine")
        verbose_name = "carte"
        constraints = (
            parmi("etat", EtatDeCarte),
            models.UniqueConstraint(
                fields=["parcours", "semaine"], name="livret_une_carte_par_semaine"
            ),
            models.CheckConstraint(
                name="livret_semaine_du_lundi", condition=Q(semaine__iso_week_day=1)
            ),
        )

    def __str__(self) -> str:
        return f"carte {self.pk}"


class Appreciation(Suivi):
    """What one of the pair says of a competence for a week; said again, the former stays, `remplacee`.

    `uid` is made where it is said, so that what is sent twice is one. `vue` is the one that they saw when they said it, None
    for none: where it is no longer what holds, both are kept, to choose. `dite_le` is by the server's clock, `recue_le` when it
    came. `phrase` is theirs, without a word of any patient.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDAppreciation.choices, default=EtatDAppreciation.EN_VIGUEUR
    )
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    carte = models.ForeignKey(
        CarteDeSemaine, on_delete=models.PROTECT, related_name="appreciations"
    )
    competence = models.CharField(max_length=12)
    valeur = models.CharField(max_length=10, choices=Valeur.choices)
    phrase = models.CharField(max_length=280, blank=True)
    cote = models.CharField(max_length=10, choices=CoteDuBinome.choices)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    vue = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    dite_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    recue_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    appareil = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("carte", "competence", "pk")
        verbose_name = "appréciation"
        constraints = (
            parmi("etat", EtatDAppreciation),
            parmi("valeur", Valeur),
            parmi("cote", CoteDuBinome),
            models.UniqueConstraint(
                fields=["carte", "competence"],
                condition=Q(etat=EtatDAppreciation.EN_VIGUEUR),
                name="livret_une_appreciation_en_vigueur",
            ),
        )

    def __str__(self) -> str:
        return f"appréciation {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet


class SignatureDeCarte(Suivi):
    """That one of the pair signed what a card said: `empreinte` is the hash of what they saw.

    `pour` is who is said to have signed, None for a tutor whom nobody had named; `par` is the account that sent it: their own, or
    the other's whose phone they drew on. `image` is the drawing on its shelf;
    `feuille` the scan of the printed card that bears it, confirmed by `par`. It names no device and tells of nobody by itself: no
    key is made for it, which was half of what a sending costs.
    """

    etat = models.CharField(
        max_length=10,
        choices=EtatDeSignatureDeCarte.choices,
        default=EtatDeSignatureDeCarte.RECUE,
    )
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    carte = models.ForeignKey(CarteDeSemaine, on_delete=models.PROTECT, related_name="signatures")
    cote = models.CharField(max_length=10, choices=CoteDuBinome.choices)
    moyen = models.CharField(max_length=10, choices=MoyenDeCarte.choices)
    empreinte = models.CharField(max_length=64)
    signee_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    recue_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    image = models.CharField(max_length=100, blank=True)
    feuille = models.ForeignKey(
        CarteScannee, null=True, on_delete=models.PROTECT, related_name="signatures"
    )
    pour = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("carte", "pk")
        verbose_name = "signature d’une carte"
        verbose_name_plural = "signatures de cartes"
        constraints = (
            parmi("etat", EtatDeSignatureDeCarte),
            parmi("cote", CoteDuBinome),
            parmi("moyen", MoyenDeCarte),
            models.UniqueConstraint(
                fields=["carte", "cote"],
                condition=Q(etat=EtatDeSignatureDeCarte.RECUE),
                name="livret_une_signature_par_cote",
            ),
            models.CheckConstraint(
                name="livret_dessin_de_qui_dessine",
                condition=Q(image="") | Q(moyen=MoyenDeCarte.DESSIN),
            ),
            models.CheckConstraint(
                name="livret_papier_de_sa_feuille",
                condition=Q(moyen=MoyenDeCarte.PAPIER, feuille__isnull=False)
                | ~Q(moyen=MoyenDeCarte.PAPIER) & Q(feuille__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"signature de carte {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet


class Glissement(Suivi):
    """A task beyond the trade, or that the sources dispute, read in an appreciation by the catalogue of the day.

    `base` is the hash of the rule base that read it. The branch knows of it from `transmis_le`, the sentence apart.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeGlissement.choices, default=EtatDeGlissement.DIT
    )
    appreciation = models.ForeignKey(
        Appreciation, on_delete=models.PROTECT, related_name="glissements"
    )
    tache = models.CharField(max_length=8)
    base = models.CharField(max_length=80)
    dit_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    transmis_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("appreciation", "pk")
        verbose_name = "glissement de tâches"
        verbose_name_plural = "glissements de tâches"
        indexes = (models.Index(fields=["etat", "dit_le"], name="livret_glissements_par_etat"),)
        constraints = (
            parmi("etat", EtatDeGlissement),
            models.UniqueConstraint(
                fields=["appreciation", "tache"], name="livret_un_glissement_par_tache"
            ),
            models.CheckConstraint(
                name="livret_transmis_le_jour_dit",
                condition=Q(etat=EtatDeGlissement.TRANSMIS, transmis_le__isnull=False)
                | ~Q(etat=EtatDeGlissement.TRANSMIS) & Q(transmis_le__isnull=True),
            ),
            models.CheckConstraint(
                name="livret_transmis_apres_le_binome",
                condition=Q(transmis_le__isnull=True) | Q(transmis_le__gt=F("dit_le")),
            ),
        )

    def __str__(self) -> str:
        return f"glissement {self.pk}"


class RappelDeCarte(Suivi):
    """When one of the pair wants a word about a card that waits: `jour` 1 is Monday, `heure` by the clock of the training.

    `derniere` is the Monday of the last card that was recalled: one mail a week at most.
    """

    etat = models.CharField(max_length=10, choices=EtatDeRappel.choices, default=EtatDeRappel.ACTIF)
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="rappels")
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    jour = models.PositiveSmallIntegerField()
    heure = models.PositiveSmallIntegerField()
    derniere: models.DateField[date | None, date | None] = models.DateField(null=True)

    class Meta:
        ordering = ("parcours", "pk")
        verbose_name = "rappel"
        indexes = (models.Index(fields=["etat", "jour", "heure"], name="livret_rappels_du_jour"),)
        constraints = (
            parmi("etat", EtatDeRappel),
            models.UniqueConstraint(
                fields=["parcours", "personne"], name="livret_un_rappel_par_personne"
            ),
            models.CheckConstraint(
                name="livret_rappel_a_une_heure",
                condition=Q(jour__gte=1, jour__lte=7, heure__gte=7, heure__lte=20),
            ),
        )

    def __str__(self) -> str:
        return f"rappel {self.pk}"


class AbonnementDAppareil(Suivi):
    """A device that a person lets us wake: `adresse` is the one that its browser was given by a notification service.

    Nothing but a knock is ever sent there: neither a name, nor a text.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDAbonnement.choices, default=EtatDAbonnement.OUVERT
    )
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    adresse = models.CharField(max_length=600)
    ouvert_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("personne", "pk")
        verbose_name = "abonnement d’appareil"
        verbose_name_plural = "abonnements d’appareils"
        constraints = (
            parmi("etat", EtatDAbonnement),
            models.UniqueConstraint(
                fields=["adresse"],
                condition=Q(etat=EtatDAbonnement.OUVERT),
                name="livret_un_abonnement_par_appareil",
            ),
        )

    def __str__(self) -> str:
        return f"abonnement {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own."""
        return self.objet
