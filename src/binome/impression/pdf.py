"""The PDF of an answer, archivable (PDF/A-3a) and accessible (PDF/UA-1) in one file."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typst

from binome.impression.bilan_imprime import contenu_du_bilan
from binome.impression.cartes_imprimees import contenu_des_cartes
from binome.impression.certificat_imprime import contenu_du_certificat
from binome.impression.contenu import contenu
from binome.impression.contrat_d_aide import contenu_du_contrat
from binome.impression.dessin import POLICES, dessinable
from binome.impression.dossier_d_employeur import contenu_du_dossier_d_employeur
from binome.impression.facture_imprimee import contenu_de_la_facture
from binome.impression.feuille_de_presence import contenu_de_la_feuille
from binome.impression.kit_imprime import contenu_de_l_annexe, contenu_du_papier_du_kit
from binome.impression.lettre import contenu_de_la_lettre
from binome.impression.livret_imprime import contenu_du_livret
from binome.impression.papier_de_presence import contenu_du_papier
from binome.impression.proces_verbal_imprime import contenu_du_proces_verbal
from binome.impression.reponse import contenu_de_la_reponse
from binome.impression.titre_imprime import contenu_du_titre
from binome.typographie import typographie

if TYPE_CHECKING:
    from datetime import date

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.agenda.plan import Plan
    from binome.impression.bilan_imprime import BilanImprime
    from binome.impression.cartes_imprimees import CartesImprimees
    from binome.impression.certificat_imprime import CertificatImprime
    from binome.impression.dossier_d_employeur import DossierDEmployeur
    from binome.impression.facture_imprimee import FactureImprimee
    from binome.impression.feuille_de_presence import FeuilleDePresence
    from binome.impression.kit_imprime import AnnexeImprimee, PapierDuKit
    from binome.impression.lettre import Lettre
    from binome.impression.livret_imprime import LivretImprime
    from binome.impression.papier_de_presence import PapierDePresence
    from binome.impression.proces_verbal_imprime import ProcesVerbalImprime
    from binome.impression.reponse import ReponseAuRecours
    from binome.impression.titre_imprime import TitreImprime
    from binome.regles.base import Base
    from binome.regles.metiers.positionnement import Positionnement

GABARITS: Final = Path(__file__).parent / "gabarits"


@cache
def polices() -> typst.Fonts:
    """Our fonts and no other, so that the page is the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(POLICES)]
    )


def imprimable(valeur: Any) -> Any:
    """The same data with French typography, and what our fonts cannot draw named by its number."""
    match valeur:
        case str():
            return typographie(dessinable(valeur))
        case list():
            return [imprimable(une) for une in valeur]
        case dict():
            return {imprimable(cle): imprimable(une) for cle, une in valeur.items()}
        case _:
            return valeur


def pdf_du_positionnement(
    reponse: Positionnement,
    *,
    edite_le: date,
    adresse: str,
    plan: Plan | None,
    tiers: bool = False,
) -> bytes:
    """The whole answer on A4 pages, with its sources; the same inputs give the same bytes.

    `adresse` is where the answer can be found again; `plan` adds the calendar; `tiers` speaks of
    the person to someone else. The sensitive facts of the dossier are left out. Raises
    typst.TypstError when the page would not be a valid PDF/A-3a and PDF/UA-1.
    """
    donnees = contenu(reponse, edite_le=edite_le, adresse=adresse, plan=plan, tiers=tiers)
    return _composer("positionnement.typ", donnees, edite_le)


def pdf_du_contrat(un: ContratDAide, *, edite_le: date, adresse: str) -> bytes:
    """Five years of aid and clocks, under the same rules as `pdf_du_positionnement`."""
    donnees = contenu_du_contrat(un, edite_le=edite_le, adresse=adresse)
    return _composer("contrat_d_aide.typ", donnees, edite_le)


