"""Would a payer pay this? What does not match in a month, each with what to do and who says so: few queries, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from stdnum.fr import siret

from binome.agenda.feries import jours_feries_locaux
from binome.agenda.territoires import fuseau_du_departement, lieu_du_departement
from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.prises_en_charge.etats import EN_VIGUEUR, EtatDeCertificat
from binome.prises_en_charge.exigences import dernier_jour_de_paiement, source_du_paiement
from binome.prises_en_charge.models import CertificatDeRealisation, EtatDeService
from binome.regles.calendrier import ajouter_mois, date_en_clair, duree_en_clair
from binome.sessions.etats import EtatDeCreneau, EtatDInscription
from binome.sessions.models import Creneau, Inscription
from binome.typographie import compter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from binome.prises_en_charge.models import PriseEnCharge

DIMANCHE: Final = 6
LOT: Final = 500
REJETS: Final = "Un éditeur de logiciel (SoWeSign) : les rejets qu’il a vus"
CONTROLE: Final = "Deux articles d’un ancien inspecteur du contrôle de la formation (2024)"
ACCORD: Final = "Le texte de l’accord"
ARRETE: Final = "Arrêté du 21 décembre 2018, pièces du contrôle de service fait"


@dataclass(frozen=True)
class EcartDePaiement:
    """One thing that would stop a payment: what does not match, what to do, who says so."""

    code: str
    dit: str
    que_faire: str
    source: str


_D_AU_DESSUS: list[Callable[[Sequence[EtatDeService]], Mapping[int, list[EcartDePaiement]]]] = []


def declarer_un_controle(
    controle: Callable[[Sequence[EtatDeService]], Mapping[int, list[EcartDePaiement]]],
) -> None:
    """Adds what a room above checks of months, by number; the same twice is once."""
    if controle not in _D_AU_DESSUS:
        _D_AU_DESSUS.append(controle)


def controler(etats: Sequence[EtatDeService]) -> dict[int, list[EcartDePaiement]]:
    """What does not match in each month, by number, the gravest first; each read with its agreement, employer and organisation."""
    trouves: dict[int, list[EcartDePaiement]] = {un.pk: [] for un in etats}
    for debut in range(0, len(etats), LOT):
        lot = etats[debut : debut + LOT]
        for un in lot:
            trouves[un.pk] += [*_de_l_accord(un), *_des_numeros(un.prise_en_charge)]
        for autres in (
            _du_certificat(lot),
            _des_signatures(lot),
            _des_jours(lot),
            _des_autres_payeurs(lot),
        ):
            for numero, siens in autres.items():
                trouves[numero] += siens
        for controle in _D_AU_DESSUS:
            for numero, dits in controle(lot).items():
                trouves[numero] += dits
    return trouves


def recompter(etats: Sequence[EtatDeService]) -> None:
    """Keeps how many checks each month does not pass, so that lists may be in their order; each is read again with its agreement."""
    compter_les_ecarts(_avec_leur_accord(etats))


def compter_les_ecarts(etats: Sequence[EtatDeService]) -> None:
    """The same, of months that hold their agreement, its employer and its organisation."""
    combien: defaultdict[int, list[int]] = defaultdict(list)
    for numero, siens in controler(etats).items():
        combien[len(siens)].append(numero)
    for nombre, numeros in combien.items():
        for debut in range(0, len(numeros), LOT):
            lot = EtatDeService.objects.filter(pk__in=numeros[debut : debut + LOT])
            lot.exclude(ecarts=nombre).update(ecarts=nombre)


def _avec_leur_accord(etats: Sequence[EtatDeService]) -> list[EtatDeService]:
    lus: list[EtatDeService] = []
    for debut in range(0, len(etats), LOT):
        numeros = [un.pk for un in etats[debut : debut + LOT]]
        lus += EtatDeService.objects.filter(pk__in=numeros).select_related(
            "prise_en_charge__employeur", "prise_en_charge__organisme"
        )
    return lus


def _de_l_accord(etat: EtatDeService) -> Iterator[EcartDePaiement]:
    """Its hours and its dates, beside those of the agreement."""
    prise = etat.prise_en_charge
    payees = etat.minutes_prouvees - (0 if prise.avec_evaluations else etat.minutes_d_evaluation)
    if payees > etat.minutes_payables:
        yield EcartDePaiement(
            "heures",
            f"{duree_en_clair(payees - etat.minutes_payables)} prouvées dépassent les "
            f"{duree_en_clair(prise.minutes_accordees or 0)} de l’accord.",
            "Demandez un avenant au financeur, ou ne facturez que ce qui est accordé.",
            ACCORD,
        )
    if prise.repondue_le is not None and timezone.localdate(prise.repondue_le) > prise.debut:
        yield EcartDePaiement(
            "avant_l_accord",
            f"La formation commence le {date_en_clair(prise.debut)}, avant l’accord du "
            f"{date_en_clair(timezone.localdate(prise.repondue_le))}.",
            "Joignez l’échange où le financeur accepte ce début.",
            REJETS,
        )
    limite = dernier_jour_de_paiement(prise.fin)
    if timezone.localdate() > limite:
        yield EcartDePaiement(
            "tardif",
            f"La formation est finie depuis plus de six mois : la limite était le {date_en_clair(limite)}.",
            "Appelez le financeur avant d’envoyer quoi que ce soit.",
            source_du_paiement(),
        )


def _des_numeros(prise: PriseEnCharge) -> Iterator[EcartDePaiement]:
    """The numbers of who employs and of who trains, as they are today."""
    if prise.organisme.exemple:
        return  # nobody made up has a number
    employeur = prise.employeur
    du_jour = "" if employeur is None else employeur.identifiant
    if not prise.employeur_identifiant or (du_jour and du_jour != prise.employeur_identifiant):
        yield EcartDePaiement(
            "siret_employeur",
            "Le numéro de l’employeur manque à l’accord."
            if not prise.employeur_identifiant
            else "Le numéro de l’employeur a changé depuis l’accord.",
            "Demandez à l’employeur son SIRET du jour, puis un avenant.",
            REJETS,
        )
    if not siret.is_valid(prise.organisme.identifiant):
        yield EcartDePaiement(
            "siret_organisme",
            "Le SIRET de l’organisme manque, ou n’est pas valable.",
            "Corrigez le numéro de votre organisme.",
            REJETS,
        )


def _du_certificat(etats: Sequence[EtatDeService]) -> dict[int, list[EcartDePaiement]]:
    """Whether a sealed certificate says the same minutes."""
    certificats = CertificatDeRealisation.objects.filter(
        etat_de_service__in=[un.pk for un in etats], etat=EtatDeCertificat.DELIVRE
    ).order_by()
    lus = {
        numero: (minutes, bool(fichier))
        for numero, minutes, fichier in certificats.values_list(
            "etat_de_service", "minutes", "fichier"
        )
    }
    trouves = {}
    for un in etats:
        if not un.minutes_prouvees:
            continue
        dit = lus.get(un.pk)
        if dit is None:
            trouves[un.pk] = [
                EcartDePaiement(
                    "certificat", "Le certificat de réalisation manque.", "Délivrez-le depuis ce mois.", ARRETE
                )
            ]  # fmt: skip
        elif dit[0] != un.minutes_prouvees:
            trouves[un.pk] = [
                EcartDePaiement(
                    "certificat_autre", "Le certificat de réalisation ne dit pas les mêmes heures.",
                    "Délivrez-en un autre.", REJETS,
                )
            ]  # fmt: skip
        elif not dit[1]:
            trouves[un.pk] = [
                EcartDePaiement(
                    "certificat_en_route", "Le certificat de réalisation n’est pas encore scellé.",
                    "Revenez dans un instant.", ARRETE,
                )
            ]  # fmt: skip
    return trouves


def _bornes(etats: Sequence[EtatDeService]) -> tuple[datetime, datetime]:
    de = min(un.mois for un in etats) - timedelta(days=1)
    a = ajouter_mois(max(un.mois for un in etats), 1) + timedelta(days=1)
    return (
        timezone.make_aware(datetime.combine(de, time.min)),
        timezone.make_aware(datetime.combine(a, time.min)),
    )


def _des_signatures(etats: Sequence[EtatDeService]) -> dict[int, list[EcartDePaiement]]:
    """Presences that nobody signed, and slots that nobody counter-signed."""
    de, a = _bornes(etats)
    parcours = {un.prise_en_charge.parcours_id for un in etats}
    comptes: defaultdict[tuple[int, date], dict[str, int]] = defaultdict(
        lambda: {"signature": 0, "contresignature": 0}
    )
    sans = Presence.objects.filter(
        parcours__in=parcours, etat=EtatDePresence.EN_VIGUEUR, nature=NatureDePresence.PRESENT, signee=False,
        creneau__debut__gte=de, creneau__debut__lt=a,
    ).order_by()  # fmt: skip
    for numero, debut, departement in sans.values_list(
        "parcours", "creneau__debut", "creneau__session__site__departement"
    ):
        comptes[numero, _mois(debut, departement)]["signature"] += 1
    inscrites = Inscription.objects.filter(
        parcours__in=parcours, etat=EtatDInscription.INSCRITE
    ).order_by()
    par_session: defaultdict[int, list[tuple[int, list[int]]]] = defaultdict(list)
    for session, numero, blocs in inscrites.values_list("session", "parcours", "blocs"):
        par_session[session].append((numero, blocs))
    ouverts = Creneau.objects.filter(
        session__in=par_session, debut__gte=de, debut__lt=a, fin__lt=timezone.now()
    ).exclude(etat__in=(EtatDeCreneau.GELE, EtatDeCreneau.ANNULE))
    for session, bloc, debut, departement in ouverts.order_by().values_list(
        "session", "bloc", "debut", "session__site__departement"
    ):
        for numero, blocs in par_session[session]:
            if bloc in blocs:
                comptes[numero, _mois(debut, departement)]["contresignature"] += 1
    return {
        un.pk: list(_dites(comptes[un.prise_en_charge.parcours_id, un.mois]))
        for un in etats
        if (un.prise_en_charge.parcours_id, un.mois) in comptes
    }


def _dites(comptes: Mapping[str, int]) -> Iterator[EcartDePaiement]:
    if comptes["signature"]:
        yield EcartDePaiement(
            "signature",
            f"{compter(comptes['signature'], 'présence')} sans signature.",
            "Demandez la signature après coup : le mois est redit dès qu’elle est acceptée.",
            CONTROLE,
        )
    if comptes["contresignature"]:
        yield EcartDePaiement(
            "contresignature",
            f"{compter(comptes['contresignature'], 'créneau', 'créneaux')} sans contresignature.",
            "Faites contresigner par la personne qui a formé, ou annulez le créneau.",
            CONTROLE,
        )


def _mois(debut: datetime, departement: str) -> date:
    return debut.astimezone(fuseau_du_departement(departement)).date().replace(day=1)


def _des_jours(etats: Sequence[EtatDeService]) -> dict[int, list[EcartDePaiement]]:
    """Slots of Sundays and of public holidays."""
    numeros = {creneau for un in etats for creneau, _ in un.detail}
    creneaux = Creneau.objects.filter(pk__in=numeros).order_by()
    fermes: dict[int, str] = {}
    for numero, debut, departement in creneaux.values_list(
        "pk", "debut", "session__site__departement"
    ):
        jour = debut.astimezone(fuseau_du_departement(departement)).date()
        lieu = lieu_du_departement(departement)
        ferie = jours_feries_locaux(jour.year, lieu.territoire if lieu else "").get(jour)
        if ferie is not None and not ferie.a_confirmer:
            fermes[numero] = f"le {date_en_clair(jour)} ({ferie.nom})"
        elif jour.weekday() == DIMANCHE:
            fermes[numero] = f"le {date_en_clair(jour)} (un dimanche)"
    trouves = {}
    for un in etats:
        jours = dict.fromkeys(fermes[creneau] for creneau, _ in un.detail if creneau in fermes)
        if jours:
            trouves[un.pk] = [
                EcartDePaiement(
                    "jour_ferme", f"Des heures tombent {', '.join(jours)}.",
                    "Gardez ce qui explique ce jour : un contrôle le demandera.", CONTROLE,
                )
            ]  # fmt: skip
    return trouves


def _des_autres_payeurs(etats: Sequence[EtatDeService]) -> dict[int, list[EcartDePaiement]]:
    """Other agreements that pay for the same month of the same path: two may share its price, nobody owes it twice."""
    autres = EtatDeService.objects.filter(
        prise_en_charge__parcours__in={un.prise_en_charge.parcours_id for un in etats},
        mois__in={un.mois for un in etats},
        etat__in=EN_VIGUEUR,
        minutes_payables__gt=0,
    ).select_related("prise_en_charge__payeur")
    payeurs: defaultdict[tuple[int, date], dict[int, str]] = defaultdict(dict)
    for autre in autres.order_by("prise_en_charge", "pk"):
        prise = autre.prise_en_charge
        payeurs[prise.parcours_id, autre.mois][prise.chaine] = prise.nom_du_payeur
    trouves = {}
    for un in etats:
        prise = un.prise_en_charge
        noms = [
            nom for chaine, nom in payeurs[prise.parcours_id, un.mois].items() if chaine != prise.chaine
        ]  # fmt: skip
        if noms and un.minutes_payables:
            trouves[un.pk] = [
                EcartDePaiement(
                    "deux_payeurs", f"Ces heures sont aussi comptées pour un autre accord : {', '.join(noms)}.",
                    "Dites à chacun la part que l’autre paie : une heure ne se paie pas deux fois.", CONTROLE,
                )
            ]  # fmt: skip
    return trouves
