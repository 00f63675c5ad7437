"""What is proposed for a dossier, decided and contested, and what the branch settled for all of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from binome.comptes.models import Personne
from binome.dossiers.etats import Nature
from binome.regles.courante import code_par_defaut
from binome.socle.contraintes import parmi


class Proposition(models.Model):
    """What the rule base answers for the dossier, kept with the base's hash.

    `declare` and `prouve` are whole answers of the JSON contract; `sans_alerte` says that the proven
    one may be confirmed without a second look.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="propositions"
    )
    base = models.CharField(max_length=80)
    faits_declares = models.JSONField()
    faits_prouves = models.JSONField()
    declare = models.JSONField()
    prouve = models.JSONField()
    sans_alerte = models.BooleanField()
    preparee_le = models.DateTimeField(auto_now_add=True)
    preparee_par = models.ForeignKey(
        Personne, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("dossier", "-pk")

    def __str__(self) -> str:
        return f"proposition {self.pk}"


class PointTranche(models.Model):
    """An alert that the branch settled once for all its dossiers, with its reason; lifted, not deleted.

    The alert is still shown: it no longer keeps a clear dossier from being confirmed with others. An alert is of
    the rules of one certification: two may name theirs alike.
    """

    certification = models.CharField(max_length=40, default=code_par_defaut)
    code = models.CharField(max_length=60)
    position = models.TextField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    leve_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("certification", "code", "-le", "pk")
        verbose_name_plural = "points tranchés"
        constraints = (
            models.UniqueConstraint(
                fields=["certification", "code"],
                condition=Q(leve_le__isnull=True),
                name="dossiers_point_tranche_une_fois",
            ),
            models.CheckConstraint(name="dossiers_position_ecrite", condition=~Q(position="")),
            models.CheckConstraint(
                name="dossiers_point_d_une_certification", condition=~Q(certification="")
            ),
        )

    def __str__(self) -> str:
        return self.code


class Confirmation(models.Model):
    """One gesture that confirmed many proposals; undone as one, within an hour."""

    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    annulable_jusqu_a = models.DateTimeField()
    annulee_le = models.DateTimeField(null=True)
    nombre = models.PositiveIntegerField()

    class Meta:
        ordering = ("-le", "pk")

    def __str__(self) -> str:
        return f"confirmation {self.pk}"


class Deport(models.Model):
    """Somebody of the branch who said that they are close to a candidate: they no longer examine the dossier."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="deports"
    )
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        ordering = ("dossier", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["dossier", "personne"], name="dossiers_un_deport_par_personne"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier} {self.personne}"


class Decision(models.Model):
    """What the branch decided. `reponse` is what was granted, worked out again where it departs from the proposal.

    `raison` is why, in the catalogue (`raisons_d_ecart.yaml`), and `ecart` what a person typed of it; `depart` keeps what was
    settled by hand, against which rules, and what was confirmed for want of better (`jugement.py`).
    `sceau` is the name of the sealed letter and `sceau_empreinte` its SHA-256. A decision that was
    undone stays, with the day it was.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="decisions"
    )
    proposition = models.ForeignKey(Proposition, on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=20, choices=Nature.choices)
    reponse = models.JSONField()
    base = models.CharField(max_length=80)
    reserve = models.TextField(blank=True)
    raison = models.CharField(max_length=20, blank=True)
    ecart = models.TextField(blank=True)
    depart = models.JSONField(default=dict)
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    confirmation = models.ForeignKey(
        Confirmation, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    notifiable_des = models.DateTimeField()
    annulee_le = models.DateTimeField(null=True)
    sceau = models.CharField(max_length=80, blank=True)
    sceau_empreinte = models.CharField(max_length=64, blank=True)
    scellee_le = models.DateTimeField(null=True)
    notifiee_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("dossier", "-pk")
        indexes = (
            models.Index(
                fields=["notifiable_des"],
                condition=Q(notifiee_le__isnull=True, annulee_le__isnull=True),
                name="dossiers_a_notifier",
            ),
        )
        constraints = (
            parmi("nature", Nature),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(annulee_le__isnull=True),
                name="dossiers_une_decision_en_vigueur",
            ),
            models.CheckConstraint(
                name="dossiers_reserve_dite",
                condition=Q(nature=Nature.RESERVE) & ~Q(reserve="")
                | ~Q(nature=Nature.RESERVE) & Q(reserve=""),
            ),
            models.CheckConstraint(
                name="dossiers_ecart_motive", condition=Q(ecart="") | ~Q(raison="")
            ),
            models.CheckConstraint(
                name="dossiers_autre_raison_dite", condition=~Q(raison="autre") | ~Q(ecart="")
            ),
            models.CheckConstraint(
                name="dossiers_sceau_entier",
                condition=Q(sceau="", sceau_empreinte="", scellee_le__isnull=True)
                | (~Q(sceau="") & ~Q(sceau_empreinte="") & Q(scellee_le__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier} {self.nature}"


class Recours(models.Model):
    """A decision contested, and what was answered."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="recours")
    texte = models.TextField()
    par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    depose_le = models.DateTimeField()
    issue = models.CharField(
        max_length=10, blank=True, choices=(("maintenue", "Maintenue"), ("revue", "Revue"))
    )
    reponse = models.TextField(blank=True)
    repondu_par = models.ForeignKey(Personne, null=True, on_delete=models.PROTECT, related_name="+")
    repondu_le = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-depose_le", "pk")
        verbose_name_plural = "recours"
        constraints = (
            models.UniqueConstraint(
                fields=["decision"], condition=Q(issue=""), name="dossiers_un_recours_a_la_fois"
            ),
            models.CheckConstraint(name="dossiers_recours_ecrit", condition=~Q(texte="")),
            models.CheckConstraint(
                name="dossiers_recours_repondu",
                condition=Q(issue="", repondu_le__isnull=True)
                | (~Q(issue="") & ~Q(reponse="") & Q(repondu_le__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"recours {self.pk}"
