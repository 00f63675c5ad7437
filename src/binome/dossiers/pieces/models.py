"""Documents, their page images, and the suspect files that are kept apart."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from binome.comptes.models import Personne
from binome.depot.etats import EtatDApercu, SansApercu
from binome.dossiers.etats import CONSEILS, EtatDePiece, MotifDeRefus
from binome.socle.contraintes import parmi


class Piece(models.Model):
    """A document. `fichier` is a random name outside the web root; `empreinte` its SHA-256.

    `apercu` says where its page images stand, and `apercu_essais` how often drawing them was begun
    without an end: twice at most.
    """

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="pieces")
    nature = models.CharField(max_length=20)
    nom = models.CharField(max_length=120)
    fichier = models.CharField(max_length=80, unique=True)
    type = models.CharField(max_length=40)
    octets = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    empreinte = models.CharField(max_length=64)
    etat = models.CharField(max_length=10, choices=EtatDePiece.choices, default=EtatDePiece.RECUE)
    motif = models.CharField(max_length=20, choices=MotifDeRefus.choices, blank=True)
    precision = models.TextField(blank=True)
    deposee_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    deposee_le = models.DateTimeField(auto_now_add=True)
    examinee_par = models.ForeignKey(
        Personne, null=True, on_delete=models.PROTECT, related_name="+"
    )
    examinee_le = models.DateTimeField(null=True)
    apercu = models.CharField(
        max_length=10, choices=EtatDApercu.choices, default=EtatDApercu.A_DESSINER
    )
    apercu_essais = models.PositiveSmallIntegerField(default=0)
    sans_apercu = models.CharField(max_length=12, choices=SansApercu.choices, blank=True)

    class Meta:
        ordering = ("nature", "deposee_le", "pk")
        indexes = (
            models.Index(
                fields=["deposee_par", "id"],
                condition=Q(apercu=EtatDApercu.A_DESSINER),
                name="dossiers_apercus_a_dessiner",
            ),
            models.Index(fields=["empreinte"], name="dossiers_piece_empreinte"),
        )
        constraints = (
            parmi("etat", EtatDePiece),
            parmi("apercu", EtatDApercu),
            models.CheckConstraint(
                name="dossiers_apercu_deux_essais", condition=Q(apercu_essais__lte=2)
            ),
            models.CheckConstraint(
                name="dossiers_sans_apercu_dit_pourquoi",
                condition=Q(apercu=EtatDApercu.IMPOSSIBLE, sans_apercu__in=SansApercu.values)
                | (~Q(apercu=EtatDApercu.IMPOSSIBLE) & Q(sans_apercu="")),
            ),
            models.CheckConstraint(
                name="dossiers_retiree_sans_apercu",
                condition=~Q(etat=EtatDePiece.RETIREE) | Q(apercu=EtatDApercu.OTE),
            ),
            models.CheckConstraint(
                name="dossiers_refus_motive",
                condition=Q(etat=EtatDePiece.REFUSEE, motif__in=MotifDeRefus.values)
                | (~Q(etat=EtatDePiece.REFUSEE) & Q(motif="")),
            ),
            models.CheckConstraint(
                name="dossiers_examen_signe",
                condition=Q(etat__in=(EtatDePiece.RECUE, EtatDePiece.RETIREE))
                | (Q(examinee_par__isnull=False) & Q(examinee_le__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.nature} {self.pk}"

    @property
    def conseil(self) -> str:
        """What to do about the reason of its refusal; empty for a document that was not refused."""
        return CONSEILS[MotifDeRefus(self.motif)] if self.motif else ""


class Quarantaine(models.Model):
    """A suspect file kept apart. `fichier` is empty once erased; the row stays, as what happened."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="quarantaines"
    )
    motif = models.CharField(max_length=20)
    fichier = models.CharField(max_length=80, blank=True)
    octets = models.PositiveIntegerField()
    empreinte = models.CharField(max_length=64)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    effacer_le = models.DateTimeField()

    class Meta:
        ordering = ("-le", "pk")
        constraints = (
            models.CheckConstraint(
                name="dossiers_quarantaine_bornee", condition=Q(effacer_le__gt=F("le"))
            ),
        )

    def __str__(self) -> str:
        return f"quarantaine {self.pk}"


class PageDApercu(models.Model):
    """One page of a document as an image. `fichier` is its name on the shelf of page images."""

    piece = models.ForeignKey(
        "dossiers.Piece", on_delete=models.CASCADE, related_name="pages_dessinees"
    )
    rang = models.PositiveSmallIntegerField()
    fichier = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("piece", "rang")
        verbose_name_plural = "pages d’aperçu"
        constraints = (
            models.UniqueConstraint(
                fields=["piece", "rang"], name="dossiers_page_dessinee_une_fois"
            ),
            models.CheckConstraint(name="dossiers_page_des_la_premiere", condition=Q(rang__gte=1)),
        )

    def __str__(self) -> str:
        return f"page {self.rang} de la pièce {self.piece_id}"
