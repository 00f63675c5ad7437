"""One row at least in every table of the room, written by its services."""

from __future__ import annotations

from datetime import date

from binome.contrats_d_aide.abonnement import ouvrir_une_adresse
from binome.contrats_d_aide.services import ContratDit, preparer
from tests.contrats_d_aide.cabinets import FAITS, cabinets


def vivre_les_contrats() -> None:
    """A contract with its person, its event, its objective and its figures; a group's; the calendar that follows them."""
    ici = cabinets()
    contrat = ici.en_cours()
    poste = contrat.postes.get(genre="assistant")
    ici.geste(contrat, "noter", nature="absence", poste=poste, du=date(2025, 3, 3))
    ici.geste(contrat, "fixer", rang=3, mt_depart=1_000, mt_attendu=1_100, dit_par="contrat")
    ici.geste(contrat, "relever", jour=date(2025, 9, 2), mt=1_050)
    groupe = preparer(
        ContratDit(
            genre="collectif", societe=ici.autre, signataire=ici.cabinet, caisse=ici.caisse, etp=100,
            faits={**FAITS, "societe_signataire": "scm"},
        ),
        ici.emma,
    )  # fmt: skip
    ici.geste(groupe, "adherer", medecin=ici.deux, entree=date(2026, 3, 2))
    ouvrir_une_adresse(ici.emma, 0)
