"""A path of somebody positioned elsewhere, for the tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.comptes.acteur import Acteur
from binome.dossiers.bases import base_de
from binome.dossiers.flux import FLUX as DOSSIER
from binome.gestes.services import faire
from binome.parcours.etats import Statut
from binome.parcours.lettre import LettreLue, ModuleLu
from binome.parcours.models import Parcours
from tests.dossiers.monde import brouillon, joindre
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.regles.referentiels import Referentiel
    from tests.dossiers.monde import Monde

LE: Final = date(2026, 3, 2)
SANS: Final = {"B1M1": Statut.DISPENSE, "B2M1": Statut.ACQUIS}


def referentiel() -> Referentiel:
    return base_de("assistant-medical").referentiels["rncp40913"]


def lue(**minutes: int) -> LettreLue:
    """A letter that exempts of one module, holds another for acquired, and says its own minutes of some."""
    return LettreLue(
        LE, "cqp", "rncp40913",
        tuple(
            ModuleLu(un.code, un.bloc, un.intitule, minutes.get(un.code, un.minutes), SANS.get(un.code, Statut.A_SUIVRE))
            for un in referentiel().modules
        ),
        900,
    )  # fmt: skip


@remembre
def avec_sa_lettre(monde: Monde) -> Dossier:
    """A draft whose letter is joined."""
    dossier = brouillon(monde)
    joindre(monde, dossier, "positionnement")
    return dossier


def accueilli(monde: Monde, **minutes: int) -> Parcours:
    """The path of somebody positioned elsewhere."""
    dossier = avec_sa_lettre(monde)
    accueillir(monde, dossier, **minutes)
    return Parcours.objects.get(dossier=dossier, fini_le=None)


def accueillir(monde: Monde, dossier: Dossier, **minutes: int) -> None:
    alice = Acteur(monde.alice)
    faire(
        DOSSIER, "accueillir", dossier, alice, version=dossier.version, donnees={"lettre": lue(**minutes)}
    )  # fmt: skip
