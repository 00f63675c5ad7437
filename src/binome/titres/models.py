"""Parchemins and attestations: numbered without gap, sealed, never changed; a withdrawn one stays, and says so."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q

from binome.comptes.models import Organisation, Personne
from binome.gestes.modele import Suivi
from binome.parcours.models import Parcours
from binome.socle.contraintes import parmi
from binome.titres.etats import EtatDeDuplicata, EtatDeTitre, MotifDeRetrait, NatureDeTitre
from binome.titres.numeros import NumeroDeParchemin

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = (
    "AnneeDeTitres",
    "Badge",
    "CleDeBadge",
    "Duplicata",
    "MentionsDuTitre",
    "Titre",
    "un_jeton",
    "un_sel",
)

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody mistakes for one another."""
JETON: Final = 17


def un_jeton() -> str:
    """Eighty bits by chance: what a page of verification is found by."""
    return "".join(secrets.choice(ALPHABET) for _ in range(JETON))


def un_sel() -> str:
    """What the number of a title is hashed with in its badges."""
    return secrets.token_hex(16)


class AnneeDeTitres(models.Model):
    """The row that whoever draws a number of a year holds meanwhile, so that two never draw the same; the numbers are those
    of the titles themselves."""

    annee = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        verbose_name = "année de titres"

    def __str__(self) -> str:
        return str(self.annee)


class MentionsDuTitre(models.Model):
    """What a branch, or an organisation, gives once for its papers, from an instant on; never changed, another version follows.

    `rncp` is the number of the registration. `decision_le` is the day of the decision of France compétences, that no source
    gives: nothing is printed before the branch says it. An organisation gives `lieu`, `signataire` and `qualite` alone, with
    `rncp` empty. `essai`: values of a demonstration, that every paper says.
    """

    emetteur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rncp = models.CharField(max_length=10, blank=True)
    du = models.DateTimeField()
    decision_le: models.DateField[date | None, date | None] = models.DateField(null=True)
    certificateur = models.CharField(max_length=200, blank=True)
    intitule = models.CharField(max_length=200, blank=True)
    niveau = models.CharField(max_length=10, blank=True)
    niveau_europeen = models.CharField(max_length=10, blank=True)
    nsf = models.CharField(max_length=100, blank=True)
    lieu = models.CharField(max_length=100, blank=True)
    signataire = models.CharField(max_length=200, blank=True)
    qualite = models.CharField(max_length=200, blank=True)
    essai = models.BooleanField(default=False)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("emetteur", "rncp", "-du", "-pk")
        verbose_name = "mentions d’un titre"
        verbose_name_plural = "mentions des titres"

    def __str__(self) -> str:
        return f"mentions {self.pk}"


