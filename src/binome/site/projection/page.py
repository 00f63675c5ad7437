"""What the page of the projection shows: the form, the five curves with their score, what holds back, what widens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from binome.projection.demande import ARGENT
from binome.projection.flux import CONTRAINTES
from binome.projection.lecture import projeter
from binome.projection.parametres import GRADES, observations, parametres, recommandations
from binome.projection.retro import noter, noter_la_suite
from binome.projection.sensibilite import sensibilite, titre_d_une_inconnue
from binome.projection.sources import CLASSES_DITES, dire_une_inconnue, sources_generales
from binome.regles.calendrier import date_en_clair, nombre_en_clair
from binome.site.projection.courbes import (
    BANDES_DITES,
    MILLION,
    cible_d_une_courbe,
    dessiner_ce_qui_retient,
    dessiner_l_eventail,
)
from binome.site.projection.saisie import (
    curseurs,
    dire_mois,
    dire_nombre,
    familles,
    lire_saisie,
    mois_offerts,
)

if TYPE_CHECKING:
    from binome.projection.demande import DemandeDeProjection
    from binome.projection.lecture import Projection
    from binome.regles.sources import Citation
    from binome.socle.demande import Demande

TITRES: Final = {
    "contrats": "Les contrats d’aide",
    "personnes": "Les personnes en poste",
    "entrees": "Les entrées en formation, en tout",
    "certifies": "Les personnes qui ont le CQP ou la FAE",
    "euros": "L’argent à engager pour former",
}
CE_QUI_RETIENT: Final = {
    "demande": "Personne d’autre n’attend",
    "places": "Les places manquent",
    "argent": "L’argent manque",
}
PLUS_LARGES: Final = 6
"""Unknowns that the picture of what widens names."""
TENUE: Final = 0.015
"""A smaller share of the variance is chance."""
_BARRE: Final = 340


def dire_l_ecart(part: float) -> str:
    """A relative error as a person reads it: `15 % de moins`."""
    nombre = f"{abs(100 * part):.0f}"
    if nombre == "0":
        return "juste"
    return f"{nombre}\u202f% de {'trop' if part > 0 else 'moins'}"


def score_d_une_courbe(courbe: str, famille: str) -> str:
    """What the projection made at the end of 2022 was worth on that curve, in a sentence or two."""
    if courbe == "contrats":
        score = noter(famille)
        return (
            f"Faite à la fin de 2022, cette courbe se trompait de {100 * score.erreur_moyenne:.0f}\u202f% en moyenne. "
            f"Son intervalle contient {score.couverts} des {len(score.compares)} comptes venus après."
            if len(score.compares) > 1
            else f"Faite à la fin de 2022, cette courbe se trompait de {100 * score.erreur_moyenne:.0f}\u202f% sur le seul "
            f"compte venu après, que son intervalle {'contient' if score.couverts else 'ne contient pas'}."
        )
    compare = noter_la_suite(famille).get(courbe)
    if compare is None:
        return "Aucun compte publié ne permet de juger cette courbe."
    dans = "dans l’intervalle" if compare.couvert else "hors de l’intervalle"
    compte = nombre_en_clair(round(compare.observe.valeur))
    if compare.vu_au_calage:
        return (
            f"Aucun compte n’est venu depuis 2022. Sur celui de 2022 ({compte}), que la courbe connaissait : "
            f"{dire_l_ecart(compare.erreur)}, {dans}."
        )
    return (
        f"Faite à la fin de 2022, cette courbe donnait {dire_l_ecart(compare.erreur)} sur le seul compte venu après "
        f"({compte} à la mi-2023), {dans}."
    )


def dire_valeur(courbe: str, nombre: float) -> str:
    """A number of a curve in words: people and contracts to the unit, money in millions with a decimal."""
    if courbe == "euros":
        return f"{nombre / MILLION:.1f}".replace(".", ",") + "\u202fM€"
    return nombre_en_clair(round(nombre))


def _arrondi(courbe: str, nombre: float) -> str:
    """The same for a headline: to ten, since the last figure means nothing."""
    return dire_valeur(courbe, nombre if courbe == "euros" else round(nombre, -1))


def fins_d_annee(mois: tuple[str, ...]) -> list[int]:
    """The places of the Decembers, and of the last month."""
    derniers = len(mois) - 1
    return [n for n, nom in enumerate(mois) if nom.endswith("-12") or n == derniers]


def _courbe(rendue: Projection, courbe: str) -> dict[str, Any]:
    trois = rendue.quantiles(courbe)
    dernier = rendue.mois[-1]
    bas, milieu, haut = (_arrondi(courbe, trois[q][-1]) for q in ("p10", "p50", "p90"))
    return {
        "nom": courbe,
        "titre": TITRES[courbe],
        "dit": f"{milieu} en {dire_mois(dernier)}, entre {bas} et {haut} huit fois sur dix.",
        "image": dessiner_l_eventail(rendue, courbe),
        "score": score_d_une_courbe(courbe, rendue.demande.famille),
        "cible": dire_la_cible(rendue) if courbe == "contrats" else "",
        "lignes": [
            {
                "mois": dire_mois(rendue.mois[n]),
                "trois": [dire_valeur(courbe, trois[q][n]) for q in ("p10", "p50", "p90")],
            }
            for n in fins_d_annee(rendue.mois)
        ],
    }


def dire_la_cible(rendue: Projection) -> str:
    """How often the State's target is reached on its day, to five in a hundred; empty where it is not to come."""
    cible = cible_d_une_courbe(rendue.demande, "contrats")
    part = None if cible is None else rendue.part_atteinte(cible)
    if cible is None or part is None:
        return ""
    arrondie = min(max(5 * round(20 * part), 5), 95)
    borne = "moins de " if part < 0.05 else "plus de " if part > 0.95 else "environ "
    return (
        f"La cible de l’État, {nombre_en_clair(round(cible.valeur))} le {date_en_clair(cible.jour)}, "
        f"est atteinte dans {borne}{arrondie}\u202f% des tirages."
    )


