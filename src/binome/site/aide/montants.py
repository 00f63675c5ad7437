"""The money of the five years in words: each year, the whole, and a gross wage where the cost is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.agenda.annonce import INCONNU, aide_en_clair, cout_en_clair, reste_en_clair
from binome.habillage.saisie import lire_saisie
from binome.regles.calendrier import montant_en_clair
from binome.typographie import majuscule

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.agenda.contrat_d_aide import AnneeDuContrat, ContratDAide
    from binome.regles.faits import DefinitionDeFait

ENTIERE: Final = "rien, si l’aide est entière"
"""What is left where the aid is more than the cost, and depends on objectives."""
SELON: Final = "selon les cotisations"
"""What is left of an aid that is more than a gross wage: nobody knows, before the employer's own contributions."""


def _reste(une: AnneeDuContrat, brut: int | None) -> str:
    """What is left of a year: a least where the aid is a most, or the cost a least."""
    if une.cout is None and brut is not None and une.recu is not None:
        reste = brut - une.recu
        return f"au moins {montant_en_clair(reste)}" if reste > 0 else SELON
    dit = reste_en_clair(une)
    if not une.annee.module_par_objectifs or une.reste is None:
        return dit
    return f"au moins {dit}" if une.reste > 0 else ENTIERE


def annees(un: ContratDAide, brut: int | None) -> list[dict[str, Any]]:
    """The rows of the table; `brut` is a gross wage by the year, where the whole cost is not known."""
    return [
        {
            "rang": une.annee.rang,
            "du": une.annee.du,
            "au": une.annee.au,
            "aide": aide_en_clair(un, une),
            "objectifs": une.annee.module_par_objectifs,
            "cout": cout_en_clair(une)
            if une.cout is not None or brut is None
            else f"au moins {montant_en_clair(brut)}",
            "reste": _reste(une, brut),
        }
        for une in un.annees
    ]


def total(un: ContratDAide, cout: int | None, brut: int | None) -> dict[str, str]:
    """The row of the five years together: what is left is a least, since the aid is a most."""
    entier = None if un.total is None else montant_en_clair(un.total)
    couts = cout if cout is not None else brut
    if not un.annees or couts is None:
        return {"aide": entier or INCONNU, "cout": INCONNU, "reste": INCONNU}
    somme = couts * len(un.annees)
    au_moins = "" if cout is not None else "au moins "
    if un.total is None:
        return {"aide": INCONNU, "cout": f"{au_moins}{montant_en_clair(somme)}", "reste": INCONNU}
    reste = somme - un.total
    selon_objectifs = any(une.annee.module_par_objectifs for une in un.annees)
    ferme = cout is not None and not selon_objectifs
    if reste <= 0:
        dit = SELON if cout is None else ENTIERE if selon_objectifs else "rien"
    else:
        dit = f"{'' if ferme else 'au moins '}{montant_en_clair(reste)}"
    return {
        "aide": entier or INCONNU,
        "cout": f"{au_moins}{montant_en_clair(somme)}",
        "reste": dit,
    }


def brut_de(requete: QueryDict, fait: DefinitionDeFait) -> tuple[int | None, str]:
    """A gross wage by the year, in cents, as it was typed; and why it cannot be read."""
    saisi = requete.get("brut", "").strip()
    if not saisi:
        return None, ""
    try:
        lu = lire_saisie(fait, [saisi])
    except ValueError as raison:
        return None, f"{majuscule(str(raison))}."
    return (12 * lu if isinstance(lu, int) else None), ""
