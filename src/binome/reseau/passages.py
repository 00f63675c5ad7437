"""What the gestures on places and trainers write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.comptes.models import Appartenance
from binome.gestes.oubli import oublier_et_redire
from binome.gestes.refus import GesteImpossible
from binome.reseau.models import Formateur, SiteDeFormation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

DU_SITE: Final = ("nom", "adresse", "code_postal", "commune", "departement", "places")
"""What is typed of a place."""
DU_FORMATEUR: Final = (
    "prenom", "nom", "compte", "courriel", "annees", "forme_a_former", "soignant", "depuis",
)  # fmt: skip
"""What is typed of a trainer."""
GARDE: Final = "formateurs.garde"
"""The entry that tells again what stays of a trainer, once their key is gone."""


def changes(passage: Passage[Any], champs: Sequence[str]) -> dict[str, Any]:
    """The columns that the gesture gives another value. Raises GesteImpossible when there is none."""
    donnes = {un: passage.donnees[un] for un in champs if un in passage.donnees}
    autres = {un: valeur for un, valeur in donnes.items() if getattr(passage.objet, un) != valeur}
    if not autres:
        raise GesteImpossible("Rien n’a changé.")
    return autres


def nom_libre(site: SiteDeFormation) -> None:
    """Refuses a name that another place of the organisation bears. Raises GesteImpossible."""
    autres = SiteDeFormation.objects.filter(organisme=site.organisme_id).exclude(pk=site.pk)
    if any(un.nom.casefold() == site.nom.casefold() for un in autres.only("nom").order_by("pk")):
        raise GesteImpossible(
            "Un de vos sites porte déjà ce nom : donnez-en un autre.", champ="nom"
        )


def corriger_le_site(passage: Passage[SiteDeFormation], _: Auteur) -> None:
    """Writes what changes of a place."""
    passage.change |= changes(passage, DU_SITE)
    if "nom" in passage.change:
        propose = SiteDeFormation(
            pk=passage.objet.pk, organisme_id=passage.objet.organisme_id, nom=passage.change["nom"]
        )
        nom_libre(propose)


def compte_libre(formateur: Formateur) -> None:
    """Refuses an account that does not train for the organisation, or that another trainer has. Raises GesteImpossible."""
    if formateur.compte_id is None:
        return
    roles = Appartenance.objects.filter(
        personne=formateur.compte_id, organisation=formateur.organisme_id, close_le__isnull=True
    )
    if not roles.exists():
        raise GesteImpossible("Ce compte n’a pas de rôle dans votre organisme.", champ="compte")
    autres = Formateur.objects.filter(organisme=formateur.organisme_id, compte=formateur.compte_id)
    if autres.exclude(pk=formateur.pk).exists():
        raise GesteImpossible("Ce compte est déjà celui d’un autre formateur.", champ="compte")


def corriger_le_formateur(passage: Passage[Formateur], _: Auteur) -> None:
    """Writes what changes of a trainer."""
    changees = changes(passage, DU_FORMATEUR)
    if changees.get("compte") is not None:
        propose = Formateur(
            pk=passage.objet.pk,
            organisme_id=passage.objet.organisme_id,
            compte=changees["compte"],
        )
        compte_libre(propose)
    passage.change |= changees


def rattacher(passage: Passage[Formateur], _: Auteur) -> None:
    """Ties the `compte` that this trainer opened. Raises GesteImpossible when another trainer has it."""
    compte = passage.donnees["compte"]
    passage.change["compte"] = compte
    compte_libre(
        Formateur(pk=passage.objet.pk, organisme_id=passage.objet.organisme_id, compte=compte)
    )


def effacer(passage: Passage[Formateur], _: Auteur) -> None:
    """Takes the name and the account off; what was counted of them stays, and names nobody."""
    passage.change |= {"prenom": "", "nom": "", "courriel": "", "compte": None, "depuis": None}


def oublier_les_cles(passages: Sequence[Passage[Formateur]], _: Auteur) -> None:
    """Destroys their keys, and tells again what stays."""
    oublier_et_redire([un.objet for un in passages], GARDE, motif="formateur effacé")
