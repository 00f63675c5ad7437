"""Planning the épreuves of a session: those enrolled, on its slots of épreuves, each once, each with their own minutes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.epreuves.blocs_proposes import dernieres_passations
from binome.epreuves.etats import EtatDePassation
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Passation
from binome.epreuves.programme import blocs_a_evaluer, epreuve_du_parcours
from binome.epreuves.temps import TempsAccordes, fin_avec_pauses, tours
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, faire_tous, naitre
from binome.parcours.etats import EN_COURS
from binome.parcours.models import Parcours
from binome.presences.avancement import lignee
from binome.regles.calendrier import duree_en_clair
from binome.sessions.attendus import attendus_des
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.models import Creneau, Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne
    from binome.epreuves.programme import EpreuveDuBloc
    from binome.sessions.models import Inscription

UN_OU_DEUX: Final = (1, 2)
"""Evaluators of an épreuve. No source says how many: the organisation does."""


@dataclass
class BilanDePlan:
    """What a plan made, and who was left, each with why; `manque` says which slots are too short, and by how much."""

    prevues: list[Passation] = field(default_factory=list)
    laisses: list[tuple[Parcours, str]] = field(default_factory=list)
    manque: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Evaluateurs:
    """How many fill a grid, and who, where they are known."""

    combien: int = 1
    premier: Personne | None = None
    second: Personne | None = None


def creneaux_d_epreuves(session: Session, bloc: int | None = None) -> list[Creneau]:
    """The slots of épreuves of a session, of one bloc when it is said, the first to come first."""
    codes = [
        une.code
        for un in blocs_a_evaluer(session.certification, session.referentiel).values()
        if bloc is None or un.numero == bloc
        for une in un.epreuves
    ]
    siens = Creneau.objects.filter(session=session, module__in=codes).exclude(
        etat=EtatDeCreneau.ANNULE
    )
    return list(
        siens.select_related("session__site", "session__organisme", "formateur").order_by(
            "debut", "pk"
        )
    )


@transaction.atomic
def planifier(
    session: Session,
    creneaux: Sequence[Creneau],
    acteur: Acteur,
    evaluateurs: Evaluateurs | None = None,
) -> BilanDePlan:
    """Plans, on slots of épreuves of a session, those expected there whom nothing was planned for yet; says who was left, and why.

    Who has an attempt without a slot takes a place; who passed, or was absent, waits for a new attempt. Without anybody named, who
    teaches the slot judges. The session is held meanwhile: of two who plan, one comes after the other.
    Raises GesteImpossible where there is nothing to plan on.
    """
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not creneaux:
        raise GesteImpossible("Ajoutez d’abord un créneau d’épreuve à cette session.")
    attendus = attendus_des(creneaux)
    siens = {une.parcours_id: une.parcours for liste in attendus.values() for une in liste}
    Parcours.objects.select_for_update(of=("self",)).filter(pk__in=siens).order_by("pk").count()
    plan = _Plan(siens, acteur, evaluateurs or Evaluateurs())
    ordonnes = sorted(creneaux, key=lambda un: (un.debut, un.pk))
    for rang, creneau in enumerate(ordonnes):
        suite = [un for un in ordonnes[rang + 1 :] if _se_suivent(creneau, un)]
        plan.poser(creneau, suite, attendus[creneau.pk])
    return plan.finir()


def _se_suivent(un: Creneau, autre: Creneau) -> bool:
    """Whether an épreuve begun in a slot may end in another: of the same day, after a pause."""
    fuseau = un.session.site.fuseau
    meme_jour = un.debut.astimezone(fuseau).date() == autre.debut.astimezone(fuseau).date()
    return un.module == autre.module and meme_jour


class _Plan:
    """A plan being made: what is known of each person, read once."""

    def __init__(
        self, parcours: Mapping[int, Parcours], acteur: Acteur, evaluateurs: Evaluateurs
    ) -> None:
        self.acteur, self.evaluateurs = acteur, evaluateurs
        self.temps = TempsAccordes(parcours)
        self.dernieres = {
            (numero, code): une
            for numero, un in parcours.items()
            for code, une in _dernieres(un).items()
        }
        self.bilan = BilanDePlan()
        self.vus: set[tuple[int, str]] = set()
        self.a_court: dict[tuple[int, str], int] = {}

    def finir(self) -> BilanDePlan:
        """What was made, and how much time is missing for whom no slot was long enough."""
        par_code: defaultdict[str, list[int]] = defaultdict(list)
        for (_, code), minutes in self.a_court.items():
            par_code[code].append(minutes)
        for code, durees in sorted(par_code.items()):
            qui = "une personne" if len(durees) == 1 else f"{len(durees)} personnes"
            self.bilan.manque.append(
                f"{code} : le créneau est trop court pour {qui}. Ajoutez-en un de {duree_en_clair(sum(durees))}, ou allongez-le."
            )
        return self.bilan

    def poser(
        self, creneau: Creneau, suite: Sequence[Creneau], attendus: Iterable[Inscription]
    ) -> None:
        """Plans one slot; what is written may go on in those of the same day that follow it."""
        entrants: list[tuple[Parcours, EpreuveDuBloc, Passation | None]] = []
        for une in attendus:
            parcours = une.parcours
            epreuve = epreuve_du_parcours(parcours, creneau.module)
            derniere = self.dernieres.get((parcours.pk, creneau.module))
            if epreuve is None or (parcours.pk, creneau.module) in self.vus:
                continue
            refus = _pourquoi_pas(derniere)
            if refus is None:
                entrants.append((parcours, epreuve, derniere))
            elif refus:
                self.vus.add((parcours.pk, creneau.module))
                self.bilan.laisses.append((parcours, refus))
        if entrants:
            self._placer(creneau, suite, entrants)

    def _placer(
        self,
        creneau: Creneau,
        suite: Sequence[Creneau],
        entrants: Sequence[tuple[Parcours, EpreuveDuBloc, Passation | None]],
    ) -> None:
        epreuve = entrants[0][1]
        durees = [self.temps.parties(parcours.pk, epreuve) for parcours, *_ in entrants]
        depuis = _apres_les_autres(creneau) if epreuve.tour else creneau.debut
        neuves, deplacees = [], []
        for tour in tours(durees, depuis, creneau.fin, chacun_son_tour=epreuve.tour):
            parcours, _, derniere = entrants[tour.rang]
            fin = tour.fin if tour.place else None
            if fin is None and not epreuve.tour:
                fin = fin_avec_pauses([creneau, *suite], sum(tour.parties))
            cle = (parcours.pk, epreuve.code)
            if fin is None:
                self.a_court[cle] = sum(tour.parties)
                continue
            self.a_court.pop(cle, None)
            self.vus.add(cle)
            voulu = self._voulu(creneau) | {
                "debut": tour.debut, "fin": fin, "parties": list(tour.parties),
            }  # fmt: skip
            if derniere is not None:
                derniere.parcours = parcours
                deplacees.append(Passage(derniere, derniere.version, voulu))
            else:
                neuves.append(
                    Passation(
                        parcours=parcours, bloc=epreuve.bloc, epreuve=epreuve.code,
                        prevue_le=timezone.now(), **voulu,
                    )
                )  # fmt: skip
        if neuves:
            naitre(PASSATIONS, "prevoir", neuves, self.acteur)
        if deplacees:
            faire_tous(PASSATIONS, "deplacer", deplacees, self.acteur)
        self.bilan.prevues += [*neuves, *(un.objet for un in deplacees if un.refus is None)]

    def _voulu(self, creneau: Creneau) -> dict[str, Any]:
        premier = self.evaluateurs.premier or creneau.formateur
        second = self.evaluateurs.second
        return {
            "creneau": creneau,
            "evaluateurs": self.evaluateurs.combien,
            "evaluateur": premier,
            "second": second if self.evaluateurs.combien > 1 and second != premier else None,
        }


def _dernieres(parcours: Parcours) -> dict[str, Passation]:
    """The last attempt of a path, by épreuve: of its whole line where it goes on with another."""
    return dernieres_passations(lignee(parcours))


def _pourquoi_pas(derniere: Passation | None) -> str | None:
    """Why nobody is planned: empty where they are already, None where they are to be."""
    if derniere is None:
        return None
    if derniere.etat == EtatDePassation.PREVUE:
        return None if derniere.creneau_id is None else ""
    if derniere.etat == EtatDePassation.ABSENTE:
        return "son absence est notée : ouvrez une nouvelle tentative."
    return ""


def _apres_les_autres(creneau: Creneau) -> Any:
    """When the next turn of a slot begins: after those planned already."""
    prises = Passation.objects.filter(creneau=creneau, etat=EtatDePassation.PREVUE)
    fins = [une for une in prises.order_by("pk").values_list("fin", flat=True) if une is not None]
    return max([creneau.debut, *fins])


@transaction.atomic
def nouvelle_tentative(parcours: Parcours, code: str, acteur: Acteur) -> Passation:
    """Opens another attempt at an épreuve that was passed, or missed; its slot is for a plan to find. Raises GesteImpossible."""
    tenu = (
        Parcours.objects.select_for_update(of=("self",))
        .select_related("dossier")
        .get(pk=parcours.pk)
    )
    epreuve = epreuve_du_parcours(tenu, code)
    if epreuve is None or epreuve.externe:
        raise GesteImpossible("Cette épreuve n’est pas de ce parcours.", champ="epreuve")
    if tenu.etat not in EN_COURS:
        raise GesteImpossible("Ce parcours est terminé.")
    derniere = _dernieres(tenu).get(code)
    if derniere is not None and derniere.etat == EtatDePassation.PREVUE:
        raise GesteImpossible("Une tentative est déjà prévue pour cette épreuve.", champ="epreuve")
    temps = TempsAccordes([tenu.pk])
    neuve = Passation(
        parcours=tenu,
        bloc=epreuve.bloc,
        epreuve=code,
        tentative=1 if derniere is None else derniere.tentative + 1,
        parties=list(temps.parties(tenu.pk, epreuve)),
        evaluateurs=1 if derniere is None else derniere.evaluateurs,
        prevue_le=timezone.now(),
    )
    naitre(PASSATIONS, "prevoir", [neuve], acteur)
    return neuve


def confier(
    passation: Passation, evaluateurs: Evaluateurs, acteur: Acteur, *, version: int
) -> None:
    """Says who judges an attempt, and how many they are. Raises GesteImpossible."""
    if evaluateurs.combien not in UN_OU_DEUX:
        raise GesteImpossible("Une épreuve a un ou deux évaluateurs.", champ="evaluateurs")
    if evaluateurs.second is not None and evaluateurs.second == evaluateurs.premier:
        raise GesteImpossible("Choisissez deux personnes différentes.", champ="second")
    donnees = {
        "evaluateurs": evaluateurs.combien,
        "evaluateur": evaluateurs.premier,
        "second": evaluateurs.second if evaluateurs.combien > 1 else None,
    }
    faire(PASSATIONS, "deplacer", passation, acteur, version=version, donnees=donnees)