def citations_des_courbes(demande: DemandeDeProjection) -> list[Citation]:
    """Where the counts of the curves come from, those that they are judged by, and the price of a training."""
    tous = observations()
    connus = [un.source for un in (*tous.contrats[demande.famille], *tous.calage, *tous.suite)]
    connus.append(tous.cible_de_l_etat.source)
    for nom in _DE_L_ARGENT:
        une = parametres()[nom]
        connus += [*une.sources, *(source for un in une.valeurs for source in un.sources)]
    return connus


_DE_L_ARGENT: Final = (
    "part_secretaires", "part_dispensees", "taux_pedagogie_euros", "taux_salaire_euros", "frais_annexes_euros",
)  # fmt: skip


def _retenues(rendue: Projection) -> dict[str, Any]:
    parts = rendue.contrainte
    tout = rendue.retenues()
    quoi = max(CONTRAINTES, key=lambda une: tout[une])
    return {
        "image": dessiner_ce_qui_retient(rendue),
        "dit": f"{CE_QUI_RETIENT[quoi]} : c’est ce qui arrête les entrées {100 * tout[quoi]:.0f}\u202f% du temps.",
        "sortes": list(CE_QUI_RETIENT.items()),
        "lignes": [
            {
                "mois": dire_mois(rendue.mois[n]),
                "parts": [f"{100 * parts[n][un]:.0f}\u202f%" for un in CE_QUI_RETIENT],
            }
            for n in fins_d_annee(rendue.mois)
        ],
    }


def _largeurs(rendue: Projection, courbe: str) -> list[dict[str, Any]]:
    premieres = [une for une in sensibilite(rendue, courbe).items() if une[1] >= TENUE]
    return [
        {
            "titre": titre_d_une_inconnue(nom),
            "part": f"{100 * part:.0f}\u202f%",
            "largeur": max(2, round(part * _BARRE)),
        }
        for nom, part in premieres[:PLUS_LARGES]
    ]


def citations_des_inconnues() -> list[Citation]:
    """Every source of a parameter, once."""
    return [une for un in parametres().values() for une in un.sources]


