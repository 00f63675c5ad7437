"""The paper of a title, out of what the title keeps: the same row makes the same bytes, years later too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone

from binome.impression.pdf import pdf_du_titre
from binome.impression.titre_imprime import TitreImprime
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.dire import enumerer
from binome.socle.adresse_du_site import adresse_entiere
from binome.titres.etats import MotifDeRetrait, NatureDeTitre
from binome.titres.jetons import jeton_dit
from binome.typographie import minuscule

if TYPE_CHECKING:
    from binome.titres.models import Duplicata, Titre

ADAPTATION: Final = "Formation d’adaptation à l’emploi"
MODELES: Final = {
    NatureDeTitre.CQP: "parchemin",
    NatureDeTitre.BLOCS: "blocs",
    NatureDeTitre.FAE: "adaptation",
}


def adresse_du_titre(titre: Titre) -> str:
    """The whole address where anybody verifies it."""
    return adresse_entiere(reverse("verifier-un-titre", args=[titre.jeton]))


def mention_d_enregistrement(contenu: dict[str, Any]) -> str:
    """The mention of the registration, as the paper prints it; empty for what is not registered."""
    if not contenu["rncp"]:
        return ""
    le = date_en_clair(date.fromisoformat(contenu["decision_le"]))
    return (
        f"Certification enregistrée au répertoire national des certifications professionnelles sous le numéro "
        f"RNCP{contenu['rncp']}, par décision du directeur général de France compétences en date du {le}"
    )


def titre_imprime(titre: Titre, duplicata: Duplicata | None = None) -> TitreImprime:
    """What the paper says, or a duplicate of it."""
    contenu, blocs = titre.contenu, titre.contenu.get("blocs", [])
    entier = titre.nature == NatureDeTitre.CQP
    quels = enumerer([str(un["numero"]) for un in blocs])
    if titre.nature == NatureDeTitre.FAE:
        intitule, dit = "Attestation de formation", ADAPTATION
        phrase = f"{contenu['emetteur']} atteste que cette personne a suivi :"
        precision = "Cette attestation n’est pas une certification professionnelle."
        fiche: list[tuple[str, str]] = [("Formation", dit), *_durees(contenu)]
        lignes = [
            f"{un['intitule']} : {duree_en_clair(un['minutes'])}" for un in contenu["modules"]
        ]
    else:
        intitule = contenu["intitule"] if entier else "Attestation de blocs de compétences"
        phrase = "Certification délivrée à" if entier else f"{contenu['intitule']} : délivrée à"
        mot = "du bloc" if len(blocs) == 1 else "des blocs"
        precision = (
            ""
            if entier
            else f"Validation {mot} {quels} seulement : la certification entière n’est pas obtenue."
        )
        fiche = [
            ("Certificateur", contenu["certificateur"]),
            ("Niveau", f"{contenu['niveau']} (cadre national)"),
            (
                "Niveau européen",
                f"{contenu['niveau_europeen']} (cadre européen des certifications)",
            ),
            ("Spécialité", f"NSF {contenu['nsf']}"),
        ]
        lignes = [] if entier else [f"Bloc {un['numero']} : {un['intitule']}" for un in blocs]
    return TitreImprime(
        modele=MODELES[NatureDeTitre(titre.nature)],
        titre=intitule,
        emetteur=contenu.get("certificateur") or contenu["emetteur"],
        phrase=phrase,
        precision=precision,
        personne=titre.titulaire["nom"],
        naissance=titre.titulaire["naissance"],
        mention=mention_d_enregistrement(contenu),
        fiche=tuple(fiche),
        lignes=tuple(lignes),
        numero=titre.numero,
        signataire=contenu["signataire"],
        qualite=contenu["qualite"],
        lieu=contenu["lieu"],
        le=titre.delivre_le,
        adresse=adresse_du_titre(titre),
        verifier=adresse_entiere(reverse("verifier")),
        code=jeton_dit(titre.jeton),
        duplicata="" if duplicata is None else duplicata_dit(duplicata),
        essai=titre.essai,
    )


def _durees(contenu: dict[str, Any]) -> list[tuple[str, str]]:
    prevues = contenu["prevues"]
    return [
        ("Durée suivie et prouvée", duree_en_clair(contenu["minutes"])),
        *([] if prevues is None else [("Durée prévue", duree_en_clair(prevues))]),
    ]


def duplicata_dit(duplicata: Duplicata) -> str:
    """What a duplicate says of itself."""
    return (
        f"Duplicata n° {duplicata.rang} délivré le {date_en_clair(duplicata.delivre_le)} de l’original du "
        f"{date_en_clair(duplicata.titre.delivre_le)}"
    )


def copie_d_un_titre_retire(titre: Titre, duplicata: Duplicata | None = None) -> bytes:
    """What its holder may still read: the same words under the day and the reason of the withdrawal, without a seal."""
    assert titre.revoque_le is not None  # noqa: S101 - for the types alone
    le = date_en_clair(timezone.localdate(titre.revoque_le))
    motif = minuscule(MotifDeRetrait(titre.motif_du_retrait).label)
    dit = f"Titre retiré le {le} : {motif}. Cette copie ne vaut rien."
    copie = replace(titre_imprime(titre, duplicata), sans_valeur=dit, filigrane="RETIRÉ")
    return pdf_du_titre(copie)


def apercu_du_titre(titre: Titre) -> bytes:
    """What a title would say, before it is delivered: it has no number yet, nor a code."""
    titre.rang = 1  # that of a form to fill: neither printed nor kept
    verifier = adresse_entiere(reverse("verifier"))
    apercu = replace(
        titre_imprime(titre), numero="pas encore donné", code="pas encore donné", adresse=verifier,
        sans_valeur="Aperçu : rien n’est délivré.", filigrane="APERÇU",
    )  # fmt: skip
    return pdf_du_titre(apercu)


def titre_en_pdf(titre: Titre, duplicata: Duplicata | None = None) -> bytes:
    """The paper before its seal: the same rows make the same bytes."""
    return pdf_du_titre(titre_imprime(titre, duplicata))
