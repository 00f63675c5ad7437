"""What the gestures of a slot read, refuse and write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.refus import GesteImpossible
from binome.gestes.table import Champ
from binome.sessions.equipe import PERSONNE, Enseignant, de_ce_code, lire_qui
from binome.sessions.etats import EtatDeSession, ModaliteDeCreneau
from binome.sessions.horloge import dire_l_heure, instant, lire_heure
from binome.sessions.models import Creneau, Session
from binome.sessions.quand import Quand, dire_quand, lire_quand

if TYPE_CHECKING:
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

VIVANTES: Final = (EtatDeSession.PREPAREE, EtatDeSession.PUBLIEE)
"""The states of a session whose slots may still change."""
SALLE: Final = 80
LIEN: Final = 300
_EST_UN_LIEN: Final = URLValidator(schemes=["https", "http"])


def _lire_la_modalite(texte: str) -> str:
    if texte not in ModaliteDeCreneau.values:
        raise ValueError("Choisissez une modalité de la liste.")
    return texte


def _lire_la_salle(texte: str) -> str:
    salle = " ".join(texte.split())
    if len(salle) > SALLE:
        raise ValueError(f"Le nom de la salle est trop long : {SALLE} caractères au plus.")
    return salle


def _lire_le_lien(texte: str) -> str:
    try:
        _EST_UN_LIEN(texte)
    except ValidationError:
        raise ValueError(
            "Ce lien n’est pas une adresse : collez-la entière, elle commence par https://"
        ) from None
    if len(texte) > LIEN:
        raise ValueError(f"Ce lien est trop long : {LIEN} caractères au plus.")
    return texte


COMMENT: Final = (
    Champ("formateur", "Formateur ou formatrice", lire=lire_qui),
    Champ(
        "modalite", "Comment", "Choisissez une modalité.", lire=_lire_la_modalite,
        choix=tuple((str(un.value), str(un.label)) for un in ModaliteDeCreneau),
    ),
    Champ("salle", "La salle", lire=_lire_la_salle),
    Champ("lien", "Le lien", lire=_lire_le_lien),
)  # fmt: skip
"""The fields of a form that says who teaches, how and where."""


def session_vivante(creneau: Creneau) -> str | None:
    """Why a slot may no longer change: its session is over, or cancelled."""
    if creneau.session.etat in VIVANTES:
        return None
    return f"La session est « {creneau.session.etat_dit} » : ses créneaux ne changent plus."


def session_publiee(creneau: Creneau) -> str | None:
    """Why a slot may not be signed: nobody outside reads a session that is not published."""
    if creneau.session.etat == EtatDeSession.PUBLIEE:
        return None
    return f"La session est « {creneau.session.etat_dit} » : publiez-la avant de faire signer."


def tenir(session: int) -> None:
    """Holds a session until the end of the transaction: two who lay slots, or enrol, go one after the other."""
    Session.objects.select_for_update().get(pk=session)


def qui_enseigne(session: Session, code: object) -> Enseignant:
    """Who teaches under a code, of the organisation's; nobody for None. Raises GesteImpossible."""
    if not code:
        return PERSONNE
    trouve = de_ce_code(session.organisme_id, str(code))
    if trouve is None:
        raise GesteImpossible(
            "Cette personne n’est pas, ou plus, de votre organisme : choisissez-en une de la liste.",
            champ="formateur",
        )
    return trouve


def deplacer(passage: Passage[Creneau], _: Auteur) -> None:
    """Writes when it is now, and tells when it was. Raises GesteImpossible."""
    creneau = passage.objet
    tenir(creneau.session_id)
    quand = lire_quand(creneau.session, passage.donnees, creneau.modalite, sauf=creneau.pk)
    passage.donnees["etait"] = dire_quand(creneau)
    passage.avant |= {"debut": creneau.debut.isoformat(), "minutes": creneau.minutes}
    passage.change |= {"debut": quand.debut, "fin": quand.fin, "minutes": quand.minutes}
    passage.apres |= dire(quand)


