"""What the gestures of a title read, refuse, write and lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef
from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison
from binome.parcours.etats import AVEC_TITRE, EN_COURS
from binome.parcours.flows import FLUX as PARCOURS
from binome.parcours.models import Parcours
from binome.titres.etats import MotifDeRetrait, NatureDeTitre
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.journal.models import Entree
    from binome.titres.models import Titre

LONGUEUR: Final = 500
"""Characters of an explanation, at most."""


def lire_un_motif(texte: str) -> MotifDeRetrait:
    """A reason, out of a form. Raises ValueError."""
    if texte not in MotifDeRetrait.values:
        raise ValueError("Choisissez un motif de la liste.")
    return MotifDeRetrait(texte)


def dit_pourquoi(une: Entree) -> str:
    """The line of a story: by whom, then the reason of the list, so that nobody reads that they are at fault."""
    motif = une.apres.get("motif_du_retrait", "")
    return (
        f"Titre retiré{{par}} : {minuscule(MotifDeRetrait(motif).label)}"
        if motif in MotifDeRetrait.values
        else "Titre retiré"
    )


def dit_quel_duplicata(une: Entree) -> str:
    """The line of a story: which duplicate."""
    return f"Duplicata n° {une.apres['duplicata']} délivré"


def dupliquer(passage: Passage[Titre], _: Auteur) -> None:
    """Says in the story of the title which duplicate of it was just delivered."""
    passage.apres["duplicata"] = passage.donnees["rang"]


def revoquer(passage: Passage[Titre], _: Auteur) -> None:
    """Writes when and why. Raises GesteImpossible."""
    motif, raison = passage.donnees["motif_du_retrait"], str(passage.donnees["raison"])
    if len(raison) > LONGUEUR:
        raise GesteImpossible(
            f"L’explication tient en {LONGUEUR} caractères au plus.", champ="raison"
        )
    passage.change |= {
        "revoque_le": timezone.now(),
        "motif_du_retrait": motif,
        "raison": raison,
    }
    passage.apres["motif_du_retrait"] = str(motif)


def effacer(passage: Passage[Titre], _: Auteur) -> None:
    """Takes off who holds it, and what was typed of them: the number stays, so that none is missing."""
    passage.change |= {"titulaire": {}, "raison": ""}


def finir_les_parcours(titres: Sequence[Titre]) -> None:
    """What follows a parchemin or an attestation of FAE: its path is over."""
    for nature, geste in ((NatureDeTitre.CQP, "certifier"), (NatureDeTitre.FAE, "attester")):
        numeros = [un.parcours_id for un in titres if un.nature == nature]
        siens = Parcours.objects.filter(pk__in=numeros, etat__in=EN_COURS)
        faire_par_la_maison(PARCOURS, geste, list(siens.order_by("pk")) if numeros else [])


def rouvrir_les_parcours(passages: Sequence[Passage[Titre]], _: Auteur) -> None:
    """What follows a title withdrawn: the path that it ended runs again, unless its dossier has another one in progress."""
    numeros = [un.objet.parcours_id for un in passages if un.objet.nature != NatureDeTitre.BLOCS]
    autre = Parcours.objects.filter(dossier=OuterRef("dossier"), etat__in=EN_COURS)
    siens = Parcours.objects.filter(~Exists(autre), pk__in=numeros, etat__in=AVEC_TITRE)
    faire_par_la_maison(PARCOURS, "rouvrir", list(siens.order_by("pk")) if numeros else [])
