"""A name corrected once the organisation may no longer write: by who administers the branch, with its trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.comptes.etat_civil import prenom_lu
from binome.dossiers.en_liste import noms_plies, trouvable_avec
from binome.dossiers.preparations import NOMS
from binome.gestes.refus import GesteImpossible
from binome.impression.dessin import indessinable

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

LONGUEUR: Final = 100


def lire_un_nom(texte: str) -> str:
    """A name on one line, that a letter can print. Raises ValueError."""
    nom = " ".join(texte.split())
    if len(nom) > LONGUEUR:
        raise ValueError(f"Ce nom est trop long : {LONGUEUR} caractères au plus.")
    if (faute := indessinable({"Ce nom": nom})) is not None:
        raise ValueError(faute)
    return nom


def lire_un_prenom(texte: str) -> str:
    """A first name, or the dash of who has none. Raises ValueError."""
    return prenom_lu(lire_un_nom(texte))


def corriger(passage: Passage[Dossier], _: Auteur) -> None:
    """The names that change; the journal keeps the former ones, under the key of the dossier."""
    dossier = passage.objet
    noms = {nom: passage.donnees[nom] or "" for nom in NOMS}
    change = {nom: valeur for nom, valeur in noms.items() if valeur != getattr(dossier, nom)}
    if not change:
        raise GesteImpossible("Ce nom est déjà celui du dossier.", champ="nom")
    passage.prive = {
        nom: {"avant": getattr(dossier, nom), "apres": valeur} for nom, valeur in change.items()
    }
    passage.apres["champs"] = sorted(change)
    passage.change = {
        **change,
        "recherche": noms_plies(**noms),
        "trouvable": trouvable_avec(dossier, change),
    }