FINIT: Final = (Champ("a", "Il a fini à", "Écrivez l’heure où il a fini.", lire=lire_heure),)
"""The field of a form that says that a slot ended early."""


def ecourter(passage: Passage[Creneau], _: Auteur) -> None:
    """Writes that a slot that began ended before its hour. Raises GesteImpossible."""
    creneau = passage.objet
    if creneau.modalite == ModaliteDeCreneau.A_DISTANCE:
        raise GesteImpossible("Ce créneau n’a pas d’horaire : il ne finit pas plus tôt.")
    if timezone.now() < creneau.debut:
        raise GesteImpossible("Ce créneau n’a pas commencé : il se déplace.", champ="a")
    fuseau = creneau.session.site.fuseau
    fin = instant(fuseau, creneau.debut.astimezone(fuseau).date(), passage.donnees["a"])
    if not creneau.debut < fin < creneau.fin:
        de, a = (dire_l_heure(un, fuseau) for un in (creneau.debut, creneau.fin))
        raise GesteImpossible(
            f"Écrivez une heure entre {de} et {a} : ce créneau finit plus tôt, pas plus tard.",
            champ="a",
        )
    minutes = int((fin - creneau.debut).total_seconds()) // 60
    passage.donnees |= {"etait": dire_quand(creneau), "otees": creneau.minutes - minutes}
    passage.avant |= {"debut": creneau.debut.isoformat(), "minutes": creneau.minutes}
    passage.change |= {"fin": fin, "minutes": minutes}
    passage.apres |= {"debut": creneau.debut.isoformat(), "minutes": minutes}


def dire(quand: Quand) -> dict[str, object]:
    """What the journal keeps of when a slot is; that a day was unusual, and kept, is part of it."""
    dit: dict[str, object] = {"debut": quand.debut.isoformat(), "minutes": quand.minutes}
    return {**dit, "inhabituel": quand.inhabituel} if quand.inhabituel else dit


def changer(passage: Passage[Creneau], _: Auteur) -> None:
    """Writes who teaches, how and where. Raises GesteImpossible."""
    creneau, donnees = passage.objet, passage.donnees
    modalite = donnees["modalite"]
    a_distance = ModaliteDeCreneau.A_DISTANCE
    if (modalite == a_distance) != (creneau.modalite == a_distance):
        raise GesteImpossible(
            "Un créneau garde son horaire, ou n’en a pas : annulez celui-ci, et ajoutez-en un autre.",
            champ="modalite",
        )
    qui = qui_enseigne(creneau.session, donnees["formateur"])
    donnees["enseignait"] = creneau.formateur
    passage.change |= {
        "formateur": qui.personne,
        "fiche": qui.fiche,
        "modalite": modalite,
        "salle": donnees["salle"] or "",
        "lien": donnees["lien"] or "",
    }
    passage.apres |= {
        "change": [nom for nom, valeur in passage.change.items() if getattr(creneau, nom) != valeur]
    }


def retablir(passage: Passage[Creneau], _: Auteur) -> None:
    """It may come back where no other slot took its place. Raises GesteImpossible."""
    creneau = passage.objet
    tenir(creneau.session_id)
    autres = Creneau.objects.filter(
        session=creneau.session_id, debut__lt=creneau.fin, fin__gt=creneau.debut
    ).exclude(etat="annule")
    if (
        creneau.modalite != ModaliteDeCreneau.A_DISTANCE
        and autres.exclude(modalite=ModaliteDeCreneau.A_DISTANCE).exists()
    ):
        raise GesteImpossible("Un autre créneau de la session a pris sa place.")


def confier(passage: Passage[Creneau], _: Auteur) -> None:
    """Its trainer has an account now: the slot is theirs, and may be counter-signed."""
    passage.change |= {"formateur": passage.donnees["compte"], "fiche": None}


def geler(passage: Passage[Creneau], par: Auteur) -> None:
    """Writes when its trainer counter-signed (`le`, where a service says it): a room above refuses what may not be yet."""
    passage.change |= {
        "gele_le": passage.donnees.get("le") or timezone.now(),
        "gele_par": par.personne if isinstance(par, Acteur) else None,
    }
