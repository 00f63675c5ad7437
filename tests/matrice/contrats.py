"""Two contracts of the practice of the matrix: a doctor's, under way, and a group's that is prepared."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.comptes.acteur import Acteur
from binome.comptes.models import Organisation
from binome.contrats_d_aide.etats import GenreDeContrat
from binome.contrats_d_aide.medecins import MedecinDit, dire_un_medecin
from binome.contrats_d_aide.services import ContratDit, agir, preparer

if TYPE_CHECKING:
    from binome.comptes.models import Personne

LE: Final = date(2024, 9, 2)
FAITS: Final = {"secteur": "1", "patientele_mt": 1_000, "nouvel_installe": False}


def des_contrats(
    employeur: Personne | None, caisse: Personne | None
) -> dict[str, dict[str, object]]:
    """What stands for each parameter of their addresses."""
    assert employeur is not None
    assert caisse is not None
    par = Acteur(employeur)
    cabinet = Organisation.objects.get(pk=par.toutes[0].organisation_id)
    cpam = Organisation.objects.get(pk=Acteur(caisse).toutes[0].organisation_id)
    un, deux = (
        dire_un_medecin(MedecinDit("Essai", nom, "", "medecine_generale"), par)
        for nom in ("Un", "Deux")
    )
    contrat = preparer(
        ContratDit(medecin=un, signataire=cabinet, caisse=cpam, option="demi", faits=dict(FAITS)),
        par,
    )
    agir(contrat, "signer", par, signe_le=LE)
    agir(contrat, "poser", par, genre="assistant", nom="Une personne", part=5_000, du=LE)
    agir(contrat, "commencer", par, le=LE)
    groupe = preparer(
        ContratDit(
            genre=GenreDeContrat.COLLECTIF,
            societe=cabinet,
            signataire=cabinet,
            caisse=cpam,
            etp=100,
        ),
        par,
    )
    agir(groupe, "adherer", par, medecin=deux, entree=LE)
    ici = "espace/contrats-d-aide/"
    return {
        f"{ici}<int:numero>/personnes/": {"numero": contrat.pk, "rang": contrat.postes.get().pk},
        f"{ici}<int:numero>/evenements/": {"numero": contrat.pk, "rang": contrat.evenements.get().pk},
        f"{ici}<int:numero>/echeances/": {"numero": contrat.pk, "rang": contrat.horloges.get(code="renouvellement").pk},
        f"{ici}<int:numero>/medecins/": {"numero": groupe.pk, "rang": groupe.membres.get().pk},
        f"{ici}groupement/parts/": {"rang": contrat.postes.get().pk},
        ici: {"numero": contrat.pk},
        "espace/caisse/contrats/medecins/": {"numero": un.pk},
    }  # fmt: skip
