"""An invoice as its XML and as its paper, out of its row alone: the same for the same row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from binome.factures.etats import NatureDeFacture, RaisonDAvoir
from binome.facturx.ecrire import en_xml
from binome.facturx.embarquer import dire_la_piece
from binome.facturx.facture_electronique import (
    MOTIF_D_EXONERATION,
    FactureElectronique,
    LigneElectronique,
    MentionsLegales,
    PartieALaFacture,
)
from binome.impression.facture_imprimee import FactureImprimee, LigneImprimee
from binome.impression.pdf import pdf_de_la_facture
from binome.regles.calendrier import date_en_clair, montant_en_clair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from binome.factures.models import Facture, LigneDeFacture

ECART: str = "Arrondi, ou plafond de l’accord"


def electronique(facture: Facture, lignes: Sequence[LigneDeFacture]) -> FactureElectronique:
    """The invoice as the standard knows it."""
    dit = facture.contenu
    return FactureElectronique(
        numero=facture.numero,
        le=facture.le,
        echeance=facture.echeance,
        vendeur=PartieALaFacture(**dit["vendeur"]),
        acheteur=PartieALaFacture(**dit["acheteur"]),
        payeur=dit["payeur"],
        accord=dit["accord"],
        contrat=dit["dossier"],
        iban=dit["iban"],
        lignes=tuple(
            LigneElectronique(
                une.designation,
                une.du,
                une.au,
                une.minutes,
                une.taux_cents,
                une.montant_cents,
                ECART,
            )
            for une in lignes
        ),
        mentions=MentionsLegales(**dit["mentions"]),
        avoir_de=None if facture.corrige is None else (facture.corrige.numero, facture.corrige.le),
    )


def imprimee(facture: Facture, lignes: Sequence[LigneDeFacture]) -> FactureImprimee:
    """The invoice as it is printed."""
    dit: dict[str, Any] = facture.contenu
    avoir = facture.nature == NatureDeFacture.AVOIR
    corrige = ""
    if facture.corrige is not None:
        corrige = (
            f"Cet avoir corrige la facture {facture.corrige.numero} du {date_en_clair(facture.corrige.le)}. "
            f"{RaisonDAvoir(facture.raison).label}."
        )
    return FactureImprimee(
        numero=facture.numero,
        le=facture.le,
        emetteur=dit["vendeur"]["nom"],
        phrase=f"{montant_en_clair(facture.total_cents)} "
        + ("à déduire." if avoir else f"à payer au plus tard le {date_en_clair(facture.echeance)}."),
        corrige=corrige,
        parties=(
            ("Vendeur", _partie(dit["vendeur"])),
            ("Acheteur", _partie(dit["acheteur"])),
            ("Payeur", dit["payeur"]),
            ("Accord de prise en charge", dit["accord"]),
            ("Dossier", dit["dossier"]),
            ("Date", date_en_clair(facture.le)),
        ),
        lignes=tuple(_imprimee(une) for une in lignes),
        total_cents=facture.total_cents,
        mentions=tuple(
            une
            for une in (
                f"{MOTIF_D_EXONERATION}, attestation du {dit['attestation']}.",
                dit["mentions"]["activite"],
                *(() if avoir else (dit["mentions"]["penalites"], dit["mentions"]["indemnite"], dit["mentions"]["escompte"])),
                *((f"IBAN : {dit['iban']}",) if dit["iban"] and not avoir else ()),
            )
            if une
        ),
        essai=facture.essai,
    )  # fmt: skip


def _partie(dite: dict[str, str]) -> str:
    siret = f", SIRET {dite['siret']}" if dite["siret"] else ""
    return f"{dite['nom']}, {dite['adresse']}, {dite['code_postal']} {dite['ville']}{siret}"


def _imprimee(une: LigneDeFacture) -> LigneImprimee:
    ecart = (2 * une.minutes * une.taux_cents + 60) // 120 - une.montant_cents
    dit = f"({ECART} : {montant_en_clair(-ecart)})" if ecart else ""
    return LigneImprimee(une.designation, une.minutes, une.taux_cents, une.montant_cents, dit)


def papier(facture: Facture, lignes: Sequence[LigneDeFacture]) -> Callable[[], bytes]:
    """What makes the PDF that carries its XML; called later, it reads no database."""
    return partial(_papier, imprimee(facture, lignes), electronique(facture, lignes))


def _papier(sur_papier: FactureImprimee, en_ligne: FactureElectronique) -> bytes:
    return dire_la_piece(pdf_de_la_facture(sur_papier, en_xml(en_ligne)))
