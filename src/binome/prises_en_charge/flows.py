"""The flows of the room, each as one table."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import MOTIF, Champ, Flux, Geste
from binome.prises_en_charge import passages
from binome.prises_en_charge.etats import (
    EN_VIGUEUR,
    OUVERTES,
    EtatDeCertificat,
    EtatDePriseEnCharge,
    EtatDUnEtatDeService,
    RaisonDeRenvoi,
)
from binome.prises_en_charge.exigences import exiger_les_documents
from binome.prises_en_charge.models import (
    CertificatDeRealisation,
    EtatDeService,
    PriseEnCharge,
)
from binome.prises_en_charge.permissions import (
    ORGANISME,
    PAYEUR,
    RECOPIE,
    certificats_visibles,
    cotes,
    cotes_de_l_etat,
    cotes_du_certificat,
    etats_visibles,
    noter_l_etat,
    noter_la_prise,
    noter_le_certificat,
    visibles,
)
from binome.regles.calendrier import date_en_clair, duree_en_clair, montant_en_clair

DITS: Final = {
    MAISON: "", ORGANISME: "par l’organisme", PAYEUR: "par le financeur", RECOPIE: "recopié par l’organisme",
}  # fmt: skip
_NOMME: Final = ("reference", "prenom", "nom", "anonyme_le", "candidat")
_MAISONS: Final = ("organisme__nom", "payeur__nom", "employeur__nom")
EN_LISTE: Final = (
    "etat", "version", "voie", "premiere", "rang", "autre_payeur", "demandee_le", "repondue_le",
    "organisme", "payeur", "employeur", "parcours__organisme", "minutes_demandees", "taux_demande_cents", "debut",
    *(f"parcours__dossier__{un}" for un in _NOMME), *_MAISONS,
)  # fmt: skip
"""What a list reads of an agreement: neither its comparison, nor the thirty columns of a dossier."""
MOIS_EN_LISTE: Final = (
    "etat", "version", "mois", "payeur", "repondu_le", "minutes_payables", "montant_cents",
    *(f"prise_en_charge__{un}" for un in EN_LISTE if un not in ("employeur", "employeur__nom")),
)  # fmt: skip
"""The same, of a month: neither its slots, nor its hash."""
REPONDENT: Final = (PAYEUR, RECOPIE)


def ce_qui_est_demande(prise: PriseEnCharge) -> str:
    """What is asked, by whom, from when."""
    heures = duree_en_clair(prise.minutes_demandees)
    taux = montant_en_clair(prise.taux_demande_cents)
    return f"{heures} à {taux}, {prise.organisme.nom}, début le {date_en_clair(prise.debut)}"


def _ce_qui_est_paye(etat: EtatDeService) -> str:
    return f"{duree_en_clair(etat.minutes_payables)}, {montant_en_clair(etat.montant_cents)}"


NUMERO: Final = Champ(
    "numero_d_accord",
    "Le numéro d’accord, si le financeur en donne un",
    lire=passages.lire_un_numero,
    seul=True,
)
POURQUOI: Final = Champ(
    "raison", "Pourquoi", "Écrivez pourquoi.", lire=passages.lire_une_explication
)

REPRISE: Final = Champ(
    "pourquoi", "Pourquoi", "Choisissez pourquoi.",
    choix=(("erreur", "Accepté par erreur"), ("verifier", "À vérifier de nouveau")),
)  # fmt: skip


def _flux() -> Flux[PriseEnCharge]:
    return PRISES_EN_CHARGE


PRISES_EN_CHARGE: Final = Flux(
    nom="prises-en-charge",
    modele=PriseEnCharge,
    mot="la prise en charge",
    ce_mot="cette prise en charge",
    cotes=cotes,
    visibles=visibles,
    en_bref=ce_qui_est_demande,
    en_liste=EN_LISTE,
    noter=noter_la_prise,
    dits=DITS,
    table=(
        Geste(
            nom="preparer", mot="Préparer une demande", de=(), vers=EtatDePriseEnCharge.PREPAREE,
            qui=(ORGANISME,), dit="La demande est en préparation.", recit="Demande préparée",
            formulaire=False,
        ),
        Geste(
            nom="preparer_un_avenant", mot="Préparer un avenant", de=(), vers=EtatDePriseEnCharge.PREPAREE,
            qui=(ORGANISME,), dit="L’avenant est en préparation.", recit="Avenant préparé", formulaire=False,
        ),
        Geste(
            nom="modifier", mot="Modifier la demande", de=(EtatDePriseEnCharge.PREPAREE,), vers=None,
            qui=(ORGANISME,), dit="La demande est modifiée.", recit="Demande modifiée",
            formulaire=False, marque=False, prepare=(chacun(passages.modifier),),
        ),
        Geste(
            nom="demander", mot="Envoyer la demande au financeur", de=(EtatDePriseEnCharge.PREPAREE,),
            vers=EtatDePriseEnCharge.DEMANDEE, qui=(ORGANISME,),
            suite="Le financeur la lit aussitôt, s’il est dans Binôme.",
            dit="La demande est envoyée.", recit="Demande envoyée au financeur",
            prepare=(exiger_les_documents, chacun(passages.demander)),
        ),
        Geste(
            nom="retirer", mot="Retirer la demande", de=OUVERTES, vers=EtatDePriseEnCharge.RETIREE,
            qui=(ORGANISME,), dit="La demande est retirée.", recit="Demande retirée", a_part=True,
        ),
        Geste(
            nom="accorder", mot="Accorder comme demandé", de=(EtatDePriseEnCharge.DEMANDEE,),
            vers=EtatDePriseEnCharge.ACCORDEE, qui=REPONDENT, ensemble=True, defait="revenir",
            suite="Sans numéro, Binôme en donne un.", champs=(NUMERO,),
            dit="La prise en charge est accordée.", recit="Prise en charge accordée",
            prepare=(chacun(passages.accorder),),
            effets=(passages.suivre(_flux, "remplacer", EtatDePriseEnCharge.ACCORDEE),),
        ),
        Geste(
            nom="accorder_en_partie", mot="Accorder en partie", de=(EtatDePriseEnCharge.DEMANDEE,),
            vers=EtatDePriseEnCharge.ACCORDEE, qui=REPONDENT, defait="revenir",
            champs=(
                NUMERO,
                Champ("minutes", "Les heures accordées, si elles changent", lire=passages.lire_des_minutes),
                Champ("taux", "Le taux horaire accordé, s’il change", lire=passages.lire_un_taux),
                Champ("salaire", "Le taux horaire de salaire, s’il change", lire=passages.lire_un_montant_mesure),
                Champ("plafond", "Le plafond en euros, s’il change", lire=passages.lire_un_plafond),
                POURQUOI,
            ),
            dit="La prise en charge est accordée en partie.", recit="Prise en charge accordée en partie",
            prepare=(chacun(passages.accorder_en_partie),),
            effets=(passages.suivre(_flux, "remplacer", EtatDePriseEnCharge.ACCORDEE),),
        ),
        Geste(
            nom="refuser", mot="Refuser", de=(EtatDePriseEnCharge.DEMANDEE,),
            vers=EtatDePriseEnCharge.REFUSEE, qui=REPONDENT, champs=(POURQUOI,), a_part=True,
            dit="La prise en charge est refusée.", recit="Prise en charge refusée",
            prepare=(chacun(passages.refuser),),
        ),
        Geste(
            nom="revenir", mot="Reprendre la réponse", de=(EtatDePriseEnCharge.ACCORDEE,),
            vers=EtatDePriseEnCharge.DEMANDEE, qui=REPONDENT, garde=passages.peut_revenir, ensemble=True,
            champs=(Champ(MOTIF, "Pourquoi", "Écrivez pourquoi."),), a_part=True,
            dit="La réponse est reprise : la demande attend.", recit="Réponse reprise",
            prepare=(passages.rien_d_etabli, passages.rien_d_amende, chacun(passages.revenir)),
            effets=(passages.suivre(_flux, "retablir", EtatDePriseEnCharge.REMPLACEE),),
        ),
        Geste(
            nom="remplacer", mot="Remplacer par l’avenant", de=(EtatDePriseEnCharge.ACCORDEE,),
            vers=EtatDePriseEnCharge.REMPLACEE, qui=(MAISON,), formulaire=False,
            dit="L’avenant remplace cet accord.", recit="Remplacée par un avenant",
        ),
        Geste(
            nom="retablir", mot="Rétablir l’accord", de=(EtatDePriseEnCharge.REMPLACEE,),
            vers=EtatDePriseEnCharge.ACCORDEE, qui=(MAISON,), formulaire=False,
            dit="L’accord vaut de nouveau.", recit="L’avenant attend de nouveau : cet accord vaut",
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDePriseEnCharge.values), vers=None, qui=(MAISON,),
            dit="Ce qui a été écrit est effacé.", recit="", formulaire=False,
            prepare=(chacun(passages.effacer),),
        ),
    ),
)  # fmt: skip

ETATS_DE_SERVICE: Final = Flux(
    nom="etats-de-service",
    modele=EtatDeService,
    mot="l’état de service",
    ce_mot="cet état de service",
    cotes=cotes_de_l_etat,
    visibles=etats_visibles,
    en_bref=_ce_qui_est_paye,
    en_liste=MOIS_EN_LISTE,
    noter=noter_l_etat,
    dits=DITS,
    table=(
        Geste(
            nom="etablir", mot="Établir l’état du mois", de=(), vers=EtatDUnEtatDeService.ETABLI,
            qui=(MAISON, ORGANISME), dit="L’état du mois est établi.", recit="État du mois établi",
            formulaire=False,
        ),
        Geste(
            nom="accepter", mot="Accepter", de=(EtatDUnEtatDeService.ETABLI,),
            vers=EtatDUnEtatDeService.ACCEPTE, qui=REPONDENT, defait="rouvrir",
            dit="L’état de service est accepté.", recit="État accepté",
            prepare=(chacun(passages.accepter),),
        ),
        Geste(
            nom="renvoyer", mot="Renvoyer à l’organisme", de=(EtatDUnEtatDeService.ETABLI,),
            vers=EtatDUnEtatDeService.RENVOYE, qui=REPONDENT, a_part=True,
            champs=(
                Champ("raison", "Pourquoi", "Choisissez une raison.", lire=passages.lire_une_raison,
                      choix=tuple((str(un.value), str(un.label)) for un in RaisonDeRenvoi)),
            ),
            dit="L’état de service est renvoyé à l’organisme.", recit=passages.dit_le_renvoi,
            prepare=(chacun(passages.renvoyer),),
        ),
        Geste(
            nom="rouvrir", mot="Reprendre l’acceptation", de=(EtatDUnEtatDeService.ACCEPTE,),
            vers=EtatDUnEtatDeService.ETABLI, qui=REPONDENT, garde=passages.peut_rouvrir, ensemble=True,
            a_part=True, champs=(REPRISE,),
            dit="L’état de service attend de nouveau.", recit="Acceptation reprise",
            prepare=(chacun(passages.rouvrir),),
        ),
        Geste(
            nom="representer", mot="Présenter de nouveau", de=(EtatDUnEtatDeService.RENVOYE,),
            vers=EtatDUnEtatDeService.ETABLI, qui=(ORGANISME,),
            suite="Le financeur le relit.", dit="L’état de service attend de nouveau.",
            recit="Présenté de nouveau au financeur", prepare=(chacun(passages.rouvrir),),
        ),
        Geste(
            nom="remplacer", mot="Remplacer", de=EN_VIGUEUR, vers=EtatDUnEtatDeService.REMPLACE,
            qui=(MAISON,), formulaire=False, dit="Un autre état remplace celui-ci.",
            recit="Remplacé : les minutes prouvées ont changé",
            prepare=(chacun(passages.remplacer),),
        ),
    ),
)  # fmt: skip

CERTIFICATS: Final = Flux(
    nom="certificats-de-realisation",
    modele=CertificatDeRealisation,
    mot="le certificat de réalisation",
    ce_mot="ce certificat de réalisation",
    cotes=cotes_du_certificat,
    visibles=certificats_visibles,
    noter=noter_le_certificat,
    dits=DITS,
    table=(
        Geste(
            nom="delivrer", mot="Délivrer le certificat", de=(), vers=EtatDeCertificat.DELIVRE,
            qui=(ORGANISME,), dit="Le certificat est délivré.", recit="Certificat délivré",
            formulaire=False,
        ),
        Geste(
            nom="remplacer", mot="Remplacer", de=(EtatDeCertificat.DELIVRE,), vers=EtatDeCertificat.REMPLACE,
            qui=(MAISON,), dit="Le certificat est remplacé.", formulaire=False,
            recit="Remplacé : le mois a été dit de nouveau",
        ),
        Geste(
            nom="ecarter", mot="Écarter", de=(EtatDeCertificat.DELIVRE,), vers=EtatDeCertificat.REMPLACE,
            qui=(MAISON,), dit="Un autre certificat remplace celui-ci.", formulaire=False,
            recit="Remplacé : son fichier n’était plus celui qui a été scellé, ou ses heures celles du mois",
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeCertificat.values), vers=None, qui=(MAISON,),
            dit="L’identité est effacée.", recit="", formulaire=False,
            prepare=(chacun(passages.effacer_le_certificat),),
        ),
    ),
)  # fmt: skip
