"""Preparing a session: what is asked, its calendar as it would be, then the session with its slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.gestes.services import naitre
from binome.gestes.table import Champ
from binome.sessions.etats import ModaliteDeCreneau
from binome.sessions.flows import CRENEAUX, SESSIONS
from binome.sessions.horloge import instant
from binome.sessions.models import Creneau, Session
from binome.sessions.passages import COMMENT, dire, qui_enseigne, tenir
from binome.sessions.pose import Horaire, SessionPosee, poser
from binome.sessions.prevenir import prevenir_des_creneaux
from binome.sessions.programme import intitules, programme
from binome.sessions.quand import QUAND, lire_quand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne
    from binome.regles.referentiels import Referentiel
    from binome.reseau.models import Formateur, SiteDeFormation


@dataclass(frozen=True, kw_only=True)
class DemandeDeSession:
    """What is asked of a session; `blocs` in the order in which they are taught, `dites` the minutes that no source gives."""

    site: SiteDeFormation
    certification: str
    referentiel: Referentiel
    blocs: tuple[int, ...]
    debut: date
    jours: tuple[int, ...]
    horaire: Horaire
    capacite: int
    modalite: ModaliteDeCreneau = ModaliteDeCreneau.SUR_PLACE
    formateur: Personne | None = None
    fiche: Formateur | None = None
    salle: str = ""
    lien: str = ""
    epreuves: bool = True
    dites: Mapping[str, int] = field(default_factory=dict)

    def poser(self) -> SessionPosee:
        """Its calendar and its slots, none written. Raises ValueError with a French sentence."""
        unites = programme(self.referentiel, self.blocs, epreuves=self.epreuves, dites=self.dites)
        return poser(unites, self.debut, self.jours, self.horaire, self.site.departement)


@transaction.atomic
def preparer(demande: DemandeDeSession, acteur: Acteur) -> Session:
    """The session in preparation, its slots laid. Raises ValueError, GesteImpossible."""
    pose = demande.poser()
    horaire = demande.horaire
    session = Session(
        organisme=demande.site.organisme, site=demande.site, certification=demande.certification,
        referentiel=demande.referentiel.id, blocs=list(demande.blocs), debut=demande.debut,
        jours="".join(str(un) for un in sorted(set(demande.jours))), matin=horaire.matin,
        minutes_du_matin=horaire.minutes_du_matin, apres_midi=horaire.apres_midi,
        minutes_de_l_apres_midi=horaire.minutes_de_l_apres_midi, modalite=demande.modalite,
        capacite=demande.capacite, ouverte_le=timezone.now(),
    )  # fmt: skip
    naitre(SESSIONS, "preparer", [session], acteur)
    fuseau = demande.site.fuseau
    creneaux = [
        Creneau(
            session=session, debut=instant(fuseau, un.jour, un.debut),
            fin=instant(fuseau, un.jour, un.debut + un.minutes), minutes=un.minutes, bloc=un.unite.bloc,
            module=un.unite.code, modalite=demande.modalite, formateur=demande.formateur, fiche=demande.fiche,
            salle=demande.salle, lien=demande.lien,
        )
        for un in pose.creneaux
    ]  # fmt: skip
    if creneaux:
        naitre(CRENEAUX, "poser", creneaux, acteur)
    return session


def _lire_un_module(texte: str) -> str:
    return texte.strip()[:12]


AJOUT: tuple[Champ, ...] = (
    Champ("module", "Le module", "Choisissez un module de la session.", lire=_lire_un_module),
    *QUAND,
    *COMMENT,
)


@transaction.atomic
def ajouter(session: Session, acteur: Acteur, tape: Mapping[str, Any]) -> Creneau:
    """Adds one slot by hand. Raises GesteImpossible with a sentence and the field at fault."""
    tenir(session.pk)
    lues: dict[str, Any] = {champ.nom: champ.valeur(tape.get(champ.nom)) for champ in AJOUT}
    bloc = blocs_des_unites(session).get(str(lues["module"]))
    if bloc is None:
        raise GesteImpossible("Choisissez un module de la session.", champ="module")
    quand = lire_quand(session, lues, str(lues["modalite"]))
    qui = qui_enseigne(session, lues["formateur"])
    creneau = Creneau(
        session=session, debut=quand.debut, fin=quand.fin, minutes=quand.minutes, bloc=bloc,
        module=str(lues["module"]), modalite=lues["modalite"],
        formateur=qui.personne, fiche=qui.fiche, salle=lues["salle"] or "",
        lien=lues["lien"] or "",
    )  # fmt: skip
    naitre(CRENEAUX, "poser", [creneau], acteur, apres=dire(quand))
    prevenir_des_creneaux("poser", [creneau])
    return creneau


def blocs_des_unites(session: Session) -> dict[str, int]:
    """The bloc of each module and épreuve that a session may teach, by code, in the order of its blocs."""
    noms = intitules(session.certification, session.referentiel)
    return {
        code: bloc for bloc in session.blocs for code, sien in noms.bloc_de.items() if sien == bloc
    }
