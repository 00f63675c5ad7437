"""Who works under a contract, who takes part in it, and what happens to them: what those gestures read, refuse and write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.contrats_d_aide.etats import (
    EtatDeContrat,
    GenreDeContrat,
    GenreDePoste,
    NatureDEvenement,
)
from binome.contrats_d_aide.evenements_dits import poste_choisi
from binome.contrats_d_aide.models import (
    Contrat,
    MembreDuContrat,
    Objectif,
    PosteDuContrat,
    ReleveDActivite,
)
from binome.contrats_d_aide.parts_aidees import (
    PartTenue,
    part_payee,
    refus_de_l_emploi,
    refus_de_la_personne,
    refus_du_contrat,
)
from binome.contrats_d_aide.parts_lues import (
    deja_paye,
    du_meme_nom,
    parts_de_l_emploi,
    parts_des_contrats,
    parts_du_salarie,
)
from binome.contrats_d_aide.passages import evenement
from binome.contrats_d_aide.recherche import refaire_la_recherche
from binome.emplois.models import Salarie
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.regles.calendrier import ajouter_mois, date_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.comptes.models import Personne
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

ANNEES: Final = 5
PAS_ENCORE: Final = "Ce jour n’est pas encore venu : dites-le une fois fait."
DEJA_LA: Final = "Cette personne est déjà dans ce contrat : dites d’abord son départ."


def poser(passage: Passage[Contrat], _: Auteur) -> None:
    """Someone more works under the contract: their share holds in the contract, in their job, and in a week."""
    contrat, donnees = passage.objet, passage.donnees
    poste = PosteDuContrat(
        contrat=contrat, genre=donnees["genre"], emploi=donnees.get("emploi"), nom=donnees.get("nom", ""),
        part=donnees["part"], du=donnees["du"], au=donnees.get("au"), promue=donnees.get("promue", False),
        qualification=donnees.get("qualification", ""), qualifiee_le=donnees.get("qualifiee_le"),
        afgsu_le=donnees.get("afgsu_le"),
    )  # fmt: skip
    if poste.emploi is None and not poste.nom:
        raise GesteImpossible("Dites le nom de la personne.", champ="nom")
    if poste.au is not None and poste.au < poste.du:
        raise GesteImpossible("Le dernier jour ne vient pas avant le premier.", champ="au")
    if contrat.fin is not None and poste.du > contrat.fin:
        raise GesteImpossible(f"Le contrat finit le {date_en_clair(contrat.fin)}.", champ="du")
    for champ in ("qualifiee_le", "afgsu_le"):
        jour = getattr(poste, champ)
        if jour is not None and jour > timezone.localdate():
            raise GesteImpossible(PAS_ENCORE, champ=champ)
    if (
        poste.emploi is not None
        and PosteDuContrat.objects.filter(
            contrat=contrat, emploi=poste.emploi, genre=poste.genre, au=None
        ).exists()
    ):
        raise GesteImpossible(DEJA_LA, champ="emploi")
    if poste.genre == GenreDePoste.ASSISTANT:
        _verifier_la_part(contrat, poste)
    passage.a_creer.append(poste)
    if poste.promue and poste.genre == GenreDePoste.ASSISTANT:
        passage.a_creer.append(
            PosteDuContrat(
                contrat=contrat, genre=GenreDePoste.SECRETAIRE, nom=poste.nom, emploi=None, du=poste.du,
                part=donnees.get("part_du_secretariat") or poste.part,
            )
        )  # fmt: skip


def _verifier_la_part(contrat: Contrat, poste: PosteDuContrat) -> None:
    nouvelle = PartTenue(poste.du, poste.au, poste.part)
    siennes = parts_des_contrats([contrat.pk]).get(contrat.pk, [])
    refus = ""
    if poste.emploi is not None:
        # Two contracts that take the same time at once wait for one another.
        Salarie.objects.select_for_update().get(pk=poste.emploi.salarie_id)
        if (
            contrat.medecin_id is not None
            and deja_paye(contrat, poste.emploi.pk).filter(au=None).exists()
        ):
            refus = "Un autre contrat du même médecin paie déjà ce poste : un poste a un contrat par médecin."
        refus = (
            refus
            or refus_de_l_emploi(poste.emploi.part, parts_de_l_emploi(contrat, poste.emploi.pk), nouvelle)
            or refus_de_la_personne(parts_du_salarie(contrat, poste.emploi.salarie_id), nouvelle)
        )  # fmt: skip
    else:
        voisins = du_meme_nom(contrat, poste.nom)
        if contrat.medecin_id is not None and any(
            un.contrat_id != contrat.pk
            and un.contrat.medecin_id == contrat.medecin_id
            and un.au is None
            for un in voisins
        ):
            refus = "Un autre contrat du même médecin paie déjà ce poste : un poste a un contrat par médecin."
        tenues = [PartTenue(un.du, un.au, un.part) for un in voisins]
        refus = refus or refus_de_la_personne(tenues, nouvelle)
    refus = refus or refus_du_contrat(part_payee(contrat.option, contrat.etp), siennes, nouvelle)
    if refus:
        raise GesteImpossible(refus, champ="part")


def liberer(passage: Passage[Contrat], _: Auteur) -> None:
    """Someone leaves after a last day."""
    poste, au = poste_choisi(passage), passage.donnees["au"]
    if poste.au is not None:
        raise GesteImpossible("Cette personne est déjà partie.")
    if au < poste.du:
        raise GesteImpossible("Le dernier jour ne vient pas avant le premier.", champ="au")
    passage.donnees["poste"] = poste


def ecrire_le_depart(passage: Passage[Contrat], _: Auteur) -> None:
    """Writes it, with the gesture's entry."""
    poste = passage.donnees["poste"]
    poste.au = passage.donnees["au"]
    poste.save(update_fields=["au"])
    passage.lignes += lignes([poste], "au")


