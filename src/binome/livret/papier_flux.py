"""The flow of the scan of printed cards, its shelf, and what they tell the rest of the house."""

from __future__ import annotations

from typing import Final

from binome.dossiers.models import Dossier
from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.livret import passages
from binome.livret.etats import EtatDeCarteScannee
from binome.livret.flows import BINOME, DITS
from binome.livret.papier_modeles import CarteScannee
from binome.livret.permissions import cotes_de_livret

SCANS: Final = Rayon("cartes-scannees", ("pdf", "jpg", "png"))

CARTES_SCANNEES: Final = Flux(
    nom="cartes_scannees",
    modele=CarteScannee,
    mot="la carte imprimée",
    ce_mot="cette carte imprimée",
    cotes=lambda acteur, page: cotes_de_livret(acteur, page.parcours),
    dits=DITS,
    table=(
        Geste(
            nom="numeriser", mot="Envoyer la carte", de=(), vers=EtatDeCarteScannee.A_CONFIRMER, qui=BINOME,
            dit="La carte est lue : dites ce qui est coché.", recit="Carte imprimée numérisée", formulaire=False,
        ),
        Geste(
            nom="confirmer", mot="Confirmer", de=(EtatDeCarteScannee.A_CONFIRMER,), vers=EtatDeCarteScannee.CONFIRMEE,
            qui=BINOME, champs=(Champ("confirmees", "Semaines"),), prepare=(chacun(passages.confirmer_les_semaines),),
            dit="La carte est confirmée.", recit="Carte imprimée confirmée", formulaire=False,
        ),
        Geste(
            nom="ecarter", mot="Mettre de côté", de=(EtatDeCarteScannee.A_CONFIRMER,), vers=EtatDeCarteScannee.ECARTEE,
            qui=BINOME, dit="La page est mise de côté, et sa photo est effacée.", recit="Carte imprimée mise de côté",
            formulaire=False, prepare=(chacun(passages.ecarter_la_photo),),
        ),
    ),
)  # fmt: skip


def declarer_les_scans() -> None:
    """Says which column names the scans, and whose they are."""
    registre.declarer(Rangement(SCANS, CarteScannee, "fichier", Dossier, "parcours__dossier"))
