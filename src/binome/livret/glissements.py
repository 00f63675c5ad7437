"""What is written beyond the trade: told to the pair at once, to the branch a week later if it still stands.

The branch reads which task, where and when: never the sentence. A payer reads nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.gestes.auteur import Maison
from binome.gestes.services import faire_par_la_maison, naitre
from binome.livret.derive import derives
from binome.livret.etats import CoteDuBinome, EtatDeGlissement
from binome.livret.flows import GLISSEMENTS
from binome.livret.models import Glissement
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from binome.livret.models import Appreciation

DELAI: Final = timedelta(days=7)
"""How long the pair has to say it otherwise; a choice of Binôme's, no text gives one."""
LOT: Final = 200


def lire_les_glissements(dites: Sequence[Appreciation], maintenant: datetime) -> list[str]:
    """Writes what the sentences say beyond the trade, and gives the words for the pair."""
    phrases, neufs = [], []
    for une in dites:
        lues = derives(une.phrase, une.dite_le.date(), du_tuteur=une.cote == CoteDuBinome.TUTEUR)
        for derive in lues:
            phrases.append(derive.phrase)
            neufs.append(
                Glissement(
                    appreciation=une,
                    tache=derive.tache,
                    base=base_courante().empreinte,
                    dit_le=maintenant,
                )
            )
    if neufs:
        naitre(GLISSEMENTS, "lire", neufs, Maison())
    return phrases


def retirer_les_glissements(remplacees: Sequence[Appreciation]) -> None:
    """What was said otherwise before the branch knew is told to nobody else."""
    dits = Glissement.objects.filter(appreciation__in=remplacees, etat=EtatDeGlissement.DIT)
    faire_par_la_maison(GLISSEMENTS, "retirer", list(dits.order_by("pk")))


def transmettre() -> int:
    """Tells the branch what still stands after the delay; how many."""
    avant = timezone.now() - DELAI
    dits = Glissement.objects.filter(etat=EtatDeGlissement.DIT, dit_le__lte=avant)
    lus = list(dits.order_by("dit_le", "pk")[:LOT])
    return len(faire_par_la_maison(GLISSEMENTS, "transmettre", lus).passes)
