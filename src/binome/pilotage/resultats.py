"""An organisation's own results, ready to publish: indicators 2, 3, 11, 12 and 16 of Qualiopi, with their count, period and method.

Their subjects: result indicators; certification rates; evaluation of objectives; engagement and breaks; presentation to the
certification. The guide of the version in force since 1 November 2026 was not found: what auditors will ask may differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.pilotage.dire_une_mesure import valeur_dite
from binome.pilotage.indicateurs.tous import INDICATEURS
from binome.pilotage.lecture import releves, serie, un_par_jour
from binome.pilotage.perimetres import GenreDePerimetre, Perimetre
from binome.regles.calendrier import date_en_clair, nombre_en_clair
from binome.secret.seuils import seuils, taux

if TYPE_CHECKING:
    from binome.comptes.models import Organisation
    from binome.pilotage.lecture import SerieDeReleves
    from binome.pilotage.models import MesureRelevee

METHODE: Final = (
    "une personne entre le premier jour qu’elle suit ; une promotion réunit celles entrées le même mois ; elle compte "
    "une fois que plus personne n’y est en cours. Calculé par Binôme sur les présences contresignées et les "
    "décisions des jurys."
)
TAUX: Final = (
    ("reussite", (2, 3), "Réussite", "personnes présentées à un jury"),
    ("redoublement", (11,), "Présentées à plus d’un jury", "personnes présentées à un jury"),
    ("abandon", (12,), "Abandons", "personnes entrées"),
)
"""The rates, with the indicators of Qualiopi that they answer, and what their count is of."""


@dataclass(frozen=True, slots=True)
class ResultatPubliable:
    """One result: `valeur` in ten-thousandths, or a count; None where it may not be published, and `texte` says why."""

    code: str
    numeros: tuple[int, ...]
    valeur: int | None
    effectif: int | None
    texte: str


def resultats(lue: SerieDeReleves) -> list[ResultatPubliable]:
    """The results of an organisation by its last reading, none under the threshold of persons."""
    tenus = seuils()
    rendus = []
    for code, numeros, mot, effectif in TAUX:
        mesure = lue.mesure(code)
        n = 0 if mesure is None or mesure.denominateur is None else mesure.denominateur
        part = None if mesure is None else taux(mesure.numerateur or 0, n, tenus)
        if mesure is None or part is None:
            texte = f"{mot} : trop peu de personnes pour un chiffre."
            rendus.append(ResultatPubliable(code, numeros, None, None, texte))
        else:
            dite = valeur_dite(mesure.valeur or 0, INDICATEURS[code].unite)
            texte = f"{mot} : {dite} de {nombre_en_clair(n)} {effectif}, promotions closes."
            rendus.append(ResultatPubliable(code, numeros, mesure.valeur, n, texte))
    presentes = lue.mesure("reussite")
    rendus.append(
        _compte(
            "presentees",
            (16,),
            "Présentées à un jury, promotions closes",
            None if presentes is None else presentes.denominateur,
        )
    )
    rendus.append(
        _compte(
            "entrees_cqp",
            (2,),
            "Entrées par le CQP en douze mois",
            _valeur(lue.mesure("entrees_cqp")),
        )
    )
    rendus.append(
        _compte(
            "entrees_fae",
            (2,),
            "Entrées par la FAE en douze mois",
            _valeur(lue.mesure("entrees_fae")),
        )
    )
    return rendus


def _valeur(mesure: MesureRelevee | None) -> int | None:
    return None if mesure is None else mesure.valeur


def _compte(code: str, numeros: tuple[int, ...], mot: str, nombre: int | None) -> ResultatPubliable:
    if nombre is None or nombre < seuils().personnes:
        return ResultatPubliable(
            code, numeros, None, None, f"{mot} : trop peu de personnes pour un chiffre."
        )
    return ResultatPubliable(code, numeros, nombre, nombre, f"{mot} : {nombre_en_clair(nombre)}.")


def contexte_des_resultats(organisation: Organisation) -> dict[str, Any]:
    """All that the page and the file of an organisation's results say; two queries."""
    ou = Perimetre(GenreDePerimetre.ORGANISME, str(organisation.pk))
    lue = serie(
        un_par_jour(releves())[:1],
        ou,
        ("reussite", "redoublement", "abandon", "entrees_cqp", "entrees_fae"),
    )
    dernier = lue.dernier
    return {
        "nom": organisation.nom,
        "releve": dernier,
        "periode": "" if dernier is None else f"au {date_en_clair(dernier.au)}",
        "seuil": seuils().personnes,
        "resultats": [] if dernier is None else resultats(lue),
        "methode": METHODE,
    }
