"""What the room keeps of people: those who train, by their own archive, and erased when they ask or when they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous
from binome.reseau.etats import EtatDeFormateur
from binome.reseau.flows import FORMATEURS
from binome.reseau.models import Formateur
from binome.socle.sort_des_champs import CODE, DE_LA_BRANCHE, MORALE, Declaration, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.models import Personne
    from binome.socle.sort_des_champs import Champs

DU_FORMATEUR: Final = Declaration(
    Sort.SEUL, "Effacé par l’organisme, ou quand la personne clôt son compte."
)
OFFRE: Final = {
    "etat": CODE, "sites": CODE, "modalites": CODE, "distance": CODE, "qualiopi": MORALE, "qualiopi_du": MORALE,
    "qualiopi_au": MORALE,
}  # fmt: skip
"""What an offer holds, which an answer and a convention both have."""
CHAMPS: Final[Champs] = {
    "reseau.SiteDeFormation": {
        "etat": CODE, "nom": MORALE, "adresse": MORALE, "code_postal": MORALE, "commune": MORALE, "departement": CODE,
    },
    "reseau.Formateur": {
        "etat": CODE, "prenom": DU_FORMATEUR, "nom": DU_FORMATEUR, "courriel": DU_FORMATEUR, "depuis": DU_FORMATEUR,
    },
    "reseau.Appel": {
        "etat": CODE, "certification": CODE, "referentiel": CODE, "titre": DE_LA_BRANCHE, "texte": DE_LA_BRANCHE,
        "du": DE_LA_BRANCHE, "au": DE_LA_BRANCHE,
    },
    "reseau.Candidature": {**OFFRE, "formateurs": CODE, "comptes": CODE},
    "reseau.Convention": {**OFFRE, "certification": CODE, "referentiel": CODE, "du": MORALE, "au": MORALE},
}  # fmt: skip


def en_archive(personne: Personne) -> list[dict[str, Any]]:
    """What organisations say of a person who trains for them, as their own archive tells it."""
    siens = Formateur.objects.filter(compte=personne).select_related("organisme")
    return [
        {
            "organisme": un.organisme.nom,
            "prenom": un.prenom,
            "nom": un.nom,
            "courriel": un.courriel,
            "etat": un.etat_dit,
            "annees_de_pratique": un.annees,
            "forme_a_former": un.forme_a_former,
            "professionnel_de_sante": un.soignant,
            "depuis": un.depuis,
        }
        for un in siens.order_by("pk")
    ]


def effacer(formateurs: Sequence[Formateur], *, auteur: str) -> None:
    """Takes off the names of some trainers, and destroys their keys."""
    passages = [Passage(un, un.version) for un in formateurs]
    faire_tous(FORMATEURS, "effacer", passages, Maison(auteur))


def oublier_personne(personne: Personne, auteur: str) -> None:
    """Takes the name of a person off every organisation that they train for."""
    effacer(list(Formateur.objects.filter(compte=personne).order_by("pk")), auteur=auteur)


def refaire(numero: int, repere: str, *, auteur: str, motif: str) -> bool | None:  # noqa: ARG001 - as every holder is called
    """Erases a trainer again in a restored database; False when it was done, None when they are not there."""
    un = Formateur.objects.filter(pk=numero).first()
    if un is None or un.repere != repere:
        return None
    if un.etat == EtatDeFormateur.EFFACE:
        return False
    effacer([un], auteur=auteur)
    return True
