"""The places where organisations train, who trains there, the calls of the branch, their answers and conventions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from binome.agenda.territoires import fuseau_du_departement
from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.reseau.etats import (
    EN_VIE,
    EtatDAppel,
    EtatDeCandidature,
    EtatDeConvention,
    EtatDeFormateur,
    EtatDeSite,
)
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime
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
    train, `soignant` whether they are a health professional; None where nobody said. `courriel` is where they are invited to
    open their account.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeFormateur.choices, default=EtatDeFormateur.FORME
    )
    organisme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="formateurs")
    compte = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    prenom = models.CharField(max_length=100, blank=True)
    nom = models.CharField(max_length=100, blank=True)
    courriel = models.EmailField(max_length=254, blank=True)
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
            models.CheckConstraint(
                name="reseau_formateur_efface_sans_adresse",
                condition=~Q(etat=EtatDeFormateur.EFFACE) | Q(courriel=""),
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


class Appel(Suivi):
    """A call of the branch to training organisations, open from a day to a day, both included.

    What it asks of who trains: `annees` of practice at least, a training to train, a percentage of health professionals;
    None or False where it asks nothing. `texte` is the branch's own.
    """

    etat = models.CharField(max_length=10, choices=EtatDAppel.choices, default=EtatDAppel.PREPARE)
    branche = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appels")
    certification = models.CharField(max_length=40)
    referentiel = models.CharField(max_length=40)
    titre = models.CharField(max_length=120)
    texte = models.TextField()
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date, date] = models.DateField()
    annees: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    formation_de_formateur = models.BooleanField(default=False)
    part_de_soignants: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    publie_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("-au", "-pk")
        verbose_name = "appel"
        constraints = (
            parmi("etat", EtatDAppel),
            models.CheckConstraint(name="reseau_appel_finit_apres", condition=Q(au__gte=F("du"))),
            models.CheckConstraint(
                name="reseau_appel_publie_un_jour",
                condition=Q(etat=EtatDAppel.PREPARE, publie_le__isnull=True)
                | Q(etat=EtatDAppel.PUBLIE, publie_le__isnull=False)
                | Q(etat=EtatDAppel.RETIRE),
            ),
            models.CheckConstraint(
                name="reseau_appel_part_d_un_tout",
                condition=Q(part_de_soignants__isnull=True) | Q(part_de_soignants__lte=100),
            ),
        )

    def __str__(self) -> str:
        return self.titre

    def ouvert_le(self, jour: date) -> bool:
        """Whether an organisation may answer on a day."""
        return self.etat == EtatDAppel.PUBLIE and self.du <= jour <= self.au


class OffreDeFormation(Suivi):
    """What an organisation proposes, then what it is bound to: where, how, how many people a year, under which Qualiopi.

    `sites` are numbers of places; `distance` gives by bloc the percentage taught at a distance, a bloc that is not there
    is not said. `qualiopi_du` and `qualiopi_au` are the days between which the certificate holds, both included.
    """

    sites: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    modalites: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    distance: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    capacite: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True
    )
    qualiopi = models.CharField(max_length=40, blank=True)
    qualiopi_du: models.DateField[date | None, date | None] = models.DateField(null=True)
    qualiopi_au: models.DateField[date | None, date | None] = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_qualiopi_finit_apres",
                condition=Q(qualiopi_du__isnull=True)
                | Q(qualiopi_au__isnull=True)
                | Q(qualiopi_au__gte=F("qualiopi_du")),
            ),
        )


class Candidature(OffreDeFormation):
    """The answer of an organisation to a call.

    `formateurs` are the numbers of those who would train; `comptes` what was counted of them the day it was sent.
    """

    etat = models.CharField(
        max_length=12, choices=EtatDeCandidature.choices, default=EtatDeCandidature.BROUILLON
    )
    appel = models.ForeignKey(Appel, on_delete=models.PROTECT, related_name="candidatures")
    organisme = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="candidatures"
    )
    formateurs: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    comptes: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    ouverte_le = models.DateTimeField()
    deposee_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    decidee_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta(OffreDeFormation.Meta):
        ordering = ("-ouverte_le", "-pk")
        verbose_name = "candidature d’organisme"
        verbose_name_plural = "candidatures d’organismes"
        constraints = (
            *OffreDeFormation.Meta.constraints,
            parmi("etat", EtatDeCandidature),
            models.UniqueConstraint(
                fields=["appel", "organisme"], name="reseau_une_candidature_par_appel"
            ),
            models.CheckConstraint(
                name="reseau_candidature_decidee_un_jour",
                condition=Q(etat__in=["acceptee", "refusee"], decidee_le__isnull=False)
                | ~Q(etat__in=["acceptee", "refusee"]) & Q(decidee_le__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisme.nom} · {self.appel.titre}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is typed about it: its own."""
        return self.objet


class Convention(OffreDeFormation):
    """What the branch agreed with an organisation for a référentiel, from a day to a day, both included."""

    etat = models.CharField(
        max_length=10, choices=EtatDeConvention.choices, default=EtatDeConvention.EN_COURS
    )
    organisme = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="conventions"
    )
    candidature = models.OneToOneField(
        Candidature, on_delete=models.PROTECT, related_name="convention"
    )
    certification = models.CharField(max_length=40)
    referentiel = models.CharField(max_length=40)
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date, date] = models.DateField()

    class Meta(OffreDeFormation.Meta):
        ordering = ("-du", "-pk")
        verbose_name = "convention"
        constraints = (
            *OffreDeFormation.Meta.constraints,
            parmi("etat", EtatDeConvention),
            models.CheckConstraint(
                name="reseau_convention_finit_apres", condition=Q(au__gte=F("du"))
            ),
            models.UniqueConstraint(
                fields=["organisme", "certification", "referentiel"],
                condition=Q(etat__in=EN_VIE),
                name="reseau_une_convention_en_cours",
            ),
        )

    def __str__(self) -> str:
        return f"Convention avec {self.organisme.nom}"

    @property
    def sujet(self) -> str:
        """Whose key keeps what is typed about it: its own."""
        return self.objet

    def en_vigueur(self, jour: date) -> bool:
        """Whether the organisation trains under it on a day: never before, after, nor while it is suspended."""
        return self.etat == EtatDeConvention.EN_COURS and self.du <= jour <= self.au