def anniversaires(contrat: Contrat) -> list[date]:
    """The first day of each year of a contract, and the day after its last one."""
    if contrat.signe_le is None:
        return []
    return [ajouter_mois(contrat.signe_le, 12 * rang) for rang in range(ANNEES + 1)]


def adherer(passage: Passage[Contrat], par: Auteur) -> None:
    """A doctor enters a collective contract: before it is signed, or on an anniversary."""
    contrat, medecin, entree = passage.objet, passage.donnees["medecin"], passage.donnees["entree"]
    _collectif(contrat)
    if MembreDuContrat.objects.filter(contrat=contrat, medecin=medecin, sortie=None).exists():
        raise GesteImpossible("Ce médecin est déjà dans ce contrat.", champ="medecin")
    if contrat.etat != EtatDeContrat.PREPARE:
        _a_un_anniversaire(contrat, entree, "entree")
        ailleurs = MembreDuContrat.objects.filter(
            medecin=medecin, sortie=None, contrat__etat__in=("signe", "en_cours", "suspendu")
        )
        if ailleurs.exists():
            raise GesteImpossible(
                "Ce médecin est déjà dans un autre contrat collectif.", champ="medecin"
            )
        if medecin.contrats.filter(etat__in=("signe", "en_cours", "suspendu")).exists():
            raise GesteImpossible(
                "Ce médecin a encore un contrat individuel : il se ferme avant son entrée.",
                champ="medecin",
            )
        passage.a_creer.append(
            evenement(contrat, NatureDEvenement.ENTREE, entree, par, medecin=medecin)
        )
    passage.a_creer.append(MembreDuContrat(contrat=contrat, medecin=medecin, entree=entree))


def quitter(passage: Passage[Contrat], par: Auteur) -> None:
    """A doctor leaves on the eve of an anniversary; the posts stay as they are."""
    contrat, membre, sortie = passage.objet, passage.donnees["membre"], passage.donnees["sortie"]
    _collectif(contrat)
    if (
        not isinstance(membre, MembreDuContrat)
        or membre.contrat_id != contrat.pk
        or membre.sortie is not None
    ):
        raise GesteImpossible("Choisissez un médecin de ce contrat.", champ="membre")
    if contrat.etat != EtatDeContrat.PREPARE:
        _a_un_anniversaire(contrat, sortie + timedelta(days=1), "sortie")
        restent = MembreDuContrat.objects.filter(contrat=contrat, sortie=None).count() - 1
        if not restent:
            raise GesteImpossible("C’est le dernier médecin du contrat : mettez fin au contrat.")
        if (contrat.etp or 0) > 100 * restent:
            passage.nouvelles.append(
                "Le contrat paie plus d’un temps plein par médecin qui reste. Les sources disent le temps "
                "inchangé, et un temps plein par médecin au plus : demandez à la caisse."
            )
        passage.a_creer.append(
            evenement(
                contrat,
                NatureDEvenement.SORTIE,
                max(sortie, membre.entree),
                par,
                medecin=membre.medecin,
            )
        )
    if sortie < membre.entree:
        raise GesteImpossible("Un médecin ne sort pas avant d’entrer.", champ="sortie")


