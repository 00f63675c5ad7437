"""What the letter that answers an appeal says, as plain data: the decision stays, and what the branch answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.impression import commun
from binome.impression.lettre import (
    LA_BRANCHE,
    MENTION,
    SANS_VALEUR,
    Courrier,
    lignes_de_fiche,
    remplace_dit,
    sans_valeur,
)
from binome.impression.renvois import Renvois
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.base import Base

ENSUITE: Final = (
    "La lettre de la décision donne ses raisons et les textes appliqués. Elle se lit dans votre dossier en ligne.",
    "Pour savoir devant quel juge et dans quel délai la contester encore, écrivez-nous sans attendre.",
)


@dataclass(frozen=True)
class ReponseAuRecours:
    """An appeal that was answered, as its letter needs it; `reponse` is what the branch wrote.

    `naissance` is when the person was born, in words; `branche` for whom one answers.
    """

    reference: str
    personne: str
    naissance: str
    organisme: str
    decidee_le: date
    depose_le: date
    le: date
    repond: str
    reponse: str
    adresse: str
    demonstration: bool
    branche: str = LA_BRANCHE
    courrier: Courrier | None = None
    emetteur: str = ""
    remplace: date | None = None


def contenu_de_la_reponse(reponse: ReponseAuRecours, base: Base) -> dict[str, Any]:
    """Every text of the letter, with plain spaces."""
    courrier, certification = reponse.courrier or Courrier(), base.certification
    dit = {
        "titre": "Réponse à votre recours",
        "phrase": f"La décision du {date_en_clair(reponse.decidee_le)} est maintenue.",
        "regles": f"Recours déposé le {date_en_clair(reponse.depose_le)}.",
        "sans_valeur": sans_valeur(certification, demonstration=reponse.demonstration),
        "remplace": remplace_dit(reponse.remplace),
        "fiche": lignes_de_fiche(
            {
                "Dossier": reponse.reference,
                "Certification": "" if certification.par_defaut else certification.nom,
                "Personne": reponse.personne,
                "Date de naissance": reponse.naissance,
                "Organisme de formation": reponse.organisme,
                "Réponse du": date_en_clair(reponse.le),
                "Donnée par": f"{reponse.repond}, pour {reponse.branche}",
            }
        ),
        "reponse": reponse.reponse,
        "ensuite": list(ENSUITE),
        "emetteur": reponse.emetteur,
        "entete": courrier.entete,
        "contact": courrier.contact,
        "signature": courrier.signature,
    }
    page = commun.page(
        dit,
        Renvois(),
        base=base,
        au=None,
        edite_le=reponse.le,
        adresse=reponse.adresse,
        mention=SANS_VALEUR if reponse.demonstration else MENTION,
    )
    return page | {"pied": f"Dossier {reponse.reference}. Réponse du {date_en_clair(reponse.le)}."}