def pdf_du_dossier_d_employeur(un: DossierDEmployeur) -> bytes:
    """The folder of who becomes an employer, under the same rules."""
    return _composer("dossier_d_employeur.typ", contenu_du_dossier_d_employeur(un), un.le)


def pdf_de_la_fiche_du_kit(papier: PapierDuKit) -> bytes:
    """The sheet of a public of the kit, under the same rules."""
    return _composer("fiche_du_kit.typ", contenu_du_papier_du_kit(papier), papier.le)


def pdf_de_l_affiche(papier: PapierDuKit) -> bytes:
    """The poster of a public of the kit, on A3, under the same rules."""
    return _composer("affiche.typ", contenu_du_papier_du_kit(papier), papier.le)


def pdf_de_l_annexe(annexe: AnnexeImprimee) -> bytes:
    """The list of organisations to annex to an aid contract, under the same rules."""
    return _composer("annexe.typ", contenu_de_l_annexe(annexe), annexe.le)


def pdf_de_la_lettre(lettre: Lettre, base: Base) -> bytes:
    """The letter of a decision, before its seal, under the same rules; `base` gives the words."""
    return _composer("lettre.typ", contenu_de_la_lettre(lettre, base), lettre.le)


def pdf_de_la_reponse(reponse: ReponseAuRecours, base: Base) -> bytes:
    """The letter that answers an appeal, before its seal, under the same rules."""
    return _composer("reponse.typ", contenu_de_la_reponse(reponse, base), reponse.le)


def pdf_de_la_feuille(feuille: FeuilleDePresence) -> bytes:
    """The sheet of a slot to be signed by hand, under the same rules."""
    return _composer("presence.typ", contenu_de_la_feuille(feuille), feuille.le)


def pdf_du_papier_de_presence(papier: PapierDePresence) -> bytes:
    """What was signed and counter-signed, under the same rules."""
    return _composer("papier_de_presence.typ", contenu_du_papier(papier), papier.le)


def pdf_du_livret(livret: LivretImprime) -> bytes:
    """The booklet of a path, before its seal, under the same rules."""
    return _composer("livret.typ", contenu_du_livret(livret), livret.le)


def pdf_du_titre(titre: TitreImprime) -> bytes:
    """A parchemin or an attestation, before its seal, under the same rules."""
    return _composer("titre.typ", contenu_du_titre(titre), titre.le)


def pdf_du_proces_verbal(proces_verbal: ProcesVerbalImprime) -> bytes:
    """The minutes of a jury, before their seal, under the same rules."""
    return _composer("proces_verbal.typ", contenu_du_proces_verbal(proces_verbal), proces_verbal.le)


def pdf_du_certificat(certificat: CertificatImprime) -> bytes:
    """A certificat de réalisation, before its seal, under the same rules."""
    return _composer("certificat.typ", contenu_du_certificat(certificat), certificat.le)


def pdf_de_la_facture(facture: FactureImprimee, xml: bytes) -> bytes:
    """An invoice that carries its XML as `factur-x.xml`, before its seal, under the same rules."""
    return _composer("facture.typ", contenu_de_la_facture(facture), facture.le, piece=xml.decode())


def pdf_du_bilan(bilan: BilanImprime) -> bytes:
    """The bilan pédagogique et financier of a year, under the same rules."""
    return _composer("bilan.typ", contenu_du_bilan(bilan), bilan.le)


def pdf_des_cartes(cartes: CartesImprimees) -> bytes:
    """The cards of a few weeks to be filled in by hand, under the same rules."""
    return _composer("cartes.typ", contenu_des_cartes(cartes), cartes.le)


def _composer(gabarit: str, donnees: dict[str, Any], edite_le: date, **autres: str) -> bytes:
    return typst.compile(
        GABARITS / gabarit,
        root=GABARITS,
        font_paths=polices(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"page": json.dumps(imprimable(donnees)), **autres},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.combine(edite_le, time(), UTC),
    )
