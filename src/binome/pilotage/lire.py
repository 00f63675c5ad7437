"""Reads on a day, from the rooms below, what indicators count: a few queries whatever the size, and no name.

A past day is read from the days that rows bear; what no row dates is left as it stands now.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Min, Sum
from django.utils import timezone

from binome.contrats_d_aide.etats import (
    JAMAIS_SIGNES,
    PART_DE_L_OPTION,
    GenreDePoste,
    NatureDEvenement,
    QualificationDite,
)
from binome.contrats_d_aide.models import (
    Contrat,
    EvenementDeContrat,
    PosteDuContrat,
)
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier, EmploiSuivi
from binome.jurys.etats import EtatDePresentation
from binome.jurys.models import Presentation
from binome.parcours.etats import EN_COURS, EtatDeParcours
from binome.parcours.models import Parcours
from binome.pilotage.lignes import (
    ContratCompte,
    DossierCompte,
    FaitsComptes,
    HeuresComptees,
    ParcoursCompte,
    PosteCompte,
    SessionComptee,
)
from binome.pilotage.lire_l_argent import HORS_BINOME, argent, avances, versements
from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.prises_en_charge.etats import EtatDePriseEnCharge
from binome.prises_en_charge.models import PriseEnCharge
from binome.sessions.etats import EtatDeSession, EtatDInscription, ModaliteDeCreneau
from binome.sessions.models import Inscription, Session
from binome.titres.models import Titre

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ETP_CENT: Final = 100
"""Basis points in a hundredth of a full-time post."""


def lire(au: date) -> FaitsComptes:
    """What is counted on a day, included."""
    apres = timezone.make_aware(datetime.combine(au + timedelta(days=1), time()))
    entrees, lieux = _entrees(apres), _lieux(apres)
    payeurs = _payeurs(apres)
    parcours = _parcours(au, apres, entrees, lieux, payeurs)
    return FaitsComptes(
        au,
        contrats=_contrats(au),
        postes=_postes(au, parcours),
        dossiers=_dossiers(apres),
        parcours=list(parcours.values()),
        sessions=_sessions(au, apres, entrees),
        heures=_heures(apres),
        argent=argent(au, apres),
        avances=avances(au),
        versements=versements(au),
    )


def d_exemple() -> bool:
    """Whether made-up dossiers or contracts are in the database."""
    exemples = Dossier.objects.filter(exemple=True).exists()
    return exemples or Contrat.objects.filter(caisse__exemple=True).exists()


def _jour(instant: datetime | None) -> date | None:
    return None if instant is None else timezone.localdate(instant)


def _suspendus(au: date) -> set[int]:
    """The contracts that are suspended on a day: the last of their suspensions and resumptions is a suspension."""
    dits = EvenementDeContrat.objects.filter(
        nature__in=(NatureDEvenement.SUSPENSION, NatureDEvenement.REPRISE),
        du__lte=au,
        annule_par=None,
    ).order_by("du", "pk")
    derniers = dict(dits.values_list("contrat", "nature"))
    return {un for un, nature in derniers.items() if nature == NatureDEvenement.SUSPENSION}


def _contrats(au: date) -> list[ContratCompte]:
    suspendus = _suspendus(au)
    lus = (
        Contrat.objects.filter(signe_le__lte=au)
        .exclude(etat__in=JAMAIS_SIGNES)
        .order_by("pk")
        .values_list("pk", "departement", "caisse", "signe_le", "debut", "fini_le", "option", "etp")
    )
    return [
        ContratCompte(
            numero,
            departement,
            str(caisse or HORS_BINOME),
            signe_le,
            debut,
            fini_le,
            numero in suspendus,
            PART_DE_L_OPTION.get(option) if etp is None else etp * ETP_CENT,
        )
        for numero, departement, caisse, signe_le, debut, fini_le, option, etp in lus.iterator()
        if signe_le is not None
    ]


def _postes(au: date, parcours: Mapping[int, ParcoursCompte]) -> list[PosteCompte]:
    """Those who work under a contract that day. A person without a known job counts once a post."""
    formes = _formations_par_emploi(parcours)
    lus = (
        PosteDuContrat.objects.filter(genre=GenreDePoste.ASSISTANT, du__lte=au)
        .exclude(au__lt=au)
        .order_by("pk")
        .values_list(
            "pk", "contrat", "contrat__departement", "contrat__caisse", "emploi", "emploi__salarie",
            "emploi__du", "du", "part", "qualification", "qualifiee_le",
        )
    )  # fmt: skip
    rendus = []
    for (
        pk,
        contrat,
        departement,
        caisse,
        emploi,
        salarie,
        embauche,
        du,
        part,
        dite,
        le,
    ) in lus.iterator():
        qualifiee, en_formation = formes.get(emploi, (None, None)) if emploi else (None, None)
        if qualifiee is None and dite:
            qualifiee = dite == QualificationDite.QUALIFIEE and (le is None or le <= au)
            en_formation = dite == QualificationDite.EN_FORMATION
        rendus.append(
            PosteCompte(
                f"s{salarie}" if salarie else f"p{pk}",
                contrat,
                departement,
                str(caisse or HORS_BINOME),
                min(embauche, du) if embauche else du,
                part,
                qualifiee,
                en_formation,
            )
        )
    return rendus


def _formations_par_emploi(
    parcours: Mapping[int, ParcoursCompte],
) -> dict[int, tuple[bool | None, bool | None]]:
    """By job: whether its person is qualified, and whether in training, by the paths of the dossiers that follow it."""
    rendus: dict[int, tuple[bool | None, bool | None]] = {}
    suivis = EmploiSuivi.objects.filter(
        clos_le=None, emploi__postes_aides__isnull=False, dossier__parcours__isnull=False
    ).order_by("pk")
    for emploi, numero in suivis.values_list("emploi", "dossier__parcours"):
        lu = parcours.get(numero)
        if lu is not None:
            qualifiee, en_formation = rendus.get(emploi, (False, False))
            rendus[emploi] = (
                bool(qualifiee) or lu.titre_le is not None,
                bool(en_formation) or (lu.entree is not None and lu.en_cours),
            )
    return rendus


def _dossiers(apres: datetime) -> list[DossierCompte]:
    """Those filed by then; one withdrawn waits for nobody, one decided elsewhere is not the branch's delay."""
    lus = (
        Dossier.objects.filter(depose_le__lt=apres)
        .exclude(etat=Etat.AILLEURS)
        .order_by("pk")
        .values_list(
            "pk", "organisme", "certification", "depose_le", "decide_le", "etat", "clos_le"
        )
    )
    rendus = []
    for numero, organisme, certification, depose_le, decide_le, etat, clos_le in lus.iterator():
        complet = _jour(depose_le)
        if complet is None:
            continue
        decide = _jour(decide_le) if decide_le is not None and decide_le < apres else None
        ferme = etat == Etat.RETIRE or (clos_le is not None and clos_le < apres)
        rendus.append(
            DossierCompte(
                numero, str(organisme), certification, complet, decide, decide is None and not ferme
            )
        )
    return rendus


