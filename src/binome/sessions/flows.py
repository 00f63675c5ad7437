"""The flows of a session, of its slots and of its enrolments, as tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Flux, Geste
from binome.sessions import passages, sans_compte
from binome.sessions import passages_de_session as de_session
from binome.sessions.etats import EtatDeCreneau, EtatDeSession, EtatDInscription
from binome.sessions.models import Creneau, Inscription, Session
from binome.sessions.permissions import (
    FORMATEUR,
    ORGANISME,
    cotes_d_inscription,
    cotes_de_creneau,
    cotes_de_session,
)
from binome.sessions.quand import QUAND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

DITS: Final = {
    MAISON: "",
    ORGANISME: "par l’organisme",
    FORMATEUR: "par le formateur ou la formatrice",
}
NON_GELES: Final = (EtatDeCreneau.PREVU, EtatDeCreneau.OUVERT)


def _liberer(annulees: Sequence[Passage[Session]], _: Auteur) -> None:
    de_session.liberer(CRENEAUX, INSCRIPTIONS, [une.objet.pk for une in annulees])


def _inviter(publiees: Sequence[Passage[Session]], par: Auteur) -> None:
    for passage in publiees:
        sans_compte.inviter(passage, passage.objet, par)


def _inviter_pour(changes: Sequence[Passage[Creneau]], par: Auteur) -> None:
    sessions = {
        un.objet.session_id: un
        for un in changes
        if un.objet.fiche_id is not None and un.objet.session.etat == EtatDeSession.PUBLIEE
    }
    for passage in sessions.values():
        # Once it is kept: a series is tried, and undone, before it is done.
        seul = partial(sans_compte.inviter, passage, passage.objet.session, par)
        transaction.on_commit(seul, robust=True)


SESSIONS: Final = Flux(
    nom="sessions",
    modele=Session,
    mot="la session",
    ce_mot="cette session",
    cotes=cotes_de_session,
    dits=DITS,
    table=(
        Geste(
            nom="preparer", mot="Préparer la session", de=(), vers=EtatDeSession.PREPAREE, qui=(ORGANISME,),
            dit="La session est en préparation.", recit="Session préparée", formulaire=False,
        ),
        Geste(
            nom="regler", mot="Enregistrer les places", de=passages.VIVANTES, vers=None, qui=(ORGANISME,),
            dit="Les places sont enregistrées.", recit="Places changées", marque=False,
            champs=de_session.REGLER, prepare=(chacun(de_session.regler),),
        ),
        Geste(
            nom="publier", mot="Publier la session", de=(EtatDeSession.PREPAREE,), vers=EtatDeSession.PUBLIEE,
            qui=(ORGANISME,), suite="Les personnes inscrites et qui enseigne reçoivent un courriel.",
            dit="La session est publiée.", recit=de_session.dit_la_publication,
            champs=(de_session.MALGRE, de_session.SANS_CONVENTION),
            prepare=(chacun(de_session.publier),), effets=(_inviter,),
        ),
        Geste(
            nom="terminer", mot="Terminer la session", de=(EtatDeSession.PUBLIEE,), vers=EtatDeSession.TERMINEE,
            qui=(ORGANISME,), suite="Ses créneaux ne changeront plus.", dit="La session est terminée.",
            recit="Session terminée", prepare=(chacun(de_session.terminer),),
        ),
        Geste(
            nom="annuler", mot="Annuler la session", de=passages.VIVANTES, vers=EtatDeSession.ANNULEE,
            qui=(ORGANISME,),
            suite="Ses créneaux sont annulés et les personnes inscrites retirées. Ce geste ne se défait pas.",
            dit="La session est annulée.", recit=de_session.dit_l_annulation, champs=de_session.ANNULER,
            prepare=(chacun(de_session.annuler),),
            effets=(_liberer,),
        ),
    ),
)  # fmt: skip

CRENEAUX: Final = Flux(
    nom="creneaux",
    modele=Creneau,
    mot="le créneau",
    ce_mot="ce créneau",
    cotes=cotes_de_creneau,
    dits=DITS,
    table=(
        Geste(
            nom="poser", mot="Ajouter le créneau", de=(), vers=EtatDeCreneau.PREVU, qui=(ORGANISME,),
            dit="Le créneau est ajouté.", recit="Créneau ajouté", formulaire=False,
        ),
        Geste(
            nom="deplacer", mot="Déplacer le créneau", de=(EtatDeCreneau.PREVU,), vers=None, qui=(ORGANISME,),
            dit="Le créneau est déplacé.", recit="Créneau déplacé", garde=passages.session_vivante,
            champs=QUAND, prepare=(chacun(passages.deplacer),),
        ),
        Geste(
            nom="ecourter", mot="Il a fini plus tôt", de=NON_GELES, vers=None, qui=(FORMATEUR, ORGANISME),
            suite="Ses minutes sont celles qui ont eu lieu.", dit="L’heure de fin est corrigée.",
            recit="Créneau fini plus tôt", formulaire=False, garde=passages.session_publiee,
            champs=passages.FINIT, prepare=(chacun(passages.ecourter),),
        ),
        Geste(
            nom="changer", mot="Enregistrer", de=(EtatDeCreneau.PREVU,), vers=None, qui=(ORGANISME,),
            dit="Le créneau est changé.", recit="Créneau changé", marque=False, garde=passages.session_vivante,
            champs=passages.COMMENT, prepare=(chacun(passages.changer),), effets=(_inviter_pour,),
        ),
        Geste(
            nom="annuler", mot="Annuler le créneau", de=NON_GELES, vers=EtatDeCreneau.ANNULE, qui=(ORGANISME,),
            suite="Il reste dans le calendrier, barré.", dit="Le créneau est annulé.", recit="Créneau annulé",
            garde=passages.session_vivante, defait="retablir",
        ),
        Geste(
            nom="retablir", mot="Rétablir le créneau", de=(EtatDeCreneau.ANNULE,), vers=EtatDeCreneau.PREVU,
            qui=(ORGANISME,), dit="Le créneau est rétabli.", recit="Créneau rétabli",
            garde=passages.session_vivante, prepare=(chacun(passages.retablir),),
        ),
        Geste(
            nom="confier", mot="Confier à son compte", de=NON_GELES, vers=None, qui=(MAISON,),
            dit="Le créneau est à son compte.", recit="Qui enseigne a ouvert son compte", formulaire=False, marque=False,
            prepare=(chacun(passages.confier),),
        ),
        Geste(
            nom="tomber", mot="Annuler avec la session", de=NON_GELES, vers=EtatDeCreneau.ANNULE, qui=(MAISON,),
            dit="Le créneau est annulé.", recit="Créneau annulé avec sa session", formulaire=False,
        ),
        Geste(
            nom="ouvrir", mot="Ouvrir la signature", de=(EtatDeCreneau.PREVU,), vers=EtatDeCreneau.OUVERT,
            qui=(FORMATEUR, ORGANISME), dit="La signature est ouverte.", recit="Signature ouverte", formulaire=False,
            garde=passages.session_publiee,
        ),
        Geste(
            nom="fermer", mot="Fermer la signature", de=(EtatDeCreneau.OUVERT,), vers=EtatDeCreneau.PREVU,
            qui=(FORMATEUR, ORGANISME), dit="La signature est fermée.", recit="Signature fermée", formulaire=False,
        ),
        Geste(
            nom="geler", mot="Contresigner le créneau", de=NON_GELES,
            vers=EtatDeCreneau.GELE, qui=(FORMATEUR,), dit="Le créneau est contresigné.",
            recit="Créneau contresigné", formulaire=False, garde=passages.session_publiee,
            prepare=(chacun(passages.geler),),
        ),
    ),
)  # fmt: skip

INSCRIPTIONS: Final = Flux(
    nom="inscriptions",
    modele=Inscription,
    mot="l’inscription",
    ce_mot="cette inscription",
    cotes=cotes_d_inscription,
    dits=DITS,
    table=(
        Geste(
            nom="inscrire", mot="Inscrire", de=(), vers=EtatDInscription.INSCRITE, qui=(ORGANISME,),
            dit="L’inscription est faite.", recit="Inscription à une session", formulaire=False,
        ),
        Geste(
            nom="retirer", mot="Retirer de la session", de=(EtatDInscription.INSCRITE,),
            vers=EtatDInscription.RETIREE, qui=(ORGANISME,),
            suite="La place se libère ; les créneaux passés restent.",
            dit="L’inscription est retirée.", recit=de_session.dit_le_retrait,
            champs=(de_session.RETRAIT,), prepare=(chacun(de_session.retirer),),
        ),
        Geste(
            nom="oter", mot="Retirer avec le parcours ou la session", de=(EtatDInscription.INSCRITE,),
            vers=EtatDInscription.RETIREE, qui=(MAISON,), dit="L’inscription est retirée.",
            recit=de_session.dit_le_retrait, formulaire=False, prepare=(chacun(de_session.retirer),),
        ),
    ),
)  # fmt: skip
