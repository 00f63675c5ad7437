"""What the pages of épreuves show: a path, a session, a grid."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db.models import prefetch_related_objects
from django.utils import timezone

from binome.epreuves.blocs_proposes import afgsu_jusqu_a, propositions_du_parcours
from binome.epreuves.etats import (
    EtatDAmenagement,
    EtatDAttestation,
    EtatDAvis,
    EtatDeGrille,
    EtatDePassation,
    Verdict,
)
from binome.epreuves.models import (
    Amenagement,
    AttestationAfgsu,
    AvisDeTuteur,
    Grille,
    Passation,
)
from binome.epreuves.planifier import creneaux_d_epreuves
from binome.epreuves.programme import blocs_a_evaluer, blocs_du_parcours, epreuve_du_parcours
from binome.livret.sans_patient import motifs
from binome.presences.avancement import lignee
from binome.sessions.attendus import attendus_des
from binome.sessions.horloge import dire_l_heure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from binome.epreuves.programme import BlocAEvaluer, EpreuveDuBloc
    from binome.epreuves.propositions import PropositionDeBloc
    from binome.parcours.models import Parcours
    from binome.sessions.models import Creneau, Inscription, Session


@dataclass(frozen=True)
class EpreuveSuivie:
    """An épreuve of a path, and its attempts, the last first."""

    epreuve: EpreuveDuBloc
    tentatives: tuple[Passation, ...]

    @property
    def derniere(self) -> Passation | None:
        """The last one that was not cancelled."""
        return next((une for une in self.tentatives if une.etat != EtatDePassation.ANNULEE), None)

    @property
    def se_retente(self) -> bool:
        """Whether another attempt may be opened."""
        derniere = self.derniere
        return not self.epreuve.externe and (
            derniere is None or derniere.etat != EtatDePassation.PREVUE
        )


@dataclass(frozen=True)
class BlocSuiviEnEpreuves:
    """A bloc of a path as its page shows it; `proposition` None where it is not the reader's to know."""

    bloc: BlocAEvaluer
    epreuves: tuple[EpreuveSuivie, ...]
    avis: AvisDeTuteur | None
    proposition: PropositionDeBloc | None


@dataclass(frozen=True)
class EpreuvesDuParcours:
    """All of it for a path."""

    blocs: tuple[BlocSuiviEnEpreuves, ...]
    amenagements: tuple[Amenagement, ...]
    attestation: AttestationAfgsu | None
    afgsu_jusqu_a: date | None


def epreuves_du(parcours: Parcours, jour: date, *, juge: bool) -> EpreuvesDuParcours:
    """The épreuves of a path and of those that it goes on with; opinions and propositions where the reader judges."""
    numeros = lignee(parcours)
    par_code: defaultdict[str, list[Passation]] = defaultdict(list)
    passations = Passation.objects.filter(parcours__in=numeros).select_related(
        "creneau__session__site", "evaluateur", "second"
    )
    for une in passations.order_by("-tentative", "-pk"):
        par_code[une.epreuve].append(une)
    avis = AvisDeTuteur.objects.filter(parcours__in=numeros, etat=EtatDAvis.EN_VIGUEUR)
    dits = {un.bloc: un for un in avis.select_related("par").order_by("pk")} if juge else {}
    proposees = propositions_du_parcours(parcours, jour) if juge else {}
    attestations = AttestationAfgsu.objects.filter(
        parcours__in=numeros, etat=EtatDAttestation.EN_VIGUEUR
    )
    attestation = attestations.order_by("-obtenue_le", "-pk").first()
    accordes = Amenagement.objects.filter(parcours__in=numeros, etat=EtatDAmenagement.ACCORDE)
    return EpreuvesDuParcours(
        tuple(
            BlocSuiviEnEpreuves(
                bloc,
                tuple(EpreuveSuivie(une, tuple(par_code[une.code])) for une in bloc.epreuves),
                dits.get(numero),
                proposees.get(numero),
            )
            for numero, bloc in blocs_du_parcours(parcours).items()
        ),
        tuple(accordes.order_by("pk")),
        attestation,
        None
        if attestation is None
        else afgsu_jusqu_a(parcours.dossier.certification, attestation.obtenue_le),
    )