def _entrees(apres: datetime) -> dict[int, date]:
    """By path, the first day attended: a slot counter-signed, with minutes followed."""
    premieres = (
        Presence.objects.filter(
            etat=EtatDePresence.EN_VIGUEUR,
            nature=NatureDePresence.PRESENT,
            minutes__gt=0,
            creneau__debut__lt=apres,
        )
        .order_by()
        .values("parcours")
        .annotate(premiere=Min("creneau__debut"))
        .values_list("parcours", "premiere")
    )
    return {parcours: timezone.localdate(premiere) for parcours, premiere in premieres.iterator()}


def _lieux(apres: datetime) -> dict[int, str]:
    """By path, the département of the site of its last enrolment."""
    inscrites = Inscription.objects.filter(inscrite_le__lt=apres).order_by("pk")
    return dict(inscrites.values_list("parcours", "session__site__departement").iterator())


def _payeurs(apres: datetime) -> dict[int, tuple[str, ...]]:
    """By path, the payers who had agreed."""
    prises = PriseEnCharge.objects.filter(
        etat=EtatDePriseEnCharge.ACCORDEE, repondue_le__lt=apres
    ).order_by("pk")
    rendus: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for parcours, payeur in prises.values_list("parcours", "payeur").iterator():
        rendus[parcours][str(payeur or HORS_BINOME)] = None
    return {parcours: tuple(siens) for parcours, siens in rendus.items()}


