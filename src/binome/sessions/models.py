"""Sessions, their slots, and the paths enrolled in them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.parcours.models import Parcours
from binome.regles.calendrier import date_en_clair
from binome.reseau.models import Formateur, SiteDeFormation
from binome.sessions.abonnement_modeles import AbonnementAuxCreneaux
from binome.sessions.etats import (
    EtatDeCreneau,
    EtatDeSession,
    EtatDInscription,
    ModaliteDeCreneau,
    RaisonDeRetrait,
)
from binome.socle.contraintes import parmi
from binome.socle.dans_l_ordre import dans_l_ordre

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ("LE_PLUS_LONG", "AbonnementAuxCreneaux", "Creneau", "Inscription", "Session")

LE_PLUS_LONG: int = 12 * 60
"""Minutes of a slot with a timetable, at most."""


class Session(Suivi):
    """A run of blocs of a référentiel, by an organisation, on a site.

    `blocs` are their numbers, in the order in which they are taught. `jours` are the days of the week of its rhythm, `0`
    for Monday to `5` for Saturday, as a text of digits. `matin` and `apres_midi` are the minutes after midnight, by the
    clock of the site, when each half-day begins; `minutes_du_matin` and `minutes_de_l_apres_midi` how long it lasts, 0
    for none. `capacite` is the number of seats; `places_annoncees` says whether the public directory shows those left.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeSession.choices, default=EtatDeSession.PREPAREE
    )
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sessions")
    site = models.ForeignKey(SiteDeFormation, on_delete=models.PROTECT, related_name="sessions")
    certification = models.CharField(max_length=40)
    referentiel = models.CharField(max_length=40)
    blocs = models.JSONField(default=list)
    debut: models.DateField[date, date] = models.DateField()
    jours = models.CharField(max_length=6)
    matin = models.PositiveSmallIntegerField(default=540)
    minutes_du_matin = models.PositiveSmallIntegerField(default=210)
    apres_midi = models.PositiveSmallIntegerField(default=810)
    minutes_de_l_apres_midi = models.PositiveSmallIntegerField(default=210)
    modalite = models.CharField(
        max_length=10, choices=ModaliteDeCreneau.choices, default=ModaliteDeCreneau.SUR_PLACE
    )
    capacite = models.PositiveSmallIntegerField()
    places_annoncees = models.BooleanField(default=False)
    ouverte_le = models.DateTimeField()

    class Meta:
        ordering = ("-debut", "-pk")
        verbose_name = "session"
        indexes = (
            models.Index(fields=["organisme", "etat", "-debut"], name="sessions_de_l_organisme"),
        )
        constraints = (
            parmi("etat", EtatDeSession),
            parmi("modalite", ModaliteDeCreneau),
            models.CheckConstraint(name="sessions_des_places", condition=Q(capacite__gte=1)),
            models.CheckConstraint(
                name="sessions_des_jours", condition=Q(jours__regex=r"^[0-5]{1,6}$")
            ),
            models.CheckConstraint(
                name="sessions_des_heures",
                condition=Q(minutes_du_matin__gt=0) | Q(minutes_de_l_apres_midi__gt=0),
            ),
        )

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is typed about it: its own."""
        return self.objet

    @property
    def nom(self) -> str:
        """How people tell it from the others, to follow « la »."""
        return f"session du {date_en_clair(self.debut)} ({self.site.nom})"

    @property
    def semaine(self) -> tuple[int, ...]:
        """Its days of the week, `0` for Monday."""
        return tuple(int(un) for un in self.jours)


class Creneau(Suivi):
    """A slot: one module taught for `minutes`, between two instants, by someone, somewhere.

    `uid` names it outside (a calendar, a phone without network) and never changes. Taught at a distance without a
    timetable, it may be followed at any time between its two instants, and `minutes` is its declared mean duration.
    `fiche` is a trainer of the organisation who has no account yet: nobody counter-signs it until they have one.
    `module` and `bloc` are those of the référentiel of its session; `module` may be an épreuve's code.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeCreneau.choices, default=EtatDeCreneau.PREVU
    )
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="creneaux")
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    debut: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    fin: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    bloc = models.PositiveSmallIntegerField()
    module = models.CharField(max_length=12)
    modalite = models.CharField(max_length=10, choices=ModaliteDeCreneau.choices)
    formateur = models.ForeignKey(
        Personne, null=True, on_delete=models.PROTECT, related_name="creneaux"
    )
    fiche = models.ForeignKey(Formateur, null=True, on_delete=models.PROTECT, related_name="+")
    salle = models.CharField(max_length=80, blank=True)
    lien = models.URLField(max_length=300, blank=True)
    gele_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    gele_par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("debut", "pk")
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        indexes = (
            models.Index(fields=["session", "debut"], name="creneaux_de_la_session"),
            models.Index(fields=["formateur", "debut"], name="creneaux_du_formateur"),
            models.Index(fields=["salle", "debut"], name="creneaux_de_la_salle"),
        )
        constraints = (
            parmi("etat", EtatDeCreneau),
            parmi("modalite", ModaliteDeCreneau),
            dans_l_ordre(name="creneaux_finissent_apres", condition=Q(fin__gt=F("debut"))),
            models.CheckConstraint(
                name="creneaux_une_seule_personne_enseigne",
                condition=Q(formateur__isnull=True) | Q(fiche__isnull=True),
            ),
            models.CheckConstraint(name="creneaux_durent", condition=Q(minutes__gte=1)),
            models.CheckConstraint(
                name="creneaux_d_un_jour_au_plus",
                condition=Q(modalite=ModaliteDeCreneau.A_DISTANCE) | Q(minutes__lte=LE_PLUS_LONG),
            ),
            models.CheckConstraint(
                name="creneaux_geles_par_quelqu_un",
                condition=(
                    Q(etat=EtatDeCreneau.GELE, gele_le__isnull=False)
                    | ~Q(etat=EtatDeCreneau.GELE) & Q(gele_le__isnull=True)
                ),
            ),
        )

    def __str__(self) -> str:
        return f"créneau {self.pk}"

    @property
    def enseigne(self) -> str:
        """Who teaches it, with an account or not yet; empty while nobody is named."""
        return str(self.formateur or self.fiche or "")


class Inscription(Suivi):
    """A path enrolled in a session, for some of its `blocs`, by number.

    It is expected in the slots of these blocs whose module its path has to follow, from the day `depuis` (included, by the
    clock of the site); None, from the instant of its enrolment. `raison` says why it was taken off.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDInscription.choices, default=EtatDInscription.INSCRITE
    )
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="inscriptions")
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="inscriptions")
    blocs = models.JSONField(default=list)
    inscrite_le = models.DateTimeField()
    depuis: models.DateField[date | None, date | None] = models.DateField(null=True)
    retiree_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    raison = models.CharField(max_length=10, blank=True, choices=RaisonDeRetrait.choices)

    class Meta:
        ordering = ("session", "pk")
        verbose_name = "inscription"
        constraints = (
            parmi("etat", EtatDInscription),
            models.UniqueConstraint(
                fields=["session", "parcours"],
                condition=Q(etat=EtatDInscription.INSCRITE),
                name="inscriptions_une_par_session",
            ),
            models.CheckConstraint(
                name="inscriptions_retirees_avec_raison",
                condition=(
                    Q(etat=EtatDInscription.INSCRITE, retiree_le__isnull=True, raison="")
                    | Q(
                        etat=EtatDInscription.RETIREE,
                        retiree_le__isnull=False,
                        raison__in=RaisonDeRetrait.values,
                    )
                ),
            ),
        )

    def __str__(self) -> str:
        return f"inscription {self.pk}"
