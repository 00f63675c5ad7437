"""What a person chose about the days of their aid contracts: a private address for their calendar."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from binome.comptes.models import Personne
from binome.contrats_d_aide.etats_de_l_abonnement import EtatDAbonnementAuxEcheances
from binome.gestes.modele import Suivi
from binome.socle.contraintes import parmi


class AbonnementAuxEcheances(Suivi):
    """One for a person. `jeton` is the hash of the token of their address, the only thing that is kept of it; empty once closed."""

    etat = models.CharField(
        max_length=10,
        choices=EtatDAbonnementAuxEcheances.choices,
        default=EtatDAbonnementAuxEcheances.FERME,
    )
    personne = models.OneToOneField(Personne, on_delete=models.PROTECT, related_name="+")
    jeton = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "abonnement aux échéances"
        verbose_name_plural = "abonnements aux échéances"
        constraints = (
            parmi("etat", EtatDAbonnementAuxEcheances),
            models.UniqueConstraint(
                fields=["jeton"], condition=~Q(jeton=""), name="contrats_un_jeton"
            ),
            models.CheckConstraint(
                name="contrats_ouvert_a_son_adresse",
                condition=Q(etat=EtatDAbonnementAuxEcheances.OUVERT) & ~Q(jeton="")
                | Q(etat=EtatDAbonnementAuxEcheances.FERME, jeton=""),
            ),
        )

    def __str__(self) -> str:
        return f"abonnement aux échéances {self.pk}"
