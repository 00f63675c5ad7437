"""Entries of the journal, the head of their chain, and who was forgotten."""

from __future__ import annotations

from django.db import models

from binome.socle.dans_l_ordre import dans_l_ordre


class Oubli(models.Model):
    """A subject that is forgotten, as `personne:12` or `dossier:7`: their key is destroyed.

    Written in the transaction that erases; `fait_le` says when the register of erasures held it and the
    key was gone, both outside the database. `repere` tells the subject from another that a restored
    database could give the same number: a dossier's reference, or when an account was opened.
    """

    sujet = models.CharField(max_length=60, unique=True)
    repere = models.CharField(max_length=40, blank=True)
    demande_le = models.DateTimeField()
    fait_le = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["id"], condition=models.Q(fait_le__isnull=True), name="journal_a_oublier"
            ),
        )
        constraints = (
            dans_l_ordre(
                name="journal_oubli_fait_apres",
                condition=models.Q(fait_le__isnull=True)
                | models.Q(fait_le__gte=models.F("demande_le")),
            ),
        )

    def __str__(self) -> str:
        return self.sujet


class Tete(models.Model):
    """The last link of the chain, in a row of its own: who holds its lock may append."""

    rang = models.BigIntegerField(default=0)
    empreinte = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.rang}"


class Entree(models.Model):
    """One change. `rang` has no hole; `empreinte` is the SHA-256 of the entry and of the one before.

    `avant` and `apres` hold what changed; personal values are in `prive`, encrypted under the key of
    `sujet`. `lignes` keeps a mark of each value that the change wrote in the tables.
    """

    rang = models.BigIntegerField(primary_key=True)
    instant = models.DateTimeField()
    auteur = models.CharField(max_length=60)
    pour = models.CharField(max_length=60, blank=True)
    geste = models.CharField(max_length=60)
    objet = models.CharField(max_length=60)
    motif = models.TextField(blank=True)
    avant = models.JSONField(default=dict)
    apres = models.JSONField(default=dict)
    sujet = models.CharField(max_length=60, blank=True)
    prive = models.TextField(blank=True)
    lignes = models.JSONField(default=list)
    precedente = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("rang",)
        indexes = (models.Index(fields=["objet", "rang"], name="journal_objet"),)

    def __str__(self) -> str:
        return f"{self.rang} {self.geste} {self.objet}"


class Racine(models.Model):
    """The root of the tree of some entries, those since the root before: what a proof climbs to.

    `feuilles` keeps the leaves, 32 bytes each: once a salt is destroyed, its leaf cannot be made again.
    `annonce` is the text that was published and stamped; empty until the anchor that holds it is written.
    """

    numero = models.PositiveIntegerField(primary_key=True)
    premier = models.PositiveBigIntegerField()
    nombre = models.PositiveIntegerField()
    racine = models.CharField(max_length=64)
    feuilles = models.BinaryField()
    annonce = models.TextField(blank=True)
    empreinte = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("numero",)
        constraints = (
            models.CheckConstraint(
                name="journal_racine_depuis_un",
                condition=models.Q(numero__gte=1) & models.Q(premier__gte=1),
            ),
            models.CheckConstraint(
                name="journal_racine_annoncee_entiere",
                condition=models.Q(annonce="", empreinte="")
                | (~models.Q(annonce="") & ~models.Q(empreinte="")),
            ),
            models.UniqueConstraint(
                fields=["empreinte"],
                condition=~models.Q(empreinte=""),
                name="journal_racine_empreinte",
            ),
            models.UniqueConstraint(
                fields=["annonce"],
                condition=models.Q(annonce=""),
                name="journal_racine_une_en_attente",
            ),
        )

    def __str__(self) -> str:
        return f"{self.numero}"


class Jeton(models.Model):
    """The stamp of one authority over what a root announces."""

    racine = models.ForeignKey(Racine, models.PROTECT, related_name="jetons")
    autorite = models.CharField(max_length=100)
    contenu = models.BinaryField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["racine", "autorite"], name="journal_jeton_un_seul"),
        )

    def __str__(self) -> str:
        return self.autorite
