"""Convoking people to their épreuves: one mail each, with the hour, the place and the file of a calendar; nothing of why it lasts so long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from django.urls import reverse

from binome.agenda.ics import Seance
from binome.courrier.nouvelle import nouvelle_de
from binome.courrier.services import mettre_tous_en_file
from binome.dossiers.destinataires import du_candidat, s_ecrit
from binome.epreuves.etats import EtatDePassation
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Passation
from binome.epreuves.pages import quand
from binome.epreuves.programme import epreuve_du_parcours
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous
from binome.regles.calendrier import date_en_clair
from binome.regles.courante import certification_de
from binome.sessions.etats import EtatDeSession, ModaliteDeCreneau
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.comptes.acteur import Acteur
    from binome.courrier.services import AMettre
    from binome.gestes.auteur import Auteur
    from binome.sessions.models import Session

_ESPACE: Final = UUID("0d3c5c0a-8a1e-5a53-9d5e-2f7c5f0e7c11")
"""Namespace of the names of épreuves in calendars: the same attempt always has the same one."""
LETTRES: Final = "lettres"
"""Where a passage says how many mails left with it."""


@dataclass
class BilanDeConvocation:
    """Who was told, and who could not be."""

    convoquees: list[Passation] = field(default_factory=list)
    lettres: int = 0
    laisses: list[str] = field(default_factory=list)

    @property
    def dit(self) -> str:
        """What was done, in a sentence."""
        nombre = len(self.convoquees)
        epreuves = (
            "Une convocation est notée." if nombre == 1 else f"{nombre} convocations sont notées."
        )
        if not self.lettres:
            return f"{epreuves} Personne n’a d’adresse où écrire : prévenez chacun."
        partent = "un courriel part" if self.lettres == 1 else f"{self.lettres} courriels partent"
        return f"{epreuves[:-1]}, {partent}."


def convoquer_la_session(session: Session, bloc: int, acteur: Acteur) -> BilanDeConvocation:
    """Convokes those planned on the slots of a bloc who were not told: one mail a person, whatever the number of épreuves."""
    bilan = BilanDeConvocation()
    if session.etat != EtatDeSession.PUBLIEE:
        bilan.laisses.append("Publiez d’abord la session : on convoque aux dates publiées.")
        return bilan
    prevues = (
        Passation.objects.filter(
            creneau__session=session,
            bloc=bloc,
            etat=EtatDePassation.PREVUE,
            convoquee_le__isnull=True,
        )
        .select_related(
            "parcours__dossier__candidat", "creneau__session__site", "creneau__session__organisme"
        )
        .order_by("debut", "pk")
    )
    passages = [Passage(une, une.version) for une in prevues]
    faits = faire_tous(PASSATIONS, "convoquer", passages, acteur) if passages else None
    passes = faits.passes if faits else ()
    bilan.convoquees = [un.objet for un in passes]
    bilan.lettres = sum(un.donnees.get(LETTRES, 0) for un in passes)
    return bilan


def prevenir_qui_est_convoque(passages: Sequence[Passage[Passation]], _: Auteur) -> None:
    """Queues one mail a person, whatever the number of their épreuves; each passage says how many left with it."""
    par_parcours: defaultdict[int, list[Passage[Passation]]] = defaultdict(list)
    for un in passages:
        par_parcours[un.objet.parcours_id].append(un)
    lettres = []
    for siens in par_parcours.values():
        siennes = list(_lettres([un.objet for un in siens]))
        siens[0].donnees[LETTRES] = len(siennes)
        lettres += siennes
    mettre_tous_en_file(lettres)


def _lettres(siennes: Sequence[Passation]) -> Iterable[AMettre]:
    parcours, creneau = siennes[0].parcours, siennes[0].creneau
    dossier = parcours.dossier
    if creneau is None or not s_ecrit(dossier):
        return
    session = creneau.session
    combien = "une épreuve" if len(siennes) == 1 else f"{len(siennes)} épreuves"
    cle = "convocation:" + "-".join(f"{une.pk}.{une.version}" for une in siennes)
    for courriel in du_candidat(dossier):
        yield nouvelle_de(
            session.organisme,
            courriel,
            cle=cle[:120],
            sujet=f"Dossier {dossier.reference} : votre convocation à {combien}",
            phrase=f"{session.organisme.nom} vous convoque à {combien}.",
            cite="\n".join(_dire(une) for une in siennes),
            cite_titre="Quand et où",
            points=[
                {
                    "mot": f"Mettre {une.epreuve} dans votre calendrier",
                    "adresse": adresse_entiere(reverse("calendrier-de-l-epreuve", args=[une.pk])),
                }
                for une in siennes
            ],
            action="Voir mes épreuves",
            page=reverse("epreuves-du-parcours", args=[parcours.pk]),
            pourquoi="cette formation est la vôtre",
            exemple=dossier.exemple,
            certification=certification_de(session.certification).nom,
            reference=dossier.reference,
        )


def _dire(une: Passation) -> str:
    """One épreuve in a line: its day and hour by the clock of its site, its place."""
    creneau = une.creneau
    epreuve = epreuve_du_parcours(une.parcours, une.epreuve)
    nom = epreuve.intitule if epreuve else une.epreuve
    if creneau is None or une.debut is None:
        return nom
    site = creneau.session.site
    jour = date_en_clair(une.debut.astimezone(site.fuseau).date())
    return f"{nom} : le {jour}, {quand(une)}. {_ou(une)}."


def _ou(une: Passation) -> str:
    creneau = une.creneau
    if creneau is None:
        return ""
    if creneau.modalite != ModaliteDeCreneau.SUR_PLACE:
        return str(creneau.get_modalite_display())
    site = creneau.session.site
    return ", ".join(un for un in (creneau.salle, site.nom, site.adresse, site.commune) if un)


def seance(une: Passation) -> Seance:
    """An attempt, as a calendar tells it. Raises ValueError for one without an hour."""
    if une.creneau is None or une.debut is None or une.fin is None:
        raise ValueError("sans heure")
    epreuve = epreuve_du_parcours(une.parcours, une.epreuve)
    session = une.creneau.session
    return Seance(
        uid=uuid5(_ESPACE, str(une.pk)),
        revision=une.version,
        debut=une.debut,
        fin=une.fin,
        resume=f"Épreuve : {epreuve.intitule if epreuve else une.epreuve}",
        texte=f"{session.organisme.nom}. {une.creneau.get_modalite_display()}.",
        lieu=_ou(une) if une.creneau.modalite == ModaliteDeCreneau.SUR_PLACE else "",
        ferme=session.etat != EtatDeSession.PREPAREE,
        annulee=une.etat in (EtatDePassation.ANNULEE, EtatDePassation.ABSENTE),
    )
