"""Invoices of nobody, for tests: names and numbers are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from binome.facturx.facture_electronique import (
    FactureElectronique,
    LigneElectronique,
    MentionsLegales,
    PartieALaFacture,
)

VENDEUR: Final = PartieALaFacture(
    "Organisme d’essai", "1 rue de l’Essai", "75001", "Paris", siret="73282932000074"
)
ACHETEUR: Final = PartieALaFacture(
    "Cabinet d’essai", "2 rue de l’Essai", "69001", "Lyon", siret="44306184100047"
)
LIGNE: Final = LigneElectronique(
    "CQP Assistant médical, octobre 2026", date(2026, 10, 1), date(2026, 10, 31), 3150, 2000, 105_000
)  # fmt: skip
FACTURE: Final = FactureElectronique(
    numero="2026-00001",
    le=date(2026, 11, 2),
    echeance=date(2026, 12, 2),
    vendeur=VENDEUR,
    acheteur=ACHETEUR,
    payeur="Opco d’essai",
    accord="ACC-1",
    lignes=(LIGNE,),
    mentions=MentionsLegales(
        "Déclaration d’activité d’essai", "Pénalités d’essai", "Indemnité d’essai", "Pas d’escompte"
    ),
    contrat="CONV-1",
    iban="FR7630006000011234567890189",
)
AVOIR: Final = replace(
    FACTURE, numero="2026-00002", le=date(2026, 11, 9), avoir_de=("2026-00001", date(2026, 11, 2))
)
