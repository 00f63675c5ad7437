"""Whom each gesture of a dossier tells, in a mail that leaves at once: one row a gesture, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.etats import Etat
from binome.dossiers.flows import CANDIDAT, EXAMEN, ORGANISME
from binome.lettres.carnet import EMPLOYEUR, REPOND, TIENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

Condition = Callable[["Passage[Dossier]", "Auteur"], bool]


def toujours(passage: Passage[Any], par: Auteur) -> bool:  # noqa: ARG001 - no condition
    """Nothing stands in the way."""
    return True


def a_ete_depose(passage: Passage[Dossier], _: Auteur) -> bool:
    """Others than the organisation know of the dossier."""
    return passage.objet.depose_le is not None


def est_connu(passage: Passage[Dossier], _: Auteur) -> bool:
    """The candidate has an account: without one, the invitation is the news."""
    return passage.objet.candidat_id is not None


def complete_par_la_personne(passage: Passage[Dossier], par: Auteur) -> bool:
    """The candidate adds what the branch waits for: the organisation has to send it back."""
    dossier = passage.objet
    return (
        dossier.etat == Etat.A_COMPLETER
        and dossier.candidat_id is not None
        and par.nom_au_journal == f"personne:{dossier.candidat_id}"
    )


def une_lettre_est_partie(passage: Passage[Dossier], _: Auteur) -> bool:
    """A decision was told by its sealed letter."""
    decisions = passage.objet.decisions.filter(notifiee_le__isnull=False, annulee_le__isnull=True)
    return decisions.exclude(sceau="").exists()


def aucune_lettre_n_est_partie(passage: Passage[Dossier], par: Auteur) -> bool:
    """The reverse."""
    return not une_lettre_est_partie(passage, par)


def a_quelqu_un_d_autre(passage: Passage[Dossier], par: Auteur) -> bool:
    """Who is given the dossier is not who gives it."""
    return par.nom_au_journal != f"personne:{passage.objet.examine_par_id}"


@dataclass(frozen=True, kw_only=True)
class Nouvelle:
    """What one mail says to some sides (`a`). `sujet` and `phrase` may hold the words of `_mots` in `prevenir`.

    `ancre` is the place in the page of the dossier, `depot` leads to the upload of the first document that is missing, `lettre` says that the link is the sealed letter's. `cite` is
    the datum that is quoted, under `cite_titre`. `avant` is the day before which to act, if the gesture has one.
    `jour`: once a day at most, for a dossier. `de_plusieurs` is the subject of one mail for many dossiers.
    """

    a: tuple[str, ...]
    sujet: str
    phrase: str
    action: str = "Ouvrir le dossier"
    ancre: str = ""
    depot: bool = False
    lettre: bool = False
    suite: str = ""
    cite: str = ""
    cite_titre: str = ""
    avant: bool = False
    si: Condition = toujours
    jour: bool = False
    de_plusieurs: str = ""


PERSONNE_D_AUTRE: Final = "personne : les listes de la branche disent qui examine"
PAS_AVANT: Final = "personne : rien d’une décision ne se dit avant qu’elle soit notifiée"
LIGNES: Final[Mapping[str, tuple[Nouvelle, ...] | str]] = {
    "ouvrir": "personne : un brouillon n’est encore qu’à l’organisme",
    "ecrire": "personne ; une adresse corrigée reçoit son invitation, tout de suite si le dossier est déposé",
    "joindre": (
        Nouvelle(
            a=(ORGANISME,), si=complete_par_la_personne, jour=True,
            sujet="Dossier {dossier} : une pièce est ajoutée, à renvoyer",
            phrase="La personne candidate a ajouté une pièce {au_dossier}, {que_branche} "
            "a demandé de compléter.",
            suite="Quand tout y est, renvoyez le dossier à l’examen.",
            ancre="#pieces",
        ),
    ),
    "retirer_une_piece": "personne : la page du dossier le montre",
    "associer": (
        Nouvelle(
            a=(EMPLOYEUR,), si=a_ete_depose,
            sujet="Dossier {dossier} : vous y êtes associé comme employeur",
            phrase="{organisme} vous a associé {au_dossier} comme employeur.",
            suite="Vous y suivez l’état du dossier, la voie et les heures.",
        ),
    ),
    "preciser_l_emploi": "personne : la page du dossier le montre",
    "finir_l_emploi": "personne : la page du dossier le montre",
    "deposer": (
        Nouvelle(
            a=(CANDIDAT,), si=est_connu,
            sujet="Dossier {dossier} : déposé par {organisme}",
            phrase="{organisme} a déposé {le_dossier}. L’examen revient à {branche}.",
            suite="Un courriel vous dira la décision, ou ce qui manque.",
        ),
        Nouvelle(
            a=(ORGANISME,),
            sujet="Dossier {dossier} : déposé, accusé de réception",
            de_plusieurs="{nombre} dossiers déposés, accusé de réception",
            phrase="{le_dossier} est déposé. L’examen revient à {branche}.",
            suite="Un courriel vous dira la décision, ou ce qui manque.",
        ),
    ),
    "accueillir": (
        Nouvelle(
            a=(CANDIDAT,),
            sujet="Dossier {dossier} : le parcours est ouvert",
            phrase="{organisme} a ouvert votre parcours de formation, d’après la lettre du {du_jour}. La décision a été "
            "prise hors de Binôme.",
            suite="Les modules à suivre sont ceux de la lettre. Rien ne vous est demandé.",
        ),
        Nouvelle(
            a=(EMPLOYEUR,),
            sujet="Dossier {dossier} : le parcours est ouvert",
            phrase="{organisme} a ouvert un parcours de formation dans {le_dossier}, d’après la lettre du {du_jour}. La "
            "décision a été prise hors de Binôme.",
        ),
    ),
    "terminer": "personne de plus : la fin du parcours le dit",
    "examiner": "personne : ce qui ne va pas part avec la demande de compléter",
    "prendre": PERSONNE_D_AUTRE,
    "remettre": (
        Nouvelle(
            a=(TIENT,), si=a_quelqu_un_d_autre,
            sujet="Dossier {dossier} : il vous est remis, à examiner",
            phrase="{le_dossier}, déposé par {organisme}, vous est remis : c’est à vous de l’examiner.",
            suite="Vos dossiers sont sur la page « Mes dossiers ».",
        ),
    ),
    "rendre": PERSONNE_D_AUTRE,
    "demander": (
        Nouvelle(
            a=(ORGANISME, CANDIDAT), cite="motif", cite_titre="Ce qui manque", avant=True,
            sujet="Dossier {dossier} : à compléter",
            phrase="{branche} demande de compléter {le_dossier}.",
            action="Ajouter les pièces", ancre="#pieces", depot=True,
        ),
    ),
    "completer": (
        Nouvelle(
            a=(EXAMEN,),
            sujet="Dossier {dossier} : complété, à examiner",
            phrase="{organisme} a complété {le_dossier}, comme vous l’aviez demandé.",
        ),
        Nouvelle(
            a=(CANDIDAT,),
            sujet="Dossier {dossier} : complété, de nouveau à l’examen",
            phrase="{organisme} a complété {le_dossier} : {branche} reprend l’examen.",
        ),
    ),
    "inviter": "la personne candidate, par son invitation",
    "constater": PAS_AVANT,
    "se_deporter": "personne : l’examen change de main dans la branche",
    "proposer": PAS_AVANT,
    "decider": PAS_AVANT,
    "annuler": PAS_AVANT,
    "notifier": (
        Nouvelle(
            a=(CANDIDAT, ORGANISME), lettre=True,
            sujet="Décision sur le dossier {dossier}",
            phrase="{branche} a rendu sa décision sur {le_dossier}.",
            action="Lire la lettre de décision (PDF)",
            suite="La lettre dit la décision, ses raisons, les textes appliqués et comment la "
            "contester. Il faut vous connecter pour la lire.",
        ),
        Nouvelle(
            a=(EMPLOYEUR,),
            sujet="Décision sur le dossier {dossier}",
            phrase="{branche} a rendu sa décision sur {le_dossier}, que vous suivez comme employeur.",
        ),
    ),
    "contester": (
        Nouvelle(
            a=(REPOND,),
            sujet="Dossier {dossier} : recours déposé, réponse attendue",
            phrase="Un recours est déposé contre la décision sur {le_dossier}.",
            suite="Une autre personne que celle qui a décidé y répond.",
            action="Lire le recours et y répondre", ancre="#repondre",
        ),
        Nouvelle(
            a=(CANDIDAT, ORGANISME),
            sujet="Dossier {dossier} : recours déposé, accusé de réception",
            phrase="Le recours contre la décision sur {le_dossier} est déposé : {branche} doit y "
            "répondre.",
            suite="Un courriel vous dira sa réponse.",
        ),
    ),
    "maintenir": (
        Nouvelle(
            a=(CANDIDAT, ORGANISME),
            sujet="Dossier {dossier} : la décision est maintenue après le recours",
            phrase="{branche} a répondu au recours : la décision sur {le_dossier} est maintenue.",
            suite="La lettre de la réponse (PDF) se lit sur la même page, dès qu’elle est scellée.",
            action="Lire la réponse",
        ),
    ),
    "revoir": (
        Nouvelle(
            a=(CANDIDAT, ORGANISME),
            sujet="Dossier {dossier} : la décision sera revue après le recours",
            phrase="{branche} a répondu au recours : la décision sur {le_dossier} est annulée, et "
            "une autre sera prise.",
            suite="Un courriel vous dira la nouvelle décision.",
            action="Lire la réponse",
        ),
    ),
    "clore": (
        Nouvelle(
            a=(CANDIDAT, ORGANISME),
            sujet="Dossier {dossier} : clos",
            phrase="{branche} a clos {le_dossier}. La décision reste la même, et se lit toujours.",
        ),
    ),
    "corriger_le_nom": (
        Nouvelle(
            a=(CANDIDAT, ORGANISME), si=une_lettre_est_partie,
            sujet="Dossier {dossier} : le nom est corrigé, la lettre aussi",
            phrase="{branche} a corrigé le nom de la personne candidate dans {le_dossier}.",
            suite="La décision reste la même. Sa lettre est refaite au nom corrigé, et remplace celle que vous aviez.",
        ),
        Nouvelle(
            a=(CANDIDAT, ORGANISME), si=aucune_lettre_n_est_partie,
            sujet="Dossier {dossier} : le nom est corrigé",
            phrase="{branche} a corrigé le nom de la personne candidate dans {le_dossier}.",
        ),
    ),
    "retirer": (
        Nouvelle(
            a=(CANDIDAT, ORGANISME, EMPLOYEUR), si=a_ete_depose,
            sujet="Dossier {dossier} : retiré",
            phrase="{le_dossier} est retiré. L’examen s’arrête, aucune décision ne sera prise.",
        ),
    ),
    "retablir": (
        Nouvelle(
            a=(CANDIDAT,), si=est_connu,
            sujet="Dossier {dossier} : rétabli",
            phrase="{le_dossier} était retiré. Il est rétabli : c’est de nouveau un brouillon {d_organisme}.",
            suite="Si ce n’est pas ce que vous voulez, retirez-le de nouveau.",
        ),
        Nouvelle(
            a=(ORGANISME,),
            sujet="Dossier {dossier} : rétabli, à déposer de nouveau",
            phrase="{le_dossier} était retiré. Il est rétabli : c’est de nouveau un brouillon.",
            suite="Relisez-le, puis déposez-le pour que la branche l’examine.",
        ),
    ),
    "anonymiser": "personne : elles ont été prévenues avant, et plus rien ne dit leur adresse",
}  # fmt: skip
"""Every gesture of the flow; a test holds it so."""
