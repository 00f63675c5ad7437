"""Entries of the journal, the head of their chain, and the keys of personal values."""

from __future__ import annotations

from django.db import models


class Cle(models.Model):
    """The key under which the personal values of one subject are encrypted; None once destroyed.

    `sujet` names whom the values are about, as `personne:12` or `dossier:7`.
    """

    sujet = models.CharField(max_length=60, unique=True)
    valeur = models.BinaryField(null=True)
    detruite_le = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="journal_cle_detruite_ou_non",
                condition=models.Q(valeur__isnull=True, detruite_le__isnull=False)
                | models.Q(valeur__isnull=False, detruite_le__isnull=True),
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
    `sujet`.
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
    precedente = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("rang",)
        indexes = (models.Index(fields=["objet", "rang"], name="journal_objet"),)

    def __str__(self) -> str:
        return f"{self.rang} {self.geste} {self.objet}"
