"""The folder of who becomes an employer, on paper: the steps and their days, the job description, what was compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.impression import commun
from binome.impression.renvois import Renvois
from binome.regles.calendrier import date_en_clair
from binome.typographie import compter

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.base import Base
    from binome.regles.faits import Dossier
    from binome.regles.sources import Citation

MENTION: Final = "Réponse informative : la CPAM, l’Urssaf et la branche décident, chacune pour ce qui la regarde."


@dataclass(frozen=True)
class EtapeImprimee:
    """One step: its days in words, each with what falls then; `inconnu` is what no source told us."""

    titre: str
    texte: str
    faite: bool
    qui: str
    formulaire: str
    inconnu: str
    jours: tuple[str, ...]
    regles: tuple[str, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class FicheImprimee:
    """The job description: the gestures entrusted, those kept by the doctor, those that the texts leave open."""

    confies: tuple[str, ...]
    gardes: tuple[str, ...]
    a_trancher: tuple[str, ...]
    conditions: tuple[str, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class FaconImprimee:
    """One of the ways compared, over five years, in words."""

    titre: str
    aide: str
    cout: str
    reste: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class DossierDEmployeur:
    """What the folder says: nothing that the person did not say, and what the texts say of it."""

    base: Base
    dossier: Dossier
    embauche: date | None
    moments: tuple[tuple[str, tuple[EtapeImprimee, ...]], ...]
    fiche: FicheImprimee | None
    facons: tuple[FaconImprimee, ...]
    adresse: str
    au: date
    le: date


def contenu_du_dossier_d_employeur(un: DossierDEmployeur) -> dict[str, Any]:
    """Every text of the folder, with plain spaces, and its sources numbered."""
    renvois = Renvois()
    toutes = [une for _, etapes in un.moments for une in etapes]
    faites = sum(une.faite for une in toutes)
    reste = len(toutes) - faites
    embauche = (
        "Le jour de l’embauche n’est pas dit."
        if un.embauche is None
        else f"Embauche le {date_en_clair(un.embauche)}."
    )
    dit = {
        "titre": "Devenir employeur : votre dossier",
        "phrase": f"{compter(faites, 'étape faite', 'étapes faites')}, {reste} à faire.",
        "regles": embauche,
        "faits": commun.faits(un.base, un.dossier),
        "moments": [
            {
                "titre": titre,
                "etapes": [
                    {
                        "titre": une.titre,
                        "texte": une.texte,
                        "etat": "Fait" if une.faite else "À faire",
                        "faite": une.faite,
                        "lignes": [
                            {"libelle": libelle, "valeur": valeur}
                            for libelle, valeur in (
                                ("Qui", une.qui),
                                ("Formulaire", une.formulaire),
                                *(("Quand", jour) for jour in une.jours),
                                ("Nous ne savons pas", une.inconnu),
                            )
                            if valeur
                        ],
                        "regles": list(une.regles),
                        "renvois": renvois.cles(une.sources),
                    }
                    for une in etapes
                ],
            }
            for titre, etapes in un.moments
        ],
        "fiche": None
        if un.fiche is None
        else {
            "confies": list(un.fiche.confies),
            "gardes": list(un.fiche.gardes),
            "a_trancher": list(un.fiche.a_trancher),
            "conditions": list(un.fiche.conditions),
            "renvois": renvois.cles(un.fiche.sources),
        },
        "facons": [
            {
                "titre": une.titre,
                "aide": une.aide,
                "cout": une.cout,
                "reste": une.reste,
                "renvois": renvois.cles(une.sources),
            }
            for une in un.facons
        ],
    }
    return commun.page(
        dit,
        renvois,
        base=un.base,
        au=un.au,
        edite_le=un.le,
        adresse=un.adresse,
        mention=MENTION,
    )
