"""What every model under a flow has: a state, a version, and a name in the journal."""

from __future__ import annotations

from django.db import models


class Suivi(models.Model):
    """An object whose state only the gestures of its flow change.

    `version` rises with each gesture: who acts says which one they saw. A model declares `etat` again,
    with its own states.
    """

    etat = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def objet(self) -> str:
        """The name of the object in the journal."""
        return f"{self._meta.model_name}:{self.pk}"

    @property
    def etat_dit(self) -> str:
        """The state in words; a model tells less to whom must not know it."""
        champ = self._meta.get_field("etat")
        return str(dict(champ.flatchoices).get(self.etat, self.etat))  # type: ignore[union-attr] # the field has choices

    @property
    def repere(self) -> str:
        """What tells it from another that a restored database could give the same number, where it may be erased again; empty else."""
        return ""

    @property
    def sujet(self) -> str:
        """Whose key keeps what is personal here in the journal; empty when nothing is."""
        return ""
