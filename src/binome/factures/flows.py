"""The flows of the room, each as one table."""

from __future__ import annotations

from typing import Final

from binome.factures import passages
from binome.factures.etats import (
    EtatDAvance,
    EtatDeDepense,
    EtatDeFacture,
    EtatDuReglementRecu,
    RaisonDeRefusDeDepense,
)
from binome.factures.models import Avance, Depense, Facture, Reglement
from binome.factures.permissions import (
    COTE_EMPLOYEUR,
    ORGANISME,
    PAYEUR,
    RECOPIE,
    STAGIAIRE,
    avances_visibles,
    cotes_de_l_avance,
    cotes_de_la_depense,
    cotes_de_la_facture,
    cotes_du_reglement,
    depenses_visibles,
    factures_visibles,
    noter_la_depense,
    noter_la_facture,
    reglements_visibles,
)
from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.prises_en_charge.passages import lire_un_montant
from binome.regles.calendrier import montant_en_clair

DITS: Final = {
    MAISON: "", ORGANISME: "par l’organisme", PAYEUR: "par le financeur", COTE_EMPLOYEUR: "par l’employeur",
    STAGIAIRE: "par la personne en formation", RECOPIE: "recopié par l’employeur",
}  # fmt: skip
REPONDENT: Final = (PAYEUR, RECOPIE)


def _ce_qui_a_ete_paye(depense: Depense) -> str:
    """How much, by whom."""
    return f"{montant_en_clair(depense.montant_cents)}, {depense.employeur.nom}"


FACTURES: Final = Flux(
    nom="factures",
    modele=Facture,
    mot="la facture",
    ce_mot="cette facture",
    cotes=cotes_de_la_facture,
    visibles=factures_visibles,
    noter=noter_la_facture,
    dits=DITS,
    table=(
        Geste(
            nom="emettre", mot="Émettre", de=(), vers=EtatDeFacture.EMISE, qui=(ORGANISME,),
            dit="La facture est émise.", recit="Émise", formulaire=False,
        ),
        Geste(
            nom="annuler", mot="Annuler par avoir", de=(EtatDeFacture.EMISE,), vers=EtatDeFacture.ANNULEE,
            qui=(MAISON,), dit="La facture est annulée par avoir.", recit="Annulée : tout est repris par avoir",
            formulaire=False,
        ),
    ),
)  # fmt: skip

DEPENSES: Final = Flux(
    nom="depenses",
    modele=Depense,
    mot="la dépense",
    ce_mot="cette dépense",
    cotes=cotes_de_la_depense,
    visibles=depenses_visibles,
    en_bref=_ce_qui_a_ete_paye,
    noter=noter_la_depense,
    dits=DITS,
    table=(
        Geste(
            nom="declarer", mot="Déclarer une dépense", de=(), vers=EtatDeDepense.DECLAREE,
            qui=(COTE_EMPLOYEUR,), dit="La dépense est déclarée.", recit="Déclarée", formulaire=False,
        ),
        Geste(
            nom="accepter", mot="Accepter", de=(EtatDeDepense.DECLAREE,), vers=EtatDeDepense.ACCEPTEE,
            qui=REPONDENT, ensemble=True, defait="rouvrir", dit="La dépense est acceptée.", recit="Acceptée",
            prepare=(passages.exiger_le_mois, chacun(passages.repondre)),
        ),
        Geste(
            nom="refuser", mot="Refuser", de=(EtatDeDepense.DECLAREE,), vers=EtatDeDepense.REFUSEE,
            qui=REPONDENT, a_part=True,
            champs=(
                Champ("raison", "Pourquoi", "Choisissez une raison.", lire=passages.lire_un_refus,
                      choix=tuple((str(un.value), str(un.label)) for un in RaisonDeRefusDeDepense)),
            ),
            dit="La dépense est refusée.", recit=passages.dit_le_refus,
            prepare=(chacun(passages.refuser),),
        ),
        Geste(
            nom="rouvrir", mot="Reprendre la réponse", de=(EtatDeDepense.ACCEPTEE, EtatDeDepense.REFUSEE),
            vers=EtatDeDepense.DECLAREE, qui=REPONDENT, garde=passages.peut_rouvrir, ensemble=True, a_part=True,
            dit="La dépense attend de nouveau.", recit="Réponse reprise", prepare=(chacun(passages.rouvrir),),
        ),
        Geste(
            nom="retirer", mot="Retirer cette dépense", de=(EtatDeDepense.DECLAREE, EtatDeDepense.REFUSEE),
            vers=EtatDeDepense.RETIREE, qui=(COTE_EMPLOYEUR,), a_part=True, dit="La dépense est retirée.",
            recit="Retirée", prepare=(chacun(passages.rouvrir),),
        ),
    ),
)  # fmt: skip

