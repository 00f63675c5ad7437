"""What a person chose about their own slots: a private address for their calendar, reminders the day before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from binome.comptes.models import Personne
from binome.gestes.modele import Suivi
from binome.sessions.etats import EtatDeRappelDeCreneau
from binome.socle.contraintes import parmi


class AbonnementAuxCreneaux(Suivi):
    """One for a person. `jeton` is the hash of the token of their address, the only thing that is kept of it; empty for none.

    Its state says whether they are reminded the day before; without an abonnement, they are.
    """

    etat = models.CharField(
        max_length=10,
        choices=EtatDeRappelDeCreneau.choices,
        default=EtatDeRappelDeCreneau.RAPPELE,
    )
    personne = models.OneToOneField(Personne, on_delete=models.PROTECT, related_name="+")
    jeton = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "abonnement aux créneaux"
        verbose_name_plural = "abonnements aux créneaux"
        constraints = (
            parmi("etat", EtatDeRappelDeCreneau),
            models.UniqueConstraint(
                fields=["jeton"], condition=~Q(jeton=""), name="abonnements_un_jeton"
            ),
        )

    def __str__(self) -> str:
        return f"abonnement {self.pk}"
