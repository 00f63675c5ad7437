"""What a branch says of its juries from a day on, and who may sit in them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.jurys.conflits import Jure
from binome.jurys.etats import College, EtatDeMembre, EtatDeReglement
from binome.jurys.quorum import ReglesDeJury
from binome.regles.calendrier import date_en_clair
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime


class ReglementDeJury(Suivi):
    """The parameters of the juries of a branch, from `du` on, as `quorum.py` reads them.

    `recours_jours` are the days to appeal, None where the branch gives none. `source` is the text that they come from.
    `essai`: values made up for a demonstration, which every paper says.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeReglement.choices, default=EtatDeReglement.EN_VIGUEUR
    )
    branche = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reglements_de_jury"
    )
    du: models.DateField[date, date] = models.DateField()
    presents = models.PositiveSmallIntegerField()
    par_college = models.PositiveSmallIntegerField()
    exterieurs_num = models.PositiveSmallIntegerField()
    exterieurs_den = models.PositiveSmallIntegerField(default=1)
    pouvoirs = models.PositiveSmallIntegerField()
    recours_jours: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    source = models.CharField(max_length=500)
    essai = models.BooleanField(default=False)
    ecrit_le = models.DateTimeField()

    class Meta:
        ordering = ("-du", "-pk")
        verbose_name = "règles des jurys"
        verbose_name_plural = "règles des jurys"
        constraints = (
            parmi("etat", EtatDeReglement),
            models.UniqueConstraint(
                fields=["branche", "du"],
                condition=Q(etat=EtatDeReglement.EN_VIGUEUR),
                name="jurys_un_reglement_un_jour",
            ),
            models.CheckConstraint(
                name="jurys_part_du_dehors",
                condition=Q(exterieurs_den__gte=1, exterieurs_num__lte=F("exterieurs_den")),
            ),
            models.CheckConstraint(name="jurys_jamais_seul", condition=Q(presents__gte=2)),
            models.CheckConstraint(name="jurys_reglement_source", condition=~Q(source="")),
        )

    def __str__(self) -> str:
        return f"règles depuis le {date_en_clair(self.du)}"

    @property
    def regles(self) -> ReglesDeJury:
        """The same, as the quorum and the votes read them."""
        return ReglesDeJury(
            du=self.du,
            presents=self.presents,
            par_college=self.par_college,
            exterieurs=Fraction(self.exterieurs_num, self.exterieurs_den),
            pouvoirs=self.pouvoirs,
            essai=self.essai,
            source=self.source,
        )


class MembreDeJury(Suivi):
    """Somebody who may sit, with an account or without; `exterieur` as the branch says it.

    `organismes` and `employeurs` are the organisations that tie them, by number, `connus` the paths of people they say they
    know; `jours` are those when they are free, `au_plus` how many juries they accept, `departement` where they come from, by its
    code. `declare_le` is when they last said so.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeMembre.choices, default=EtatDeMembre.INSCRIT
    )
    branche = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="membres")
    compte = models.ForeignKey(
        Personne, null=True, on_delete=models.PROTECT, related_name="membre_de_jurys"
    )
    prenom = models.CharField(max_length=100, blank=True)
    nom = models.CharField(max_length=100, blank=True)
    courriel = models.EmailField(max_length=254, blank=True)
    college = models.CharField(max_length=10, choices=College.choices)
    exterieur = models.BooleanField(default=False)
    organismes = models.JSONField(default=list)
    employeurs = models.JSONField(default=list)
    connus = models.JSONField(default=list)
    jours = models.JSONField(default=list)
    au_plus = models.PositiveSmallIntegerField(default=4)
    departement = models.CharField(max_length=3, blank=True)
    declare_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    inscrit_le = models.DateTimeField()

    class Meta:
        ordering = ("nom", "prenom", "pk")
        verbose_name = "membre de jury"
        verbose_name_plural = "membres de jury"
        indexes = (models.Index(fields=["branche", "etat"], name="jurys_membres_de_la_branche"),)
        constraints = (
            parmi("etat", EtatDeMembre),
            parmi("college", College),
            models.UniqueConstraint(
                fields=["branche", "courriel"],
                condition=~Q(courriel="") & ~Q(etat=EtatDeMembre.EFFACE),
                name="jurys_une_adresse_un_membre",
            ),
            models.CheckConstraint(
                name="jurys_membre_nomme_ou_efface",
                condition=Q(
                    etat=EtatDeMembre.EFFACE,
                    nom="",
                    prenom="",
                    courriel="",
                    departement="",
                    compte__isnull=True,
                )
                | ~Q(etat=EtatDeMembre.EFFACE) & ~Q(nom=""),
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
        return self.inscrit_le.isoformat()

    @property
    def jure(self) -> Jure:
        """The same, as conflicts and quorum read them."""
        return Jure(
            code=self.pk,
            nom=str(self),
            college=self.college,
            exterieur=self.exterieur,
            organismes=frozenset(self.organismes),
            employeurs=frozenset(self.employeurs),
            declares=frozenset(self.connus),
        )