AVANCES: Final = Flux(
    nom="avances",
    modele=Avance,
    mot="l’avance",
    ce_mot="cette avance",
    cotes=cotes_de_l_avance,
    visibles=avances_visibles,
    noter=noter_la_depense,
    dits=DITS,
    table=(
        Geste(
            nom="dire", mot="Dire ce que j’ai avancé", de=(), vers=EtatDAvance.DUE, qui=(STAGIAIRE,),
            dit="Votre employeur voit ce que vous avez avancé.", recit="Dite", formulaire=False,
        ),
        Geste(
            nom="rendre", mot="C’est remboursé", de=(EtatDAvance.DUE,), vers=EtatDAvance.RENDUE,
            qui=(COTE_EMPLOYEUR, STAGIAIRE), defait="reprendre",
            champs=(Champ("le", "Le jour du remboursement", "Donnez le jour du remboursement.",
                          lire=passages.lire_un_jour_passe, jour=True),),
            dit="L’avance est remboursée.", recit="Remboursée", prepare=(chacun(passages.rendre),),
        ),
        Geste(
            nom="reprendre", mot="Elle n’est pas remboursée", de=(EtatDAvance.RENDUE,), vers=EtatDAvance.DUE,
            qui=(COTE_EMPLOYEUR, STAGIAIRE), a_part=True, dit="L’avance est de nouveau à rembourser.",
            recit="Dite de nouveau à rembourser", prepare=(chacun(passages.reprendre),),
        ),
        Geste(
            nom="retirer", mot="Retirer", de=(EtatDAvance.DUE,), vers=EtatDAvance.RETIREE, qui=(STAGIAIRE,),
            a_part=True, dit="L’avance est retirée.", recit="Retirée",
        ),
    ),
)  # fmt: skip

REGLEMENTS: Final = Flux(
    nom="reglements",
    modele=Reglement,
    mot="le règlement",
    ce_mot="ce règlement",
    cotes=cotes_du_reglement,
    visibles=reglements_visibles,
    dits=DITS,
    table=(
        Geste(
            nom="recevoir", mot="Recevoir un règlement", de=(), vers=EtatDuReglementRecu.A_RAPPROCHER,
            qui=(ORGANISME,), dit="Le règlement est noté.", recit="Reçu", formulaire=False,
        ),
        Geste(
            nom="lettrer", mot="Rapprocher d’une facture", de=(EtatDuReglementRecu.A_RAPPROCHER,), vers=None,
            qui=(ORGANISME,),
            champs=(
                Champ("numero", "Le numéro de la facture", "Écrivez le numéro de la facture."),
                Champ("montant", "Le montant, si ce n’est pas tout", lire=lire_un_montant),
            ),
            dit="Le règlement est rapproché de la facture.", recit="Rapproché d’une facture",
            prepare=(passages.lettrer,),
        ),
        Geste(
            nom="delettrer", mot="Défaire le rapprochement",
            de=(EtatDuReglementRecu.A_RAPPROCHER, EtatDuReglementRecu.RAPPROCHE), vers=EtatDuReglementRecu.A_RAPPROCHER,
            qui=(ORGANISME,), garde=passages.est_lettre, a_part=True,
            dit="Le rapprochement est défait.", recit="Rapprochement défait", avec=(passages.delettrer,),
        ),
        Geste(
            nom="ecarter", mot="Mettre de côté", de=(EtatDuReglementRecu.A_RAPPROCHER,), vers=EtatDuReglementRecu.ECARTE,
            qui=(ORGANISME,), garde=passages.n_est_pas_lettre, a_part=True, defait="reprendre",
            suite="Ce qui ne paie aucune facture.", dit="Le règlement est mis de côté.", recit="Mis de côté",
        ),
        Geste(
            nom="reprendre", mot="Remettre à rapprocher", de=(EtatDuReglementRecu.ECARTE,),
            vers=EtatDuReglementRecu.A_RAPPROCHER, qui=(ORGANISME,), dit="Le règlement attend de nouveau.",
            recit="Repris",
        ),
    ),
)  # fmt: skip