def _emplois_par_dossier() -> dict[int, tuple[date, date | None]]:
    """By dossier, the first and the last day of the job that is followed, where its first day is known; the oldest one."""
    suivis = EmploiSuivi.objects.filter(
        clos_le=None, emploi__du__isnull=False, emploi__retire_le=None
    ).order_by("-emploi__du", "-pk")
    return {
        dossier: (du, au)
        for dossier, du, au in suivis.values_list("dossier", "emploi__du", "emploi__au").iterator()
        if du is not None
    }


def _parcours(
    au: date,
    apres: datetime,
    entrees: Mapping[int, date],
    lieux: Mapping[int, str],
    payeurs: Mapping[int, tuple[str, ...]],
) -> dict[int, ParcoursCompte]:
    emplois = _emplois_par_dossier()
    titres = dict(
        Titre.objects.filter(delivre_le__lte=au)
        .exclude(revoque_le__lt=apres)
        .exclude(nature="blocs")
        .order_by("-delivre_le", "-pk")
        .values_list("parcours", "delivre_le")
        .iterator()
    )
    tentatives: defaultdict[int, int] = defaultdict(int)
    decidees = Presentation.objects.filter(
        etat=EtatDePresentation.DECIDEE, decidee_le__lt=apres
    ).order_by()
    for parcours in decidees.values_list("parcours", flat=True).iterator():
        tentatives[parcours] += 1
    lus = (
        Parcours.objects.filter(ouvert_le__lt=apres)
        .order_by("pk")
        .values_list(
            "pk", "dossier", "organisme", "dossier__certification", "voie", "etat", "fini_le", "dispensees"
        )
    )  # fmt: skip
    rendus = {}
    for (
        numero,
        dossier,
        organisme,
        certification,
        voie,
        etat,
        fini_le,
        dispensees,
    ) in lus.iterator():
        embauche, parti_le = emplois.get(dossier, (None, None))
        fini = fini_le is not None and fini_le < apres
        rendus[numero] = ParcoursCompte(
            numero,
            str(organisme),
            certification,
            lieux.get(numero, ""),
            voie,
            embauche if embauche is not None and embauche <= au else None,
            parti_le if parti_le is not None and parti_le <= au else None,
            entrees.get(numero),
            _jour(fini_le) if fini and etat == EtatDeParcours.ABANDONNE else None,
            tentatives[numero],
            titres.get(numero),
            dispensees,
            payeurs.get(numero, ()),
            en_cours=not fini or etat in EN_COURS,
        )
    return rendus


def _sessions(au: date, apres: datetime, entrees: Mapping[int, date]) -> list[SessionComptee]:
    """Sessions published, or over, that were opened by then: who is enrolled on a seat, and who came."""
    entres: defaultdict[int, int] = defaultdict(int)
    inscrits: defaultdict[int, int] = defaultdict(int)
    inscrites = (
        Inscription.objects.filter(inscrite_le__lt=apres, etat=EtatDInscription.INSCRITE)
        .order_by()
        .values_list("session", "parcours")
    )
    for session, parcours in inscrites.iterator():
        inscrits[session] += 1
        entres[session] += parcours in entrees and entrees[parcours] <= au
    lues = (
        Session.objects.filter(
            etat__in=(EtatDeSession.PUBLIEE, EtatDeSession.TERMINEE), ouverte_le__lt=apres
        )
        .order_by("pk")
        .values_list("pk", "organisme", "certification", "site__departement", "debut", "capacite")
    )
    return [
        SessionComptee(
            str(organisme), certification, departement, debut, places, inscrits[pk], entres[pk]
        )
        for pk, organisme, certification, departement, debut, places in lues.iterator()
    ]


def _heures(apres: datetime) -> list[HeuresComptees]:
    lues = (
        Presence.objects.filter(
            etat=EtatDePresence.EN_VIGUEUR,
            nature=NatureDePresence.PRESENT,
            creneau__debut__lt=apres,
        )
        .order_by()
        .values_list(
            "creneau__session__organisme",
            "creneau__session__certification",
            "creneau__session__site__departement",
            "creneau__modalite",
        )
        .annotate(en_tout=Sum("minutes"), combien=Count("pk"))
    )
    return [
        HeuresComptees(
            str(organisme),
            certification,
            departement,
            en_tout,
            modalite != ModaliteDeCreneau.SUR_PLACE,
        )
        for organisme, certification, departement, modalite, en_tout, _ in lues
    ]
