"""A title on paper: the parchemin, the attestation of some blocs, or that of an adaptation to the job; each has its own model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.impression.feuille_de_presence import carre
from binome.regles.calendrier import date_en_clair
from binome.typographie import majuscule

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class TitreImprime:
    """What the paper says. `modele` is `parchemin`, `blocs` or `adaptation`; `fiche` the mentions, in their order, each with
    its word. `adresse` is what its square holds; who has no square to read
    opens `verifier`, printed in full, and types `code`; `duplicata` is empty on an original. `sans_valeur` says why the
    paper proves nothing, and `filigrane` says it across: it is sealed by nobody."""

    modele: str
    titre: str
    emetteur: str
    phrase: str
    precision: str
    personne: str
    naissance: str
    mention: str
    fiche: tuple[tuple[str, str], ...]
    lignes: tuple[str, ...]
    numero: str
    signataire: str
    qualite: str
    lieu: str
    le: date
    adresse: str
    verifier: str
    code: str
    duplicata: str = ""
    essai: bool = False
    sans_valeur: str = ""
    filigrane: str = ""


def contenu_du_titre(titre: TitreImprime) -> dict[str, Any]:
    """What the template writes."""
    return {
        "modele": titre.modele,
        "titre": titre.titre,
        "emetteur": titre.emetteur,
        "phrase": titre.phrase,
        "precision": titre.precision,
        "personne": titre.personne,
        "naissance": f"Naissance : {titre.naissance}" if titre.naissance else "",
        "mention_legale": titre.mention,
        "fiche": [{"libelle": mot, "valeur": valeur} for mot, valeur in titre.fiche],
        "lignes": list(titre.lignes),
        "numero": titre.numero,
        "fait": f"Fait à {titre.lieu}, le {date_en_clair(titre.le)}.",
        "signataire": titre.signataire,
        "qualite": majuscule(titre.qualite),
        "carre": carre(titre.adresse),
        "adresse": titre.adresse,
        "verifier": titre.verifier,
        "code": titre.code,
        "duplicata": titre.duplicata,
        "specimen": "Spécimen, sans valeur" if titre.essai else "",
        "sans_valeur": titre.sans_valeur,
        "filigrane": titre.filigrane,
        "date": [titre.le.year, titre.le.month, titre.le.day],
    }