def inconnues_dites(demande: DemandeDeProjection) -> list[dict[str, str]]:
    """Every parameter in words: what is known of it, how well, and where the question sets it."""
    return [
        {
            "titre": une.titre,
            "grade": "votre hypothèse" if une.nom in demande.posees else GRADES[une.grade],
            "dit": dire_nombre(demande.posees[une.nom], "")
            if une.nom in demande.posees
            else dire_une_inconnue(une, demande),
            "unite": une.unite,
            "note": une.note,
        }
        for une in parametres().values()
    ]


def dire_l_argent(demande: DemandeDeProjection) -> str:
    """What the answer supposes of money, in a sentence."""
    posees = demande.posees
    if "igas-17" in demande.reformes:
        return "La recommandation 17 accorde l’argent : il n’arrête aucune entrée."
    if not posees.keys() & set(ARGENT):
        return "Aucune source ne dit combien d’argent la formation peut recevoir. Nous n’en supposons pas : il n’arrête aucune entrée."
    par_an, reserve = (posees.get(nom, 0.0) / MILLION for nom in ARGENT)
    return f"Votre hypothèse : {dire_nombre(par_an, 'M€')} par an et {dire_nombre(reserve, 'M€')} en réserve."


def contexte_du_formulaire(request: Demande, demande: DemandeDeProjection) -> dict[str, Any]:
    """What the form of a question needs."""
    premiers, autres = curseurs(demande.posees)
    return {
        "demande": demande,
        "premiers": premiers,
        "autres": autres,
        "autres_posees": any(un.posee for un in autres),
        "mois_offerts": mois_offerts(demande),
        "familles": familles(demande),
        "choisies": [
            (une, une.id in demande.reformes, CLASSES_DITES[une.classe])
            for une in recommandations().values()
        ],
        "sources_des_recommandations": [une.sources[0] for une in recommandations().values()],
        "caches": [("reforme", une) for une in demande.reformes if une not in recommandations()],
        "chemin": request.path,
    }


def adresse_de_la_demande(nom: str, demande: DemandeDeProjection, mois: str) -> str:
    """The address of a page for a question: everything that it stands on is in it."""
    champs: list[tuple[str, str]] = [
        ("au", demande.au.isoformat()), ("jusqu_a", mois), ("famille", demande.famille),
    ]  # fmt: skip
    champs += [("reforme", une) for une in demande.reformes]
    for cle, valeur in demande.hypotheses:
        champs += [
            ("poser", cle),
            (cle, f"{valeur:g}" if abs(valeur) < MILLION else f"{valeur:.0f}"),
        ]
    return f"{reverse(nom)}?{urlencode(champs)}"


def contexte_de_la_projection(request: Demande) -> dict[str, Any]:
    """The context of the page; what cannot be read is said, and left for the default."""
    saisie = lire_saisie(request)
    rendue = projeter(saisie.demande)
    courbes = [_courbe(rendue, une) for une in TITRES]
    return {
        **contexte_du_formulaire(request, saisie.demande),
        "rayon": "projection",
        "erreurs": saisie.erreurs,
        "dernier": dire_mois(rendue.mois[-1]),
        "courbes": courbes,
        "bandes": BANDES_DITES,
        "retenues": _retenues(rendue),
        "largeurs": [(TITRES[une], _largeurs(rendue, une)) for une in ("entrees", "contrats")],
        "generales": list(sources_generales(saisie.demande)),
        "argent_dit": dire_l_argent(saisie.demande),
        "inconnues": inconnues_dites(saisie.demande),
        "citations": citations_des_inconnues(),
        "citations_des_courbes": citations_des_courbes(saisie.demande),
        "citations_de_tete": [observations().contrats[saisie.demande.famille][-1].source],
        "adresse": request.build_absolute_uri(
            adresse_de_la_demande("projection", saisie.demande, rendue.mois[-1])
        ),
        "essayer": adresse_de_la_demande("projection-essayer", saisie.demande, rendue.mois[-1]),
    }