@dataclass
class CreneauDEpreuve:
    """A slot of an épreuve: who is expected, what is planned for each."""

    creneau: Creneau
    intitule: str
    lignes: list[tuple[Inscription, Passation | None]] = field(default_factory=list)

    @property
    def suite(self) -> bool:
        """Whether it only goes on with another: all that is planned of its épreuve begins elsewhere."""
        return (
            bool(self.lignes)
            and all(une is not None and une.creneau_id != self.creneau.pk for _, une in self.lignes)
            and any(une is not None and une.creneau_id for _, une in self.lignes)
        )

    @property
    def resume(self) -> str:
        """How many are expected, and where they stand, in a line."""
        comptes = Counter(self._ou_en_est(une) for _, une in self.lignes)
        nombre = len(self.lignes)
        dits = ", ".join(
            f"{combien} {mot if combien < 2 else pluriel}"
            for (mot, pluriel), combien in comptes.items()
        )
        return f"{nombre} personne{'s' if nombre > 1 else ''} : {dits}"

    def _ou_en_est(self, une: Passation | None) -> tuple[str, str]:
        """Where an attempt stands for this slot, said of one, then of several."""
        if une is None:
            return ("sans rien de prévu",) * 2
        if une.etat != EtatDePassation.PREVUE:
            mot = str(une.etat_dit).lower()
            return mot, f"{mot}s"
        ou = (
            ""
            if une.creneau_id == self.creneau.pk
            else " à un autre créneau"
            if une.creneau_id
            else " sans créneau"
        )
        return f"prévue{ou}", f"prévues{ou}"


@dataclass
class BlocDEpreuves:
    """A bloc of a session, and its slots of épreuves; `sans_creneau` are the épreuves that have none."""

    numero: int
    intitule: str
    creneaux: list[CreneauDEpreuve]
    sans_creneau: list[EpreuveDuBloc]

    @property
    def par_epreuve(self) -> list[tuple[str, str, list[CreneauDEpreuve]]]:
        """The slots by épreuve: its code, its title, and those of it, in their order."""
        siens: defaultdict[tuple[str, str], list[CreneauDEpreuve]] = defaultdict(list)
        for un in self.creneaux:
            siens[un.creneau.module, un.intitule].append(un)
        return [(code, intitule, tous) for (code, intitule), tous in sorted(siens.items())]

    @property
    def a_convoquer(self) -> int:
        """How many are planned and were not told."""
        return len(
            {
                une.pk
                for un in self.creneaux
                for _, une in un.lignes
                if une is not None
                and une.etat == EtatDePassation.PREVUE
                and une.convoquee_le is None
                and une.creneau_id == un.creneau.pk
            }
        )


def epreuves_de_la_session(session: Session) -> list[BlocDEpreuves]:
    """The blocs of a session, their slots of épreuves, and where each person stands; in a number of queries that follows none of them."""
    blocs = blocs_a_evaluer(session.certification, session.referentiel)
    creneaux = creneaux_d_epreuves(session)
    attendus = attendus_des(creneaux)
    parcours = {une.parcours_id for liste in attendus.values() for une in liste}
    dernieres: dict[tuple[int, str], Passation] = {}
    lues = Passation.objects.filter(parcours__in=parcours).exclude(etat=EtatDePassation.ANNULEE)
    for une in lues.order_by("tentative", "pk"):
        dernieres[une.parcours_id, une.epreuve] = une
    rendus = []
    for numero in session.blocs:
        bloc = blocs.get(numero)
        if bloc is None:
            continue
        siens = [
            CreneauDEpreuve(
                un,
                next((une.intitule for une in bloc.epreuves if une.code == un.module), un.module),
                [(une, dernieres.get((une.parcours_id, un.module))) for une in attendus[un.pk]],
            )
            for un in creneaux
            if un.bloc == numero
        ]
        poses = {un.creneau.module for un in siens}
        rendus.append(
            BlocDEpreuves(
                numero,
                bloc.intitule,
                siens,
                [une for une in bloc.jugees if une.code not in poses],
            )
        )
    return rendus


@dataclass(frozen=True)
class LigneAffichee:
    """A competence of a grid as a form shows it."""

    code: str
    intitule: str
    verdict: str
    observation: str


