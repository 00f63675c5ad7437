"""Whom each gesture of a session, of a slot and of an enrolment tells.

A session published or cancelled, somebody enrolled or taken off, is a mail that leaves at once. A slot that moves is a line of
the mail of the day: twenty-four that move are one mail. One that begins within two days leaves at once besides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from binome.courrier.nouvelle import nouvelle_de
from binome.courrier.services import (
    ADire,
    avertir_tous,
    cle_pour,
    mettre_tous_en_file,
    plier,
)
from binome.dossiers.destinataires import de_l_employeur, du_candidat, s_ecrit
from binome.gestes.suites import Suite
from binome.regles.calendrier import date_en_clair
from binome.regles.courante import certification_de
from binome.regles.dire import enumerer
from binome.sessions.attendus import attendus_des
from binome.sessions.equipe import qui_peut_enseigner
from binome.sessions.etats import (
    EtatDeSession,
    EtatDInscription,
    RaisonDAnnulation,
    RaisonDeRetrait,
)
from binome.sessions.models import Creneau, Inscription, Session
from binome.sessions.quand import dire_quand
from binome.typographie import elider

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from binome.comptes.models import Personne
    from binome.courrier.services import AMettre
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

PERSONNE: Final = "personne"
EMPLOYEUR: Final = "employeur"
FORMATEUR: Final = "formateur"
POURQUOI: Final = {
    PERSONNE: "cette formation est la vôtre",
    EMPLOYEUR: "vous suivez cette personne comme employeur",
    FORMATEUR: "vous enseignez dans cette session",
}
BIENTOT: Final = timedelta(days=2)
"""A slot that begins before this is told at once, and not only in the mail of the day."""
AVIS: Final = 300
"""Characters of a notice."""
DITS_DES_CRENEAUX: Final = {
    "poser": "Un créneau s’ajoute",
    "deplacer": "Un créneau est déplacé",
    "ecourter": "Un créneau a fini plus tôt",
    "changer": "Un créneau change de salle, de lien ou de personne qui enseigne",
    "annuler": "Un créneau est annulé",
    "retablir": "Un créneau annulé est rétabli",
}


@dataclass(frozen=True, slots=True)
class _Lecteur:
    """Who is told: on which side, at which address, about which dossier, and where they read the rest."""

    cote: str
    courriel: str
    reference: str
    page: str
    de_qui: str = ""
    exemple: bool = False


def _de_l_inscription(une: Inscription) -> Iterator[_Lecteur]:
    dossier = une.parcours.dossier
    if not s_ecrit(dossier):
        return
    page = reverse("suivi", args=["parcours", une.parcours_id])
    de_qui = f" {elider('de', dossier.personne)}" if dossier.prenom or dossier.nom else ""
    for courriel in du_candidat(dossier):
        yield _Lecteur(PERSONNE, courriel, dossier.reference, page, exemple=dossier.exemple)
    for courriel in de_l_employeur(dossier):
        yield _Lecteur(EMPLOYEUR, courriel, dossier.reference, page, de_qui, dossier.exemple)


def _qui_enseigne(
    personnes: Iterable[Personne | None], organisme: int, enseignent: Container[tuple[int, int]]
) -> Iterator[_Lecteur]:
    """Those who teach and still may: a role that was withdrawn is told nothing more."""
    tous = {une.pk: une for une in personnes if une and (une.pk, organisme) in enseignent}
    for une in tous.values():
        if une.is_active and (settings.DEMONSTRATION or not une.exemple):
            courriel = plier(une.courriel)
            yield _Lecteur(FORMATEUR, courriel, "", reverse("mes-creneaux"), exemple=une.exemple)


def _lettre(
    cle: str,
    session: Session,
    lecteur: _Lecteur,
    sujet: str,
    phrase: str,
    suite: str = "",
    cite: str = "",
) -> AMettre:
    return nouvelle_de(
        session.organisme,
        lecteur.courriel,
        cle=f"{cle}:{lecteur.reference}:{lecteur.cote}",
        sujet=f"Dossier {lecteur.reference} : {sujet}" if lecteur.reference else sujet,
        phrase=phrase,
        cite=cite,
        cite_titre=f"Le mot {elider('de', session.organisme.nom)}",
        suite=suite,
        action="Voir les créneaux",
        page=lecteur.page,
        pourquoi=POURQUOI[lecteur.cote],
        exemple=lecteur.exemple,
        certification=certification_de(session.certification).nom,
        reference=lecteur.reference,
    )


def _a_qui(lecteur: _Lecteur) -> str:
    """Whose enrolment it is, in the sentence of a mail."""
    return "votre inscription" if lecteur.cote == PERSONNE else f"l’inscription{lecteur.de_qui}"


def _premier_jour(session: Session) -> str:
    return date_en_clair(session.debut)


def prevenir_des_inscriptions(inscriptions: Sequence[Inscription], geste: str) -> int:
    """Queues the mails of enrolments of a published session, made or taken off; how many."""
    lettres = []
    for une in inscriptions:
        session = une.session
        if session.etat != EtatDeSession.PUBLIEE:
            continue
        inscrit = geste == "inscrire"
        sujet = "une session de formation" if inscrit else "la session de formation change"
        for lecteur in _de_l_inscription(une):
            verbe = "a fait" if inscrit else "a retiré"
            phrase = (
                f"{session.organisme.nom} {verbe} {_a_qui(lecteur)} "
                f"{'à' if inscrit else 'de'} la session qui commence le {_premier_jour(session)}, {_ou(session)}."
            )
            suite = "Le calendrier est sur la page du parcours." if inscrit else ""
            cle = f"inscription:{geste}:{une.pk}:{une.version}"
            lettres.append(_lettre(cle, session, lecteur, sujet, phrase, suite))
    mettre_tous_en_file(lettres)
    return len(lettres)


def _ou(session: Session) -> str:
    return f"au site {session.site.nom}"


def _lues(sessions: Sequence[Session], **condition: str) -> list[Inscription]:
    lues = Inscription.objects.filter(session__in=sessions, **condition).select_related(
        "session__site", "session__organisme", "parcours__dossier__candidat"
    )
    return list(lues.order_by("pk"))


def _de_la_session(geste: str, passages: Sequence[Passage[Session]], _: Auteur) -> None:
    """One mail to each person of a session that is published or cancelled."""
    publiee = geste == "publier"
    vues = [un.objet for un in passages if publiee or un.avant.get("publiee")]
    condition = (
        {"etat": EtatDInscription.INSCRITE} if publiee else {"raison": RaisonDeRetrait.ANNULATION}
    )
    par_session: defaultdict[int, list[_Lecteur]] = defaultdict(list)
    for une in _lues(vues, **{nom: str(valeur) for nom, valeur in condition.items()}):
        par_session[une.session_id] += _de_l_inscription(une)
    enseignent: defaultdict[int, list[Personne | None]] = defaultdict(list)
    creneaux = Creneau.objects.filter(session__in=vues).select_related("formateur")
    for creneau in creneaux.order_by("pk"):
        enseignent[creneau.session_id].append(creneau.formateur)
    lettres = []
    peuvent = qui_peut_enseigner(une.organisme_id for une in vues)
    mots = {un.objet.pk: un.motif for un in passages}
    raisons = {un.objet.pk: un.apres.get("raison", "") for un in passages}
    for session in vues:
        raison = raisons[session.pk]
        sujet = "les dates de la session" if publiee else "la session est annulée"
        for lecteur in (
            *par_session[session.pk],
            *_qui_enseigne(enseignent[session.pk], session.organisme_id, peuvent),
        ):
            phrase = (
                f"{session.organisme.nom} publie les dates de la session qui commence le "
                f"{_premier_jour(session)}, {_ou(session)}."
                if publiee
                else f"{session.organisme.nom} a annulé la session qui devait commencer le "
                f"{_premier_jour(session)}, {_ou(session)}. {RaisonDAnnulation(raison).label}."
            )
            suite = "" if publiee else f"Pour la suite, écrivez à {session.organisme.nom}."
            lettres.append(
                _lettre(
                    f"session:{geste}:{session.pk}",
                    session,
                    lecteur,
                    sujet,
                    phrase,
                    suite,
                    mots[session.pk],
                )
            )
    mettre_tous_en_file(lettres)
    for passage in passages:
        if lettres:
            passage.nouvelles.append(_combien(len(lettres)))


def _combien(nombre: int) -> str:
    return "Un courriel part." if nombre == 1 else f"{nombre} courriels partent."


def prevenir_des_creneaux(
    geste: str,
    creneaux: Sequence[Creneau],
    anciens: Sequence[Personne | None] = (),
    etaient: Mapping[int, str] = MappingProxyType({}),
) -> int:
    """Notes slots of published sessions for those expected and who teaches; how many mails leave at once besides.

    `anciens` are those who taught them before, `etaient` says when each was, by number.
    """
    dits = [un for un in creneaux if un.session.etat == EtatDeSession.PUBLIEE]
    attendus = attendus_des(dits, annules=True) if dits else {}
    lettres, maintenant = [], timezone.now()
    enseignent = qui_peut_enseigner(un.session.organisme_id for un in dits)
    avis: list[ADire] = []
    for un in dits:
        etait = etaient.get(un.pk, "")
        avant = f", et non plus {etait}" if etait else ""
        texte = f"{DITS_DES_CRENEAUX[geste]} : {dire_quand(un)}{avant}."
        lecteurs = [lu for une in attendus[un.pk] for lu in _de_l_inscription(une)]
        lecteurs += _qui_enseigne([un.formateur, *anciens], un.session.organisme_id, enseignent)
        for lecteur in lecteurs:
            avis.append(
                ADire(
                    cle=cle_pour(
                        f"creneau:{geste}:{un.pk}:{un.version}:{lecteur.reference}",
                        lecteur.courriel,
                    ),
                    destinataire=lecteur.courriel,
                    genre="creneau",
                    texte=texte[:AVIS],
                    reference=lecteur.reference,
                    adresse=lecteur.page,
                )
            )
            if maintenant < un.debut < maintenant + BIENTOT:
                cle = f"creneau:{geste}:{un.pk}:{un.version}"
                sujet = "un créneau change bientôt"
                lettres.append(_lettre(cle, un.session, lecteur, sujet, texte))
    avertir_tous(avis)
    mettre_tous_en_file(lettres)
    return len(lettres)


def _du_creneau(geste: str, passages: Sequence[Passage[Creneau]], _: Auteur) -> None:
    anciens = [un.donnees.get("enseignait") for un in passages]
    etaient = {un.objet.pk: str(un.donnees.get("etait", "")) for un in passages}
    nombre = prevenir_des_creneaux(geste, [un.objet for un in passages], anciens, etaient)
    for passage in passages:
        if nombre:
            passage.nouvelles.append(_combien(nombre))


def _du_retrait(passages: Sequence[Passage[Inscription]], _: Auteur) -> None:
    nombre = prevenir_des_inscriptions([un.objet for un in passages], "retirer")
    for passage in passages:
        if nombre:
            passage.nouvelles.append(_combien(nombre))


A_TOUS: Final = enumerer(["les personnes inscrites", "leurs employeurs", "qui enseigne"])
DU_JOUR: Final = f"{A_TOUS}, dans le courriel du jour"
SUITES_DES_SESSIONS: Final = {
    "preparer": Suite("personne : elle n’est encore qu’à l’organisme"),
    "regler": Suite("personne : la page le montre"),
    "publier": Suite(A_TOUS, partial(_de_la_session, "publier")),
    "terminer": Suite("personne : tout est contresigné"),
    "annuler": Suite(A_TOUS, partial(_de_la_session, "annuler")),
}
SUITES_DES_CRENEAUX: Final = {
    "poser": Suite("personne avant la publication ; ensuite " + DU_JOUR),
    **{
        nom: Suite(DU_JOUR, partial(_du_creneau, nom))
        for nom in DITS_DES_CRENEAUX
        if nom != "poser"
    },
    "confier": Suite("personne : qui enseigne vient d’ouvrir son compte"),
    "tomber": Suite("personne de plus : l’annulation de la session le dit"),
    "ouvrir": Suite("personne : qui est là le voit"),
    "fermer": Suite("personne : qui est là le voit"),
    "geler": Suite("personne : chacun lit ce qu’il a signé"),
}
SUITES_DES_INSCRIPTIONS: Final = {
    "inscrire": Suite("personne avant la publication ; ensuite la personne et ses employeurs"),
    "retirer": Suite("la personne et ses employeurs, quand la session est publiée", _du_retrait),
    "oter": Suite("personne de plus : la fin du parcours ou de la session le dit"),
}
