"""What the gestures of the room read, refuse and write."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import timezone

from binome.factures.comptes_de_factures import compte_de, deja_lettre
from binome.factures.etats import EtatDuReglementRecu, NatureDeFacture, RaisonDeRefusDeDepense
from binome.factures.models import Facture, Lettrage, Reglement
from binome.factures.numeros_lus import lire_un_numero_de_facture
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.prises_en_charge.etats import EtatDUnEtatDeService
from binome.prises_en_charge.models import EtatDeService
from binome.regles.calendrier import date_en_clair, montant_en_clair
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.factures.models import Avance, Depense
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.journal.models import Entree

POUR_ROUVRIR: Final = timedelta(hours=1)
"""How long an answer may be taken back."""


def lire_un_jour_passe(texte: str) -> date:
    """A day that is not to come, out of a form. Raises ValueError."""
    try:
        jour = date.fromisoformat(texte)
    except ValueError:
        raise ValueError("Ce jour ne se lit pas : choisissez-le au calendrier.") from None
    if jour > timezone.localdate():
        raise ValueError("Ce jour est à venir : donnez celui du remboursement.")
    return jour


def lire_un_refus(texte: str) -> RaisonDeRefusDeDepense:
    """Why an expense is refused, out of a form. Raises ValueError."""
    if texte not in RaisonDeRefusDeDepense.values:
        raise ValueError("Choisissez une raison de la liste.")
    return RaisonDeRefusDeDepense(texte)


def dit_le_refus(une: Entree) -> str:
    """The line of a story that says why."""
    raison = une.apres.get("raison", "")
    if raison not in RaisonDeRefusDeDepense.values:
        return "Refusée"
    return f"Refusée : {minuscule(RaisonDeRefusDeDepense(raison).label)}"


def exiger_le_mois(passages: Sequence[Passage[Depense]], _: Auteur) -> None:
    """Costs that go with a training are paid once its month is: the state of the same month is accepted first."""
    cles = {(un.objet.prise_en_charge.chaine, un.objet.jour.replace(day=1)) for un in passages}
    voulus = Q(pk__in=[])
    for chaine, mois in cles:
        sienne = Q(prise_en_charge=chaine) | Q(prise_en_charge__premiere=chaine)
        voulus |= sienne & Q(mois=mois)
    acceptes = {
        (premiere or numero, mois)
        for numero, premiere, mois in EtatDeService.objects.filter(
            voulus, etat=EtatDUnEtatDeService.ACCEPTE
        )
        .order_by()
        .values_list("prise_en_charge", "prise_en_charge__premiere", "mois")
    }
    for un in passages:
        if (un.objet.prise_en_charge.chaine, un.objet.jour.replace(day=1)) not in acceptes:
            un.refus = GesteImpossible(
                "Acceptez d’abord l’état de service du même mois : les frais suivent les heures."
            )


def repondre(passage: Passage[Depense], _: Auteur) -> None:
    """Writes when."""
    passage.change["repondue_le"] = timezone.now()


def refuser(passage: Passage[Depense], par: Auteur) -> None:
    """Writes when, and why."""
    repondre(passage, par)
    passage.change["raison"] = passage.donnees["raison"]
    passage.apres["raison"] = str(passage.donnees["raison"])


def rouvrir(passage: Passage[Depense], _: Auteur) -> None:
    """The expense is answered no longer."""
    passage.change |= {"repondue_le": None, "raison": ""}


def peut_rouvrir(depense: Depense) -> str | None:
    """Why an answer may not be taken back; None when it may."""
    if depense.repondue_le is not None and timezone.now() - depense.repondue_le > POUR_ROUVRIR:
        return "Une réponse se reprend pendant une heure."
    return None


def rendre(passage: Passage[Avance], _: Auteur) -> None:
    """Writes the day when it was paid back. Raises GesteImpossible for a day before it was paid."""
    le = passage.donnees["le"]
    if le < passage.objet.jour:
        raise GesteImpossible(
            f"Ce remboursement précéderait l’avance, du {date_en_clair(passage.objet.jour)}.",
            champ="le",
        )
    passage.change["rendue_le"] = le


def reprendre(passage: Passage[Avance], _: Auteur) -> None:
    """It is owed again."""
    passage.change["rendue_le"] = None


def facture_numerotee(organisme: int, numero: str) -> Facture:
    """The invoice of an organisation by the number that a person types. Raises GesteImpossible."""
    try:
        annee, rang = lire_un_numero_de_facture(numero)
    except ValueError:
        raise GesteImpossible(
            f"« {numero[:40]} » n’est pas un numéro de facture : il s’écrit comme 2026-00012.",
            champ="numero",
        ) from None
    ecrit = f"{annee}-{rang:05}"
    trouvee = (
        Facture.objects.select_for_update(of=("self",))
        .filter(organisme=organisme, annee=annee, rang=rang)
        .first()
    )
    if trouvee is None:
        raise GesteImpossible(
            f"Aucune facture de votre organisme ne porte le numéro {ecrit}.", champ="numero"
        )
    if trouvee.nature == NatureDeFacture.AVOIR:
        raise GesteImpossible(
            f"Le numéro {ecrit} est celui d’un avoir : un règlement paie une facture.",
            champ="numero",
        )
    return trouvee


def lettrer(passages: Sequence[Passage[Reglement]], _: Auteur) -> None:
    """What a payment pays of an invoice: never more than is left of either. All of it where no amount is said."""
    for passage in passages:
        try:
            _lettrer(passage)
        except GesteImpossible as impossible:
            passage.refus = impossible


def _lettrer(passage: Passage[Reglement]) -> None:
    reglement = Reglement.objects.select_for_update(of=("self",)).get(pk=passage.objet.pk)
    facture = facture_numerotee(reglement.organisme_id, str(passage.donnees["numero"]))
    libre = reglement.montant_cents - deja_lettre([reglement.pk]).get(reglement.pk, 0)
    reste = compte_de(facture).reste_cents
    if reste <= 0:
        raise GesteImpossible(f"La facture {facture.numero} est déjà payée.", champ="numero")
    voulu = passage.donnees.get("montant")
    cents = libre if voulu is None else int(voulu)
    if cents < 1:
        raise GesteImpossible("Un rapprochement porte sur un centime au moins.", champ="montant")
    if cents > libre:
        raise GesteImpossible(
            f"Il reste {montant_en_clair(libre)} de ce règlement à rapprocher.", champ="montant"
        )
    if cents > reste:
        raise GesteImpossible(
            f"C’est trop : il reste {montant_en_clair(reste)} à payer de la facture {facture.numero}. "
            f"Écrivez {montant_en_clair(reste)} : le reste du règlement attendra.",
            champ="montant",
        )
    if Lettrage.objects.filter(
        reglement=reglement, facture=facture, defait_le__isnull=True
    ).exists():
        raise GesteImpossible(
            "Ce règlement paie déjà cette facture : défaites d’abord ce rapprochement."
        )
    passage.a_creer.append(
        Lettrage(reglement=reglement, facture=facture, montant_cents=cents, le=timezone.now())
    )
    passage.apres |= {"facture": facture.numero, "cents": cents}
    if cents == libre:
        passage.vers = EtatDuReglementRecu.RAPPROCHE


def est_lettre(reglement: Reglement) -> str | None:
    """Why there is nothing to undo."""
    if reglement.lettrages.filter(defait_le__isnull=True).exists():
        return None
    return "Ce règlement n’est rapproché d’aucune facture."


def n_est_pas_lettre(reglement: Reglement) -> str | None:
    """Why a payment that pays something is not put aside."""
    return None if est_lettre(reglement) else "Ce règlement paie une facture : défaites-le d’abord."


def delettrer(passages: Sequence[Passage[Reglement]], _: Auteur) -> None:
    """What these payments paid is owed again."""
    tenus = {un.objet.pk: un for un in passages}
    siens = Lettrage.objects.select_for_update(of=("self",)).filter(
        reglement__in=tenus, defait_le__isnull=True
    )
    lus = list(siens.order_by("pk"))
    le = timezone.now()
    for un in lus:
        un.defait_le = le
        tenus[un.reglement_id].lignes.extend(lignes([un], "defait_le"))
    Lettrage.objects.bulk_update(lus, ["defait_le"])
