"""What the gestures of the room prepare and write: pure of queries where they can be, many at once where they cannot."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.passeport.etats import (
    ActionDeclaree,
    EtatDeDeclaration,
    EtatDeLotDePassages,
    IssueDeLigne,
)
from binome.passeport.models import LigneDeLot
from binome.regles.calendrier import date_en_clair
from binome.titres.etats import EtatDeTitre

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Effet, Passage
    from binome.passeport.models import (
        FicheDEtatCivil,
        LotDePassages,
        PassageADeclarer,
        ReglagesDuPasseport,
    )

DE_LA_FICHE: Final = (
    "nom_naissance", "nom_usage", "prenom1", "prenom2", "prenom3", "naissance", "sexe", "insee", "code_postal",
    "commune", "pays",
)  # fmt: skip
"""What a civil status says, apart from the number of social security."""
LOT: Final = 500
"""Rows a query: SQLite bounds its values."""
DES_REGLAGES: Final = (
    "id_client", "certificateur", "contrat", "version_du_schema", "fichier", "schema_nom", "schema_empreinte", "schema_du",
    "nir", "essai",
)  # fmt: skip


def ecrire_la_fiche(passage: Passage[FicheDEtatCivil], _: Auteur) -> None:
    """Writes what is said now over what was."""
    dites: Mapping[str, Any] = passage.donnees["fiche"]
    passage.change |= {**dites, "dit_le": timezone.now()}


def vider_le_nir(passage: Passage[FicheDEtatCivil], _: Auteur) -> None:
    """Takes the number off; who asks it destroys its key."""
    passage.change |= {"nir": "", "nir_cle": ""}


def effacer_la_fiche(passage: Passage[FicheDEtatCivil], _: Auteur) -> None:
    """Takes off all that it says."""
    passage.change |= dict.fromkeys((*DE_LA_FICHE, "nir", "nir_cle"), "")


def regler(passage: Passage[ReglagesDuPasseport], _: Auteur) -> None:
    """Writes the settings that were given."""
    dits: Mapping[str, Any] = passage.donnees["reglages"]
    passage.change |= dits
    passage.apres |= {
        nom: dits[nom].isoformat() if nom == "schema_du" and dits[nom] else dits[nom]
        for nom in DES_REGLAGES
        if nom in dits
    }


def mettre_en_lot(passage: Passage[PassageADeclarer], _: Auteur) -> None:
    """A line in the lot. Raises GesteImpossible for a withdrawn title that was never accepted."""
    objet, lot = passage.objet, passage.donnees["lot"]
    if objet.action != lot.action:
        raise GesteImpossible("Ce lot demande autre chose.")
    passage.a_creer.append(LigneDeLot(lot=lot, passage=objet, action=lot.action))
    passage.apres["lot"] = lot.nom


def sortir_du_lot(passage: Passage[PassageADeclarer], _: Auteur) -> None:
    """Back to where it was before: to be declared, declared again, or deleted."""
    objet = passage.objet
    if objet.action == ActionDeclaree.SUPPRESSION:
        passage.vers = EtatDeDeclaration.A_SUPPRIMER
    elif objet.titre.etat == EtatDeTitre.REVOQUE or passage.donnees.get("sans_suite"):
        passage.vers = EtatDeDeclaration.ANNULEE
    elif passage.donnees.get("deja_envoye"):
        passage.vers = EtatDeDeclaration.CORRIGEE
    else:
        passage.vers = EtatDeDeclaration.PRETE


def accepter(passage: Passage[PassageADeclarer], _: Auteur) -> None:
    """Accepted once and for ever; deleted where that was asked; to be deleted where the title was withdrawn meanwhile."""
    objet = passage.objet
    passage.change["motif"] = passage.donnees.get("motif_lu", "")
    if objet.action == ActionDeclaree.SUPPRESSION:
        passage.vers = EtatDeDeclaration.SUPPRIMEE
        passage.change["supprime_le"] = timezone.localdate()
        return
    # One instant for the whole lot: rows that change alike are written together.
    passage.change["accepte_le"] = passage.donnees.get("le") or timezone.now()
    if objet.titre.etat == EtatDeTitre.REVOQUE:
        passage.vers = EtatDeDeclaration.A_SUPPRIMER
        passage.change["action"] = ActionDeclaree.SUPPRESSION


def ne_pas_accepter(passage: Passage[PassageADeclarer], _: Auteur) -> None:
    """Keeps the sentence; a withdrawn title, or who was erased, is left there; a deletion is to be asked again."""
    objet = passage.objet
    passage.change["motif"] = passage.donnees.get("motif_lu", "")
    if objet.action == ActionDeclaree.SUPPRESSION:
        passage.vers = EtatDeDeclaration.A_SUPPRIMER
    elif (
        objet.titre.etat == EtatDeTitre.REVOQUE
        or objet.titre.parcours.dossier.anonyme_le is not None
    ):
        passage.vers = EtatDeDeclaration.ANNULEE


def retirer(passage: Passage[PassageADeclarer], _: Auteur) -> None:
    """What a withdrawn title asks: to be deleted where it was accepted, nothing where it was never sent."""
    if passage.objet.etat == EtatDeDeclaration.ACCEPTEE:
        passage.vers = EtatDeDeclaration.A_SUPPRIMER
        passage.change["action"] = ActionDeclaree.SUPPRESSION
    else:
        passage.vers = EtatDeDeclaration.ANNULEE


def supprimer_a_la_main(passage: Passage[PassageADeclarer], _: Auteur) -> None:
    """Notes the day when somebody asked the Caisse des Dépôts to delete it. Raises GesteImpossible for a day to come."""
    le: date = passage.donnees["le"]
    _deja_passe(le)
    passage.change["supprime_le"] = le


def oublier_le_motif(passage: Passage[PassageADeclarer], _: Auteur) -> None:
    """A sentence may name somebody; and what was not sent can be declared no longer."""
    passage.change["motif"] = ""


def denouer(issue: IssueDeLigne) -> Effet[PassageADeclarer]:
    """Writes what became of each in its lot, a query a sentence, and tells the lines with the states."""

    def tous(passages: Sequence[Passage[PassageADeclarer]], _: Auteur) -> None:
        en_cours: dict[int, LigneDeLot] = {}
        for debut in range(0, len(passages), LOT):
            tranche = [un.objet.pk for un in passages[debut : debut + LOT]]
            attendues = LigneDeLot.objects.filter(passage__in=tranche, issue=IssueDeLigne.ATTENDUE)
            en_cours |= {une.passage_id: une for une in attendues.order_by("pk")}
        par_motif: defaultdict[str, list[int]] = defaultdict(list)
        for passage in passages:
            ligne = en_cours[passage.objet.pk]
            par_motif[passage.donnees.get("motif_lu", "")].append(ligne.pk)
            passage.lignes += lignes([ligne], "issue", "motif")
        for motif, numeros in par_motif.items():
            for debut in range(0, len(numeros), LOT):
                siennes = LigneDeLot.objects.filter(pk__in=numeros[debut : debut + LOT])
                siennes.update(issue=issue, motif=motif)

    return tous


def oublier_les_reponses(passages: Sequence[Passage[PassageADeclarer]], _: Auteur) -> None:
    """The sentences of each lot go too."""
    siennes = LigneDeLot.objects.filter(passage__in=[un.objet.pk for un in passages])
    siennes.exclude(motif="").update(motif="")
    par_passage: dict[int, list[LigneDeLot]] = {}
    for une in siennes.order_by("pk"):
        par_passage.setdefault(une.passage_id, []).append(une)
    for passage in passages:
        passage.lignes += lignes(par_passage.get(passage.objet.pk, []), "motif")


def deposer(passage: Passage[LotDePassages], _: Auteur) -> None:
    """The day that somebody says. Raises GesteImpossible before the lot was made, or for a day to come."""
    le: date = passage.donnees["le"]
    _deja_passe(le)
    fait = timezone.localdate(passage.objet.prepare_le)
    if le < fait:
        raise GesteImpossible(f"Ce lot est du {date_en_clair(fait)}.", champ="le")
    passage.change["depose_le"] = le


def _deja_passe(le: date) -> None:
    if le > timezone.localdate():
        raise GesteImpossible(f"Relisez la date : le {date_en_clair(le)} est à venir.", champ="le")


def recevoir(passage: Passage[LotDePassages], _: Auteur) -> None:
    """The acknowledgement goes with the state that it leads to."""
    passage.a_creer.append(passage.donnees["accuse"])
    passage.vers = passage.donnees["vers"]
    if passage.vers != EtatDeLotDePassages.DEPOSE:
        passage.change["traite_le"] = timezone.now()


def detruire(passage: Passage[LotDePassages], _: Auteur) -> None:
    """The file is no longer on its shelf; its name, its hash and what was answered stay."""
    passage.change["fichier"] = ""
