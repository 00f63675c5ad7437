"""Two doctors of one practice, their caisse, a shared assistant promoted from the secretary's post: all made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.contrats_d_aide.medecins import MedecinDit, dire_un_medecin
from binome.contrats_d_aide.services import ContratDit, agir, preparer
from binome.emplois.services import dire_l_emploi, salarie_de
from tests.dossiers.monde import personne
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.comptes.models import Organisation
    from binome.contrats_d_aide.models import Contrat, Medecin
    from binome.emplois.models import Emploi
    from binome.gestes.passage import Passage

RPPS: Final = ("10000000009", "10000000017", "10000000025", "10000000033")
"""Made up, with their key."""
FAITS: Final = {
    "secteur": "1", "patientele_mt": 1_000, "file_active": 1_500, "nouvel_installe": False,
    "exercice_particulier": False, "exercice_regroupe": True, "exercice_coordonne": True,
}  # fmt: skip
SIGNE: Final = date(2024, 9, 2)


@dataclass
class Cabinets:
    """Emma answers for the practice of two doctors, Carole works for the caisse, Sam is employed there."""

    cabinet: Organisation
    autre: Organisation
    caisse: Organisation
    autre_caisse: Organisation
    emma: Acteur
    carole: Acteur
    etrangere: Acteur
    un: Medecin
    deux: Medecin
    emploi: Emploi

    def dit(self, medecin: Medecin | None = None, **autres: Any) -> ContratDit:
        """A half-time contract of the first doctor."""
        return ContratDit(**{
            "medecin": medecin or self.un, "signataire": self.cabinet, "caisse": self.caisse, "departement": "35",
            "zone": False, "option": "demi", "bande": "p50_p70", "faits": dict(FAITS), **autres,
        })  # fmt: skip

    def prepare(self, medecin: Medecin | None = None, **autres: Any) -> Contrat:
        """The same, prepared."""
        return preparer(self.dit(medecin, **autres), self.emma)

    def signe(self, medecin: Medecin | None = None, le: date = SIGNE, **autres: Any) -> Contrat:
        """The same, signed."""
        contrat = self.prepare(medecin, **autres)
        self.geste(contrat, "signer", signe_le=le)
        return contrat

    def en_cours(self, medecin: Medecin | None = None, le: date = SIGNE, **autres: Any) -> Contrat:
        """The same, with half the time of Sam, who began that day."""
        contrat = self.signe(medecin, le, **autres)
        self.geste(contrat, "poser", genre="assistant", emploi=self.emploi, part=5_000, du=le)
        self.geste(contrat, "commencer", le=le)
        return contrat

    def geste(
        self, contrat: Contrat, nom: str, par: Acteur | None = None, /, **donnees: Any
    ) -> Passage[Contrat]:
        """One gesture on it, by the practice unless somebody else is named."""
        return agir(contrat, nom, par or self.emma, **donnees)


def _employe(nom: str, organisation: Organisation, role: str) -> Acteur:
    qui = personne(nom)
    donner_role(qui, organisation, role)
    return Acteur(qui)


@remembre
def deux_medecins() -> Cabinets:
    """The world of the room, alone."""
    return cabinets()


def cabinets() -> Cabinets:
    """The world of the room, made beside whatever is there."""
    cabinet = creer_organisation("cabinet", "Cabinet des Tilleuls (exemple)", identifiant="12345678200002", exemple=True)  # fmt: skip
    autre = creer_organisation("cabinet", "Cabinet du Port (exemple)", exemple=True)
    caisse = creer_organisation("cpam", "Caisse d’Exemple", exemple=True)
    autre_caisse = creer_organisation("cpam", "Caisse Voisine (exemple)", exemple=True)
    emma = _employe("emma-cabinet", cabinet, "employeur")
    carole = _employe("carole-caisse", caisse, "cpam")
    etrangere = _employe("etrangere-cabinet", autre, "employeur")
    un, deux = (
        dire_un_medecin(MedecinDit("Essai", prenom, rpps, "medecine_generale"), emma)
        for prenom, rpps in zip(("Un", "Deux"), RPPS, strict=False)
    )
    salarie = salarie_de(personne("sam-assistant"), auteur="systeme")
    emploi = dire_l_emploi(salarie, cabinet, auteur="systeme", part=10_000, du=SIGNE)
    return Cabinets(cabinet, autre, caisse, autre_caisse, emma, carole, etrangere, un, deux, emploi)
