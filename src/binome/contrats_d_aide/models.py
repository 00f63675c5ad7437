"""Doctors, their aid contracts, who takes part in them, who works under them, and what happens to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Organisation, Personne
from binome.contrats_d_aide.abonnement_modeles import AbonnementAuxEcheances
from binome.contrats_d_aide.etats import (
    CLOS,
    COURANTS,
    OUVERTS,
    BandeDActivite,
    EtatDeContrat,
    FiniPar,
    GenreDeContrat,
    GenreDePoste,
    NatureDEvenement,
    OptionDeContrat,
    PourvuPar,
    QualificationDite,
    SpecialiteDeMedecin,
    VersionDeContrat,
)
from binome.contrats_d_aide.recompte_modeles import (
    CompteDeContrat,
    EcartDeContrat,
    RecompteDeContrats,
)
from binome.contrats_d_aide.suivi_modeles import (
    HorlogeDeContrat,
    Objectif,
    ReleveDActivite,
    VersementAttendu,
)
from binome.emplois.models import Emploi
from binome.gestes.modele import Suivi
from binome.socle.contraintes import parmi

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = (
    "AbonnementAuxEcheances",
    "CompteDeContrat",
    "Contrat",
    "EcartDeContrat",
    "EvenementDeContrat",
    "HorlogeDeContrat",
    "Medecin",
    "MembreDuContrat",
    "Objectif",
    "PosteDuContrat",
    "RecompteDeContrats",
    "ReleveDActivite",
    "VersementAttendu",
)
ETP_AU_PLUS = 10_000
"""Hundredths of a full-time post in one collective contract: a hundred posts."""


class Medecin(models.Model):
    """A doctor who signs, or takes part in a group's contract; `rpps` is empty while nobody gave it.

    `personne` is their account, where they have one: a doctor reads their own contracts by it, whichever caisse signed.
    """

    nom = models.CharField(max_length=100)
    prenom = models.CharField("prénom", max_length=100, blank=True)
    rpps = models.CharField(max_length=11, blank=True)
    specialite = models.CharField(
        "spécialité", max_length=30, choices=SpecialiteDeMedecin.choices, blank=True
    )
    personne = models.OneToOneField(
        Personne, null=True, on_delete=models.PROTECT, related_name="medecin"
    )

    class Meta:
        ordering = ("nom", "prenom", "pk")
        verbose_name = "médecin"
        constraints = (
            models.CheckConstraint(
                name="contrats_rpps_onze_chiffres", condition=Q(rpps__regex=r"^([0-9]{11})?$")
            ),
            models.UniqueConstraint(
                fields=["rpps"], condition=~Q(rpps=""), name="contrats_un_rpps_un_medecin"
            ),
        )

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}".strip() or f"médecin {self.pk}"

    @property
    def objet(self) -> str:
        """How the journal names them, and the subject that it keeps their name under."""
        return f"medecin:{self.pk}"


class Contrat(Suivi):
    """An aid contract, from its preparation to its end.

    `signataire` is the practice that answers for it, None where it is not in Binôme: `cabinet` then names it. `societe` is the
    company of a collective one. `caisse` is None where it is not in Binôme: `autre_caisse` names it. `zone`: whether it stands in an
    under-dense zone; None is unknown, never « no ». `version` is the text of the day of the signature, kept. An individual one has an
    `option`, a collective one an `etp`, in hundredths of a full-time post. `debut` and `fin` are its first and last days, both included;
    years are counted from `signe_le`. `fini_le` is the last day that it ran. `faits` are what the rule base was given at the signature,
    `base` its hash, `reponse` its answer, frozen. `prochaine_le` and `prochaine` are the next duty, counted again from the clocks.
    `recherche` holds the folded names and numbers that find it.
    """

    etat = models.CharField(
        max_length=10, choices=EtatDeContrat.choices, default=EtatDeContrat.PREPARE
    )
    genre = models.CharField(max_length=10, choices=GenreDeContrat.choices)
    medecin = models.ForeignKey(
        Medecin, null=True, on_delete=models.PROTECT, related_name="contrats"
    )
    societe = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="contrats_collectifs"
    )
    signataire = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="contrats_signes"
    )
    cabinet = models.CharField(max_length=200, blank=True)
    caisse = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="contrats_de_la_caisse"
    )
    autre_caisse = models.CharField(max_length=200, blank=True)
    departement = models.CharField("département", max_length=3, blank=True)
    zone: models.BooleanField[bool | None, bool | None] = models.BooleanField(null=True)
    version_signee = models.CharField(max_length=20, choices=VersionDeContrat.choices, blank=True)
    option = models.CharField(max_length=10, choices=OptionDeContrat.choices, blank=True)
    etp: models.PositiveSmallIntegerField[int | None, int | None] = (
        models.PositiveSmallIntegerField(null=True)
    )
    bande = models.CharField(max_length=10, choices=BandeDActivite.choices, blank=True)
    signe_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    debut: models.DateField[date | None, date | None] = models.DateField(null=True)
    fin: models.DateField[date | None, date | None] = models.DateField(null=True)
    fini_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    fini_par = models.CharField(max_length=15, choices=FiniPar.choices, blank=True)
    motif = models.CharField(max_length=500, blank=True)
    precedent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="suivants"
    )
    faits = models.JSONField(default=dict)
    base = models.CharField(max_length=80, blank=True)
    reponse = models.JSONField(default=dict)
    prochaine_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    prochaine = models.CharField(max_length=30, blank=True)
    prepare_le = models.DateTimeField()
    essai = models.BooleanField(default=False)
    recherche = models.CharField(max_length=1_000, blank=True)

    class Meta:
        ordering = ("-prepare_le", "-pk")
        verbose_name = "contrat d’aide"
        verbose_name_plural = "contrats d’aide"
        indexes = (
            models.Index(
                fields=["caisse", "etat", "prochaine_le", "id"], name="contrats_par_echeance"
            ),
            models.Index(fields=["caisse", "prochaine_le", "id"], name="contrats_de_la_caisse"),
            models.Index(fields=["caisse", "departement"], name="contrats_du_departement"),
            models.Index(fields=["caisse", "recherche"], name="contrats_par_leurs_noms"),
            models.Index(fields=["signataire", "etat"], name="contrats_du_signataire"),
            models.Index(fields=["medecin", "etat"], name="contrats_du_medecin"),
        )
        constraints = (
            parmi("etat", EtatDeContrat),
            parmi("genre", GenreDeContrat),
            models.CheckConstraint(
                name="contrats_codes_connus",
                condition=Q(version_signee__in=("", *VersionDeContrat.values))
                & Q(option__in=("", *OptionDeContrat.values))
                & Q(bande__in=("", *BandeDActivite.values))
                & Q(fini_par__in=("", *FiniPar.values)),
            ),
            models.CheckConstraint(
                name="contrats_un_medecin_ou_une_societe",
                condition=Q(genre=GenreDeContrat.INDIVIDUEL, medecin__isnull=False, societe=None)
                | Q(genre=GenreDeContrat.COLLECTIF, medecin=None)
                & (Q(societe__isnull=False) | ~Q(cabinet="")),
            ),
            models.CheckConstraint(
                name="contrats_une_option_ou_des_postes",
                condition=Q(genre=GenreDeContrat.INDIVIDUEL, etp=None) & ~Q(option="")
                | Q(genre=GenreDeContrat.COLLECTIF, option="", etp__gte=1, etp__lte=ETP_AU_PLUS),
            ),
            models.CheckConstraint(
                name="contrats_une_caisse",
                condition=Q(caisse__isnull=False, autre_caisse="")
                | Q(caisse=None) & ~Q(autre_caisse=""),
            ),
            models.CheckConstraint(
                name="contrats_quelqu_un_le_tient",
                condition=Q(signataire__isnull=False) | Q(caisse__isnull=False),
            ),
            models.CheckConstraint(
                name="contrats_signes_en_entier",
                condition=~Q(etat__in=OUVERTS)
                | Q(signe_le__isnull=False, debut__isnull=False, fin__isnull=False)
                & ~Q(version_signee="")
                & ~Q(base=""),
            ),
            models.CheckConstraint(
                name="contrats_dans_l_ordre_des_jours",
                condition=(Q(debut=None) | Q(debut__gte=F("signe_le"), fin__gte=F("debut")))
                & (Q(fini_le=None) | Q(fini_le__gte=F("signe_le"))),
            ),
            models.CheckConstraint(
                name="contrats_finis_le_jour_dit",
                condition=Q(etat__in=CLOS, fini_le__isnull=False) & ~Q(fini_par="")
                | ~Q(etat__in=CLOS) & Q(fini_le=None, fini_par=""),
            ),
            models.CheckConstraint(
                name="contrats_pas_son_propre_precedent",
                condition=Q(precedent=None) | ~Q(precedent=F("id")),
            ),
            *(
                models.UniqueConstraint(
                    fields=["medecin", champ],
                    condition=Q(genre=GenreDeContrat.INDIVIDUEL, etat__in=etats)
                    & (Q(caisse__isnull=False) if champ == "caisse" else Q(caisse=None)),
                    name=f"contrats_un_{nom}_par_{champ}",
                )
                for champ in ("caisse", "autre_caisse")
                for nom, etats in (("signe", (EtatDeContrat.SIGNE,)), ("courant", COURANTS))
            ),
        )

    def __str__(self) -> str:
        return f"{self.partie} · {self.nom_de_la_caisse}"

    @property
    def partie(self) -> str:
        """Who signs with the caisse, in words."""
        if self.medecin is not None:
            return str(self.medecin)
        return self.cabinet if self.societe is None else self.societe.nom

    @property
    def nom_de_la_caisse(self) -> str:
        """The caisse, in words."""
        return self.autre_caisse if self.caisse is None else self.caisse.nom

    @property
    def nom_du_cabinet(self) -> str:
        """The practice that answers for it, in words."""
        return self.cabinet if self.signataire is None else self.signataire.nom

    @property
    def sujet(self) -> str:
        """Whose key keeps what is typed of it: its own."""
        return self.objet


class MembreDuContrat(models.Model):
    """A doctor in a collective contract; `entree` and `sortie` are their first and last days, both included."""

    contrat = models.ForeignKey(Contrat, on_delete=models.PROTECT, related_name="membres")
    medecin = models.ForeignKey(Medecin, on_delete=models.PROTECT, related_name="adhesions")
    entree: models.DateField[date, date] = models.DateField()
    sortie: models.DateField[date | None, date | None] = models.DateField(null=True)

    class Meta:
        ordering = ("contrat", "entree", "pk")
        verbose_name = "médecin d’un contrat collectif"
        verbose_name_plural = "médecins des contrats collectifs"
        constraints = (
            models.UniqueConstraint(
                fields=["contrat", "medecin"],
                condition=Q(sortie=None),
                name="contrats_un_medecin_une_fois",
            ),
            models.CheckConstraint(
                name="contrats_sortie_apres_l_entree",
                condition=Q(sortie=None) | Q(sortie__gte=F("entree")),
            ),
        )

    def __str__(self) -> str:
        return f"membre {self.pk}"


class PosteDuContrat(models.Model):
    """Someone who works under a contract, or the time of a promoted secretary that is to be filled again.

    `emploi` is their job where Binôme knows it, else `nom` says who. `part` is the share of time that this contract pays for, in basis
    points of a full-time post; `du` and `au` its first and last days, both included. What their path tells wins over
    `qualification`, that was only said. `promue`: they held the secretary's post before. `pourvu_le` is for a secretary's time.
    """

    contrat = models.ForeignKey(Contrat, on_delete=models.PROTECT, related_name="postes")
    genre = models.CharField(max_length=25, choices=GenreDePoste.choices)
    emploi = models.ForeignKey(
        Emploi, null=True, on_delete=models.PROTECT, related_name="postes_aides"
    )
    nom = models.CharField(max_length=200, blank=True)
    part: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date | None, date | None] = models.DateField(null=True)
    promue = models.BooleanField(default=False)
    qualification = models.CharField(max_length=15, choices=QualificationDite.choices, blank=True)
    qualifiee_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    afgsu_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    pourvu_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    pourvu_par = models.CharField(max_length=15, choices=PourvuPar.choices, blank=True)

    class Meta:
        ordering = ("contrat", "du", "pk")
        verbose_name = "poste d’un contrat d’aide"
        verbose_name_plural = "postes des contrats d’aide"
        constraints = (
            parmi("genre", GenreDePoste),
            models.CheckConstraint(
                name="contrats_postes_codes_connus",
                condition=Q(qualification__in=("", *QualificationDite.values))
                & Q(pourvu_par__in=("", *PourvuPar.values)),
            ),
            models.CheckConstraint(
                name="contrats_part_d_un_temps_plein",
                condition=Q(part__gte=1, part__lte=10_000) | Q(part=0, genre=GenreDePoste.TUTEUR),
            ),
            models.CheckConstraint(
                name="contrats_poste_dans_l_ordre",
                condition=(Q(au=None) | Q(au__gte=F("du")))
                & (Q(pourvu_le=None) | Q(pourvu_le__gte=F("du"))),
            ),
            models.CheckConstraint(
                name="contrats_pourvu_par_quelque_chose",
                condition=Q(pourvu_le=None, pourvu_par="")
                | Q(pourvu_le__isnull=False, genre=GenreDePoste.SECRETAIRE) & ~Q(pourvu_par=""),
            ),
            models.UniqueConstraint(
                fields=["contrat", "emploi", "genre"],
                condition=Q(emploi__isnull=False, au=None),
                name="contrats_un_emploi_une_fois",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_genre_display()} {self.pk}"


class EvenementDeContrat(models.Model):
    """What happened to a contract; never changed: a mistake is another event, that `annule` this one.

    `du` and `au` are its first and last days, both included; `au` is None while it goes on. `code` is the clock, or the rank and number
    of the payment (« 3.1 »), that it tells of; `montant_cents` what was paid. `document` is the paper that says so, on its shelf.
    """

    contrat = models.ForeignKey(Contrat, on_delete=models.PROTECT, related_name="evenements")
    nature = models.CharField(max_length=15, choices=NatureDEvenement.choices)
    du: models.DateField[date, date] = models.DateField()
    au: models.DateField[date | None, date | None] = models.DateField(null=True)
    poste = models.ForeignKey(
        PosteDuContrat, null=True, on_delete=models.PROTECT, related_name="evenements"
    )
    medecin = models.ForeignKey(
        Medecin, null=True, on_delete=models.PROTECT, related_name="evenements"
    )
    code = models.CharField(max_length=30, blank=True)
    montant_cents: models.PositiveIntegerField[int | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    annule = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="annule_par"
    )
    document = models.CharField(max_length=100, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    dit_le: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    dit_par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("contrat", "du", "pk")
        verbose_name = "événement d’un contrat d’aide"
        verbose_name_plural = "événements des contrats d’aide"
        constraints = (
            parmi("nature", NatureDEvenement),
            models.CheckConstraint(
                name="contrats_evenement_dans_l_ordre",
                condition=Q(au=None) | Q(au__gte=F("du")),
            ),
            models.CheckConstraint(
                name="contrats_rectifie_quelque_chose",
                condition=Q(nature=NatureDEvenement.RECTIFICATION, annule__isnull=False)
                | ~Q(nature=NatureDEvenement.RECTIFICATION) & Q(annule=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_nature_display()} {self.pk}"
