"""The flow of a scanned sheet, its shelf, and what they tell the rest of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.gestes.passage import Passage, chacun
from binome.gestes.registre import declarer_flux, suivie
from binome.gestes.suites import Suite, declarer_suites
from binome.gestes.table import Champ, Flux, Geste
from binome.journal.tables import declarer
from binome.presences.etats import EtatDeFeuille
from binome.presences.papier_modeles import FeuilleScannee
from binome.sessions.flows import DITS
from binome.sessions.models import Session
from binome.sessions.permissions import FORMATEUR, ORGANISME, cotes_de_creneau
from binome.socle.sort_des_champs import CODE, EMPREINTE, declarer_champs

if TYPE_CHECKING:
    from binome.gestes.auteur import Auteur

RAYON: Final = Rayon("feuilles", ("pdf", "jpg", "png"))
PERSONNE_ENCORE: Final = Suite("personne encore : la page le montre")


def _confirmees(passage: Passage[FeuilleScannee], par: Auteur) -> None:  # noqa: ARG001 - as every preparation
    passage.change["lignes"] = passage.donnees["lignes"]
    passage.apres["lignes"] = passage.donnees["lignes"]


FEUILLES: Final = Flux(
    nom="feuilles",
    modele=FeuilleScannee,
    mot="la feuille",
    ce_mot="cette feuille",
    cotes=lambda acteur, feuille: cotes_de_creneau(acteur, feuille.creneau),
    dits=DITS,
    table=(
        Geste(
            nom="numeriser", mot="Envoyer la feuille", de=(), vers=EtatDeFeuille.A_CONFIRMER, qui=(FORMATEUR, ORGANISME),
            dit="La feuille est lue : confirmez chaque ligne.", recit="Feuille signée numérisée", formulaire=False,
        ),
        Geste(
            nom="confirmer", mot="Confirmer les lignes", de=(EtatDeFeuille.A_CONFIRMER,), vers=EtatDeFeuille.CONFIRMEE,
            qui=(FORMATEUR, ORGANISME), champs=(Champ("lignes", "Lignes"),), prepare=(chacun(_confirmees),),
            dit="Les lignes sont confirmées.", recit="Lignes de la feuille confirmées", formulaire=False,
        ),
        Geste(
            nom="ecarter", mot="Mettre de côté", de=(EtatDeFeuille.A_CONFIRMER,), vers=EtatDeFeuille.ECARTEE,
            qui=(FORMATEUR, ORGANISME), dit="La feuille est mise de côté. Aucune ligne n’est confirmée.",
            recit="Feuille mise de côté", formulaire=False,
        ),
    ),
)  # fmt: skip


def declarer_le_papier() -> None:
    """Declares the table, the texts, the shelf and the flow, once models are ready."""
    declarer(suivie(FeuilleScannee))
    declarer_champs(
        {
            "presences.FeuilleScannee": {
                "etat": CODE,
                "fichier": EMPREINTE,
                "empreinte": EMPREINTE,
                "type": CODE,
                "version_lue": CODE,
                "lecture": CODE,
                "lignes": CODE,
            }
        }
    )
    # A sheet bears the names of a whole group: it is the session's, and one person's erasure leaves it.
    registre.declarer(Rangement(RAYON, FeuilleScannee, "fichier", Session, "creneau__session"))
    declarer_flux(FEUILLES)
    declarer_suites(FEUILLES.nom, {un.nom: PERSONNE_ENCORE for un in FEUILLES.table})
