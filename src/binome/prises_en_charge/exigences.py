"""The documents that a route asks for, and its clocks, read from their file, each with its source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.prises_en_charge.etats import NatureDeDocument
from binome.prises_en_charge.models import DocumentDePriseEnCharge, PriseEnCharge
from binome.regles.calendrier import ajouter_mois
from binome.regles.dire import enumerer
from binome.regles.lecture import lire_yaml
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

ICI: Final = Path(__file__).parent
HYPOTHESE: Final = "hypothese"


@dataclass(frozen=True)
class EcheanceDAccord:
    """A day that counts for an agreement: what falls on it, and who says so; `hypothese` where the source is weak.

    `depart`: nothing may be sent before it, rather than after.
    """

    code: str
    dit: str
    jour: date
    source: str
    hypothese: bool
    depart: bool = False

    def passee(self, aujourd_hui: date) -> bool:
        """Whether the day is over."""
        return self.jour < aujourd_hui


@cache
def _donnees() -> dict[str, Any]:
    return dict(lire_yaml(ICI / "delais.yaml"))


def horloges(prise: PriseEnCharge) -> list[EcheanceDAccord]:
    """The clocks of a request, then of what it is paid for, in the order of their days."""
    lues = _donnees()
    trouvees = []
    for un in lues["delais"][prise.voie]:
        if "apres_la_demande" in un:
            if prise.demandee_le is None or prise.repondue_le is not None:
                continue
            jour = timezone.localdate(prise.demandee_le) + timedelta(days=un["apres_la_demande"])
        else:
            if prise.demandee_le is not None:
                continue
            plus = un.get("apres_le_debut", 0) - un.get("avant_le_debut", 0)
            jour = prise.debut + timedelta(days=plus)
        trouvees.append(
            EcheanceDAccord(
                un["code"], un["dit"], jour, lues["sources"][un["source"]],
                un.get("statut") == HYPOTHESE, un["code"] == "ouverture",
            )
        )  # fmt: skip
    if prise.repondue_le is not None:
        paiement = lues["paiement"]
        trouvees.append(
            EcheanceDAccord(
                "paiement", "Dernier jour pour demander le paiement", dernier_jour_de_paiement(prise.fin),
                lues["sources"][paiement["source"]], paiement.get("statut") == HYPOTHESE,
            )
        )  # fmt: skip
    return sorted(trouvees, key=lambda une: une.jour)


def dernier_jour_de_paiement(fin: date) -> date:
    """The day after which a claim was refused somewhere: a source of the third grade, shown as a warning."""
    return ajouter_mois(fin, _donnees()["paiement"]["mois"])


def source_du_paiement() -> str:
    """Who says so."""
    lues = _donnees()
    return str(lues["sources"][lues["paiement"]["source"]])


def documents_demandes(voie: str) -> tuple[NatureDeDocument, ...]:
    """What a request by a route is sent with."""
    return tuple(NatureDeDocument(un) for un in _donnees()["documents"][voie]["demande"])


def source_des_documents(voie: str) -> str:
    """Who says so."""
    lues = _donnees()
    return str(lues["sources"][lues["documents"][voie]["source"]])


def documents_manquants(voie: str, deposes: Collection[str]) -> tuple[NatureDeDocument, ...]:
    """Those that are not there yet, in the order of the route."""
    return tuple(un for un in documents_demandes(voie) if un not in deposes)


def exiger_les_documents(passages: Sequence[Passage[PriseEnCharge]], _: Auteur) -> None:
    """Refuses a request that a payer of Binôme would read without its documents; another is sent them otherwise.

    An amendment leans on those of the first request.
    """
    lues = [
        un for un in passages if un.objet.payeur_id is not None and un.objet.premiere_id is None
    ]
    deposes: defaultdict[int, set[str]] = defaultdict(set)
    siens = DocumentDePriseEnCharge.objects.filter(prise_en_charge__in=[un.objet.pk for un in lues])
    for numero, nature in siens.order_by().values_list("prise_en_charge", "nature") if lues else ():
        deposes[numero].add(nature)
    for passage in lues:
        manquent = documents_manquants(passage.objet.voie, deposes[passage.objet.pk])
        if manquent:
            mots = enumerer([minuscule(un.label) for un in manquent])
            passage.refus = GesteImpossible(f"Il manque des documents : {mots}.")