class Titre(Suivi):
    """What a branch, or an organisation for a FAE, delivers at the end of a path.

    `rang` counts within `annee`, without gap (`numeros.py`). `jeton` finds it at `/verifier/`. `blocs` are those that it
    certifies, all of them for a CQP. `contenu` is what its paper says of the certification, and what was proven, kept as it
    was printed; `titulaire` what it says of the person. `essai`: made with the values of a demonstration, and every paper
    says so. `fichier` is the sealed paper on its shelf, `empreinte` its SHA-256; both empty until it is sealed.
    """

    etat = models.CharField(max_length=10, choices=EtatDeTitre.choices, default=EtatDeTitre.DELIVRE)
    nature = models.CharField(max_length=6, choices=NatureDeTitre.choices)
    parcours = models.ForeignKey(Parcours, on_delete=models.PROTECT, related_name="titres")
    emetteur = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="titres")
    annee = models.PositiveSmallIntegerField()
    rang = models.PositiveIntegerField()
    jeton = models.CharField(max_length=JETON, unique=True, default=un_jeton)
    sel = models.CharField(max_length=32, default=un_sel)
    referentiel = models.CharField(max_length=40)
    blocs = models.JSONField(default=list)
    contenu = models.JSONField(default=dict)
    titulaire = models.JSONField(default=dict)
    delivre_le: models.DateField[date, date] = models.DateField()
    delivre_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    essai = models.BooleanField(default=False)
    fichier = models.CharField(max_length=80, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    scelle_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    revoque_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    motif_du_retrait = models.CharField(max_length=10, choices=MotifDeRetrait.choices, blank=True)
    raison = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-annee", "-rang")
        verbose_name = "titre"
        indexes = (
            models.Index(fields=["emetteur", "-annee", "-rang"], name="titres_de_l_emetteur"),
        )
        constraints = (
            parmi("etat", EtatDeTitre),
            parmi("nature", NatureDeTitre),
            models.UniqueConstraint(fields=["annee", "rang"], name="titres_un_numero_une_fois"),
            models.CheckConstraint(name="titres_un_rang", condition=Q(rang__gte=1)),
            models.UniqueConstraint(
                fields=["parcours"],
                condition=Q(
                    nature__in=(NatureDeTitre.CQP, NatureDeTitre.FAE), etat=EtatDeTitre.DELIVRE
                ),
                name="titres_un_parchemin_par_parcours",
            ),
            models.CheckConstraint(
                name="titres_retrait_motive",
                condition=Q(
                    etat=EtatDeTitre.REVOQUE,
                    revoque_le__isnull=False,
                    motif_du_retrait__in=MotifDeRetrait.values,
                )
                | Q(
                    etat=EtatDeTitre.DELIVRE,
                    revoque_le__isnull=True,
                    motif_du_retrait="",
                    raison="",
                ),
            ),
            models.CheckConstraint(
                name="titres_un_papier_a_son_empreinte",
                condition=Q(fichier="", empreinte="", scelle_le__isnull=True)
                | ~Q(fichier="") & ~Q(empreinte="") & Q(scelle_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        nom = self.titulaire.get("nom", "")
        return f"{self.numero} · {nom}" if nom else self.numero

    @property
    def numero(self) -> str:
        """Its number, as it is printed."""
        return str(NumeroDeParchemin(self.annee, self.rang))

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here: its own, destroyed with the dossier's."""
        return self.objet


class Duplicata(Suivi):
    """The same paper again, under the same number: the `rang`-th made of it, from 1."""

    etat = models.CharField(
        max_length=10, choices=EtatDeDuplicata.choices, default=EtatDeDuplicata.DELIVRE
    )
    titre = models.ForeignKey(Titre, on_delete=models.PROTECT, related_name="duplicatas")
    rang = models.PositiveSmallIntegerField()
    delivre_le: models.DateField[date, date] = models.DateField()
    delivre_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    fichier = models.CharField(max_length=80, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    scelle_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("titre", "rang")
        verbose_name = "duplicata"
        verbose_name_plural = "duplicatas"
        constraints = (
            parmi("etat", EtatDeDuplicata),
            models.UniqueConstraint(fields=["titre", "rang"], name="titres_un_duplicata_un_rang"),
            models.CheckConstraint(name="titres_rang_du_duplicata", condition=Q(rang__gte=1)),
        )

    def __str__(self) -> str:
        return f"duplicata n° {self.rang}"


class Badge(models.Model):
    """The portable credential of a title, whole (`bloc` 0) or of one bloc: where its status stands, for ever.

    `indice` is its place in the `liste`-th status list, drawn by chance and never given twice.
    """

    titre = models.ForeignKey(Titre, on_delete=models.PROTECT, related_name="badges")
    bloc = models.PositiveSmallIntegerField(default=0)
    numero = models.UUIDField(unique=True, default=uuid.uuid4)
    liste = models.PositiveSmallIntegerField()
    indice = models.PositiveIntegerField()

    class Meta:
        ordering = ("titre", "bloc", "pk")
        verbose_name = "badge"
        constraints = (
            models.UniqueConstraint(fields=["liste", "indice"], name="titres_un_indice_une_fois"),
            models.UniqueConstraint(fields=["titre", "bloc"], name="titres_un_badge_par_bloc"),
        )

    def __str__(self) -> str:
        return f"badge {self.numero}"


class CleDeBadge(models.Model):
    """The public half of a key that signs badges, kept for ever: what was signed before it was replaced is still verified.

    `publique` is its 32 bytes in base64url; `sert` for the one that signs. `retiree_le`: it was known to others, and what it signed holds no longer.
    """

    code = models.CharField(max_length=40, unique=True)
    publique = models.CharField(max_length=43)
    depuis = models.DateTimeField()
    sert = models.BooleanField(default=True)
    remplacee_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    retiree_le: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        ordering = ("depuis", "pk")
        verbose_name = "clé de badges"
        verbose_name_plural = "clés de badges"
        constraints = (
            models.UniqueConstraint(
                fields=["sert"], condition=Q(sert=True), name="titres_une_cle_a_la_fois"
            ),
            models.CheckConstraint(
                name="titres_cle_remplacee_le_jour_dit",
                condition=Q(sert=True, remplacee_le__isnull=True)
                | Q(sert=False, remplacee_le__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.code