@dataclass(frozen=True)
class GrilleAffichee:
    """A grid to fill or to correct: whose, when, and what is in it; `uid` is the name of the next one."""

    passation: Passation
    personne: str
    intitule: str
    quand: str
    lignes: tuple[LigneAffichee, ...]
    uid: UUID
    tenue: Grille | None = None
    rivales: tuple[Grille, ...] = ()
    faute: str = ""

    @property
    def ferme(self) -> str:
        """Why nothing is written on it; empty when one may."""
        if self.passation.etat == EtatDePassation.ANNULEE:
            return "Cette épreuve est annulée."
        if self.passation.etat == EtatDePassation.ABSENTE:
            return "Une absence est notée : rien n’est à remplir."
        return ""

    @property
    def connus(self) -> str:
        """The names of the grids that the page knows of."""
        toutes = [self.tenue, *self.rivales] if self.tenue else list(self.rivales)
        return " ".join(str(une.uid) for une in toutes)


def grilles_affichees(
    passations: Iterable[Passation],
    personne: int,
    *,
    tape: Mapping[int, Mapping[str, tuple[str, str]]] | None = None,
    fautes: Mapping[int, str] | None = None,
) -> list[GrilleAffichee]:
    """The grids of attempts, as their evaluator fills them; `tape` is what was typed and refused, by attempt then competence."""
    toutes = list(passations)
    prefetch_related_objects(toutes, "parcours__dossier", "creneau__session__site")
    miennes: defaultdict[int, list[Grille]] = defaultdict(list)
    lues = Grille.objects.filter(passation__in=toutes, par=personne).exclude(
        etat=EtatDeGrille.REMPLACEE
    )
    for une in lues.prefetch_related("verdicts").order_by("pk"):
        miennes[une.passation_id].append(une)
    return [
        _affichee(une, miennes[une.pk], (tape or {}).get(une.pk), (fautes or {}).get(une.pk, ""))
        for une in toutes
    ]


def _affichee(
    passation: Passation,
    miennes: list[Grille],
    tape: Mapping[str, tuple[str, str]] | None,
    faute: str,
) -> GrilleAffichee:
    parcours = passation.parcours
    tenue = next((une for une in miennes if une.etat == EtatDeGrille.EN_VIGUEUR), None)
    dits = (
        {un.competence: (un.verdict, un.observation) for un in tenue.verdicts.all()}
        if tenue
        else {}
    )
    montres = tape if tape is not None else dits
    bloc = blocs_du_parcours(parcours).get(passation.bloc)
    epreuve = epreuve_du_parcours(parcours, passation.epreuve)
    return GrilleAffichee(
        passation,
        parcours.dossier.personne,
        epreuve.intitule if epreuve else passation.epreuve,
        quand(passation),
        tuple(
            LigneAffichee(une.code, une.intitule, *montres.get(une.code, ("", "")))
            for une in (bloc.lignes if bloc else ())
        ),
        uuid4(),
        tenue,
        tuple(une for une in miennes if une.etat == EtatDeGrille.A_CHOISIR),
        faute,
    )


def quand(passation: Passation) -> str:
    """When an attempt is, by the clock of its site; empty without a slot."""
    if passation.creneau is None or passation.debut is None or passation.fin is None:
        return ""
    fuseau = passation.creneau.session.site.fuseau
    return f"de {dire_l_heure(passation.debut, fuseau)} à {dire_l_heure(passation.fin, fuseau)}"


def fuseau_de(passations: Iterable[Passation]) -> ZoneInfo | None:
    """The clock of the site where attempts are; None without a slot."""
    return next(
        (une.creneau.session.site.fuseau for une in passations if une.creneau is not None), None
    )


def contexte_des_grilles(
    passations: Iterable[Passation], personne: int, **autres: Any
) -> dict[str, Any]:
    """What the page of grids shows; it is kept on the device that opens it."""
    toutes = list(passations)
    return {
        "grilles": grilles_affichees(toutes, personne, **autres),
        "verdicts": Verdict.choices,
        "motifs": dict(motifs()),
        "fuseau": fuseau_de(toutes),
        "rendu": timezone.now(),
    }
