"""What a dashboard says: one sentence, a few large tiles, then the rest by question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.pilotage.acteurs import (
    nom_du_perimetre,
    perimetre_demande,
    perimetres_offerts,
    vue_du_pilotage,
)
from binome.pilotage.courbe import petite_courbe
from binome.pilotage.dire_une_mesure import (
    couverture_dite,
    ecart_dit,
    fraction_dite,
    pourquoi_dit,
    valeur_dite,
)
from binome.pilotage.indicateur import ActeurDuPilotage
from binome.pilotage.indicateurs.tous import INDICATEURS
from binome.pilotage.lecture import releves, serie, un_par_jour
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.comptes.acteur import Acteur
    from binome.pilotage.acteurs import VueDuPilotage
    from binome.pilotage.courbe import PetiteCourbe
    from binome.pilotage.indicateur import IndicateurSuivi
    from binome.pilotage.lecture import SerieDeReleves
    from binome.pilotage.models import MesureRelevee, ReleveDuMois
    from binome.pilotage.perimetres import Perimetre

A: Final = ActeurDuPilotage
D_ABORD: Final[Mapping[ActeurDuPilotage, Sequence[str]]] = {
    A.PILOTE: ("progression", "contrats_en_vigueur", "entrees_cqp", "qualifies"),
    A.BRANCHE: ("delai_de_decision", "dossiers_en_attente", "entrees_cqp", "qualifies_12"),
    A.ORGANISME: ("entrees_cqp", "remplissage", "reussite", "abandon"),
    A.OPCO: ("engage", "facture", "paye", "cout_par_qualifie"),
    A.CPAM: ("contrats_en_vigueur", "aide_due", "sans_formation_12", "personnes_en_poste"),
}
"""The large tiles of each dashboard, in order."""
PHRASES: Final[Mapping[ActeurDuPilotage, tuple[tuple[str, str, str], ...]]] = {
    A.PILOTE: (
        ("progression", "Au dernier compte de l’État, {} du chemin est fait vers 10 000 contrats", "Le chemin fait vers 10 000 contrats n’est pas connu"),
        ("contrats_en_vigueur", "Binôme tient {} contrats en vigueur", "les contrats que tient Binôme ne peuvent pas être montrés"),
    ),
    A.BRANCHE: (
        ("delai_de_decision", "La moitié des dossiers sont décidés en {} au plus", "Aucun dossier n’est encore décidé"),
        ("dossiers_en_attente", "dossiers qui attendent depuis plus de trente jours : {}", "les dossiers en attente ne sont pas comptés"),
    ),
    A.ORGANISME: (
        ("entrees_cqp", "Entrées par le CQP en douze mois : {}", "Vos entrées ne sont pas encore comptées"),
        ("remplissage", "vos sessions sont remplies à {}", "le remplissage de vos sessions n’est pas connu"),
    ),
    A.OPCO: (
        ("engage", "{} sont engagés", "Rien n’est encore engagé"),
        ("paye", "{} sont payés", "rien n’est encore payé"),
    ),
    A.CPAM: (
        ("contrats_en_vigueur", "Contrats en vigueur : {}", "Vos contrats ne sont pas encore comptés"),
        ("aide_due", "{} au plus sont dus dans les douze mois", "l’aide due n’est pas connue"),
    ),
}  # fmt: skip
"""The sentence of each dashboard: an indicator, how it is said, and how its absence is."""


@dataclass(frozen=True)
class Tuile:
    """One indicator as a page shows it; `valeur` is empty where there is none, and `pourquoi` says it."""

    indicateur: IndicateurSuivi
    mesure: MesureRelevee | None
    valeur: str
    pourquoi: str
    ecart: str
    fraction: str
    couverture: str
    courbe: PetiteCourbe | None
    lignes: tuple[tuple[Any, str], ...]
    publiees: tuple[tuple[str, Any], ...]


def codes_vus(acteur: ActeurDuPilotage, ou: Perimetre) -> list[str]:
    """The indicators that somebody sees over a perimeter, in the order of the pages."""
    return [
        code for code, un in INDICATEURS.items() if acteur in un.voient and ou.genre in un.genres
    ]


def tuile(lue: SerieDeReleves, code: str) -> Tuile:
    """The tile of an indicator."""
    indicateur, mesure, avant = INDICATEURS[code], lue.mesure(code), lue.avant(code)
    unite = indicateur.unite
    valeur = None if mesure is None else mesure.valeur
    par = lue.mesures.get(code, {})
    points = [(un.au, par[un.pk].valeur if un.pk in par else None) for un in lue.releves]
    ecart = ""
    if valeur is not None and avant is not None and avant.valeur is not None:
        ecart = ecart_dit(avant.valeur, valeur, unite)
    return Tuile(
        indicateur,
        mesure,
        "" if valeur is None else valeur_dite(valeur, unite),
        pourquoi_dit(mesure) if valeur is None else "",
        ecart,
        fraction_dite(mesure, indicateur) if mesure and valeur is not None else "",
        couverture_dite(mesure) if mesure else "",
        petite_courbe(points, unite),
        tuple(
            (jour, "—" if dit is None else valeur_dite(dit, unite))
            for jour, dit in reversed(points)
        ),
        tuple((valeur_dite(une.valeur, unite), une) for une in indicateur.publiees),
    )


def phrase(vue: VueDuPilotage, lue: SerieDeReleves) -> str:
    """Where one stands, in one sentence."""
    dites = []
    for code, dit, absent in PHRASES[vue.acteur]:
        mesure = lue.mesure(code)
        if mesure is None or mesure.valeur is None:
            dites.append(absent)
        else:
            dites.append(dit.format(valeur_dite(mesure.valeur, INDICATEURS[code].unite)))
    return f"{' ; '.join(dites)}."


@dataclass(frozen=True)
class PageDePilotage:
    """What is asked of a dashboard, and what was read for it."""

    vue: VueDuPilotage
    ou: Perimetre
    codes: tuple[str, ...]
    tous: tuple[ReleveDuMois, ...]
    lue: SerieDeReleves


def lire_la_page(
    acteur: Acteur, demande: Mapping[str, str], releve: ReleveDuMois | None = None
) -> PageDePilotage:
    """What a person asks for by an address: `ou`, a perimeter, and `mois`, a reading. Raises PermissionDenied, Http404."""
    vue = vue_du_pilotage(acteur)
    ou = perimetre_demande(vue, demande.get("ou", ""))
    codes = codes_vus(vue.acteur, ou)
    tous = un_par_jour(releves())
    mois = demande.get("mois", "")
    if releve is not None:
        retenus = [releve, *(un for un in tous if un.au < releve.au)]
    else:
        retenus = [un for un in tous if not mois or un.au.isoformat()[:7] <= mois]
    return PageDePilotage(vue, ou, tuple(codes), tuple(tous), serie(retenus, ou, codes))


def contexte(page: PageDePilotage) -> dict[str, Any]:
    """All that the template of a dashboard shows."""
    d_abord = [code for code in D_ABORD[page.vue.acteur] if code in page.codes]
    questions: dict[str, list[Tuile]] = {}
    for code in page.codes:
        if code not in d_abord:
            lue = tuile(page.lue, code)
            questions.setdefault(lue.indicateur.question, []).append(lue)
    dernier = page.lue.dernier
    return {
        "vue": page.vue,
        "nom": nom_du_perimetre(page.ou, page.vue.organisation),
        "ou": f"{page.ou.genre}:{page.ou.code}",
        "perimetres": perimetres_offerts(page.vue),
        "mois": [(un.au.isoformat()[:7], un.au) for un in page.tous],
        "choisi": "" if dernier is None else dernier.au.isoformat()[:7],
        "releve": dernier,
        "precedent": page.lue.precedent,
        "phrase": phrase(page.vue, page.lue),
        "tuiles": [tuile(page.lue, code) for code in d_abord],
        "questions": questions.items(),
        "date_dite": "" if dernier is None else date_en_clair(dernier.au),
    }