def retrouver_ses_medecins(passage: Passage[Contrat], _: Auteur) -> None:
    """The contract is found by the names of those who are in it."""
    refaire_la_recherche(Contrat.objects.filter(pk=passage.objet.pk))


def ecrire_la_sortie(passage: Passage[Contrat], _: Auteur) -> None:
    """Writes it, with the gesture's entry."""
    membre = passage.donnees["membre"]
    membre.sortie = passage.donnees["sortie"]
    membre.save(update_fields=["sortie"])
    passage.lignes += lignes([membre], "sortie")


def _collectif(contrat: Contrat) -> None:
    if contrat.genre != GenreDeContrat.COLLECTIF:
        raise GesteImpossible("Un contrat individuel n’a qu’un médecin.")


def _a_un_anniversaire(contrat: Contrat, jour: date, champ: str) -> None:
    jours = anniversaires(contrat)[1:]
    if jour not in jours:
        proche = next((un for un in jours if un > timezone.localdate()), None)
        dit = "" if proche is None else f" : le prochain est le {date_en_clair(proche)}"
        raise GesteImpossible(
            f"On entre et on sort à une date anniversaire du contrat{dit}.", champ=champ
        )


def fixer(passage: Passage[Contrat], par: Auteur) -> None:
    """The objective of a year, as the contract or the caisse says it; said again, it is corrected."""
    donnees = passage.donnees
    chiffres = {
        nom: donnees.get(nom) for nom in ("mt_depart", "fa_depart", "mt_attendu", "fa_attendu")
    }
    if all(un is None for un in chiffres.values()):
        raise GesteImpossible("Dites au moins un chiffre.", champ="mt_attendu")
    deja = Objectif.objects.filter(contrat=passage.objet, rang=donnees["rang"]).first()
    neuf = {
        **chiffres,
        "dit_par": donnees["dit_par"],
        "saisi_le": timezone.now(),
        "saisi_par": _qui(par),
    }
    if deja is None:
        passage.a_creer.append(Objectif(contrat=passage.objet, rang=donnees["rang"], **neuf))
        return
    passage.donnees["objectif"] = (deja, neuf)


def ecrire_l_objectif(passage: Passage[Contrat], _: Auteur) -> None:
    """Writes a corrected one, with the gesture's entry."""
    _corriger(passage, "objectif")


def relever(passage: Passage[Contrat], par: Auteur) -> None:
    """The patient list and the active file of a day; said again, what was wrong of that day is corrected."""
    donnees = passage.donnees
    comptes = {nom: donnees[nom] for nom in ("mt", "fa") if donnees.get(nom) is not None}
    if not comptes:
        raise GesteImpossible("Dites la patientèle, la file active, ou les deux.", champ="mt")
    if donnees["jour"] > timezone.localdate():
        raise GesteImpossible(PAS_ENCORE, champ="jour")
    neuf = {**comptes, "saisi_le": timezone.now(), "saisi_par": _qui(par)}
    deja = ReleveDActivite.objects.filter(contrat=passage.objet, jour=donnees["jour"]).first()
    if deja is None:
        passage.a_creer.append(ReleveDActivite(contrat=passage.objet, jour=donnees["jour"], **neuf))
    else:
        passage.donnees["releve"] = (deja, neuf)


def ecrire_le_releve(passage: Passage[Contrat], _: Auteur) -> None:
    """Writes a corrected one, with the gesture's entry."""
    _corriger(passage, "releve")


def _corriger(passage: Passage[Contrat], nom: str) -> None:
    if nom not in passage.donnees:
        return
    deja, neuf = passage.donnees[nom]
    for champ, valeur in neuf.items():
        setattr(deja, champ, valeur)
    deja.save(update_fields=list(neuf))
    passage.lignes += lignes([deja], *neuf)


def _qui(par: Auteur) -> Personne | None:
    return par.personne if isinstance(par, Acteur) else None
