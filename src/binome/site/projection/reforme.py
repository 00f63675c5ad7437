"""What the page of a reform shows: its rules before and after, the dossiers that it touches, the curves with and without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from binome.comptes.permissions import acteur_de_la_branche
from binome.dossiers.rejoues import Rejeu
from binome.projection.demande import ARGENT
from binome.projection.essai import essayer_la_reforme
from binome.projection.lecture import projeter
from binome.projection.loi import reformes_de_la_base
from binome.projection.mois import nom as nom_du_mois
from binome.projection.parametres import recommandations
from binome.projection.sources import CLASSES_DITES
from binome.regles.courante import base_courante
from binome.rejeux.comparer import GROUPES, regles_qui_changent
from binome.site.projection.courbes import dessiner_la_difference
from binome.site.projection.page import (
    TITRES,
    adresse_de_la_demande,
    citations_des_inconnues,
    contexte_du_formulaire,
    dire_l_argent,
    dire_valeur,
)
from binome.site.projection.saisie import dire_mois, lire_saisie
from binome.site.regles.essai import propositions
from binome.socle.machine_a_remonter import aujourd_hui

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from binome.projection.demande import DemandeDeProjection
    from binome.projection.essai import EssaiDeReforme
    from binome.regles.regle import Regle
    from binome.regles.sources import Citation
    from binome.socle.demande import Demande

PAR_DEFAUT: Final = "igas-9"
SERRE: Final[Mapping[str, float]] = {"argent_annuel_euros": 6_000_000.0, "reserve_euros": 0.0}
LARGE: Final[Mapping[str, float]] = {
    "argent_annuel_euros": 12_000_000.0,
    "reserve_euros": 20_000_000.0,
}
"""Two hypotheses of ours, and no fact: little money, and enough."""


@dataclass(frozen=True, slots=True)
class RegleEssayee:
    """One subject: what the rules of the day say of it, and what the proposal would."""

    titre: str
    identifiant: str
    avant: tuple[str, ...]
    apres: tuple[str, ...]
    citations: tuple[Citation, ...]


def regles_essayees(reformes: Sequence[str], jour: date) -> list[RegleEssayee]:
    """The rules that reforms of the base change on a day, subject by subject.

    A rule that is taken away has no word after; a new one, the words of its subject before.
    """
    avant, apres = base_courante(), base_courante(*sorted(reformes))
    du = max([jour, *(propositions()[nom].du for nom in reformes)])
    sujets: dict[str, dict[str, list[Regle]]] = {}
    for nom in regles_qui_changent(avant.entiere, apres.entiere):
        for cote, base in (("avant", avant.entiere), ("apres", apres.entiere)):
            regle = base.regles.get(nom)
            if regle is not None and regle.couvre(du):
                cle = regle.sujet or regle.id
                sujets.setdefault(cle, {"avant": [], "apres": []})[cote].append(regle)
    for cle, cotes in sujets.items():
        if not cotes["avant"]:
            cotes["avant"] = [
                une for une in avant.entiere.en_vigueur(du) if (une.sujet or une.id) == cle
            ]
    return [_essayee(cotes["avant"], cotes["apres"]) for cotes in sujets.values()]


def _essayee(avant: Sequence[Regle], apres: Sequence[Regle]) -> RegleEssayee:
    dite = (*apres, *avant)[0]
    return RegleEssayee(
        dite.titre,
        dite.id,
        tuple(une.dit for une in avant),
        tuple(une.dit for une in apres),
        tuple(une for regle in (*avant, *apres) for une in regle.sources),
    )


def _numero(nom: str) -> tuple[int, str]:
    """Recommendations by their number, each before its variants."""
    return int(nom.split("-")[1]), nom


def _differences(essai: EssaiDeReforme) -> list[dict[str, Any]]:
    avec = projeter(essai.demande)
    sans = projeter(replace(essai.demande, reformes=()))
    return [
        {
            "titre": titre,
            "sans": dire_valeur(courbe, sans.quantiles(courbe)["p50"][-1]),
            "avec": dire_valeur(courbe, avec.quantiles(courbe)["p50"][-1]),
            "ecart": dire_la_difference(courbe, essai.differences[courbe]),
        }
        for courbe, titre in TITRES.items()
    ]


def _mois_par_mois(essai: EssaiDeReforme) -> list[dict[str, Any]]:
    """The entries that reforms add, at the end of each year and at the last month of the picture."""
    bas, milieu, haut = essai.entrees
    return [
        {
            "mois": dire_mois(nom_du_mois(rang)),
            "trois": [_signe("entrees", un[numero]) for un in (bas, milieu, haut)],
        }
        for numero, rang in enumerate(essai.rangs)
        if nom_du_mois(rang).endswith("-12") or rang == essai.rangs[-1]
    ]


def dire_la_difference(courbe: str, trois: Mapping[str, float]) -> str:
    """A paired difference in words: the middle, then eight draws in ten."""
    bas, milieu, haut = (_signe(courbe, trois[un]) for un in ("p10", "p50", "p90"))
    return bas if bas == milieu == haut else f"{milieu} ({bas} à {haut})"


def _signe(courbe: str, valeur: float) -> str:
    dit = dire_valeur(courbe, abs(valeur))
    if not any(lettre in "123456789" for lettre in dit):
        return "aucun" if courbe in ("contrats", "euros") else "aucune"
    return f"{'−' if valeur < 0 else '+'}{dit}"


def _selon_l_argent(demande: DemandeDeProjection) -> list[dict[str, Any]]:
    """The entries that a reform adds, with little money and with enough: two hypotheses, said so."""
    autres = {nom: un for nom, un in demande.posees.items() if nom not in ARGENT}
    rendus = []
    for dit, argent in (("Peu d’argent", SERRE), ("Assez d’argent", LARGE)):
        posee = replace(demande, hypotheses=tuple(sorted({**autres, **argent}.items())))
        essai = essayer_la_reforme(posee)
        rendus.append(
            {
                "dit": dit,
                "argent": dire_l_argent(replace(posee, reformes=())).removeprefix(
                    "Votre hypothèse : "
                ),
                "ecart": dire_la_difference("entrees", essai.differences["entrees"]),
                "pourquoi": essai.pourquoi,
            }
        )
    return rendus


def rejeux_pour(request: Demande, reformes: Sequence[str]) -> list[dict[str, Any]]:
    """What the last replay of each of these rules found. Raises Http404 for who does not work for the branch."""
    acteur_de_la_branche(request)
    en_vigueur = base_courante().vue("positionnement").empreinte
    faits = Rejeu.objects.filter(candidate__in=reformes, base_avant=en_vigueur).defer("lignes")
    derniers = {un.candidate: un for un in faits.order_by("le", "pk")}
    return [
        {
            "titre": propositions()[nom].titre,
            "rejeu": (fait := derniers.get(nom)),
            "groupes": [
                (mot, fait.bilan["groupes"][groupe])
                for groupe, mot in GROUPES.items()
                if fait.bilan["groupes"][groupe]
            ]
            if fait
            else [],
        }
        for nom in reformes
    ]


def contexte_de_l_essai(request: Demande, *, branche: bool = False) -> dict[str, Any]:
    """The context of the page. The address holds the whole question; the branch sees its live dossiers too.

    Raises Http404 for who asks for those and does not work for the branch.
    """
    saisie = lire_saisie(request, request.GET.getlist("reforme") or [PAR_DEFAUT])
    demande = saisie.demande
    if not demande.reformes:
        demande = replace(demande, reformes=(PAR_DEFAUT,))
    essai = essayer_la_reforme(demande)
    de_la_base = reformes_de_la_base(demande.reformes)
    mois = projeter(demande).mois[-1]
    connues = recommandations()
    return {
        **contexte_du_formulaire(request, demande),
        "rayon": "essayer",
        "erreurs": saisie.erreurs,
        "essayees": [
            {
                "numero": une.id.removeprefix("igas-"),
                "titre": une.titre if nom in connues else propositions()[nom].titre,
                "dit": une.dit,
                "classe": CLASSES_DITES[une.classe],
                "citations": une.sources,
            }
            for nom in sorted(demande.reformes, key=_numero)
            for une in (connues["-".join(nom.split("-")[:2])],)
        ],
        "regles": regles_essayees(de_la_base, demande.au) if de_la_base else [],
        "de_la_base": de_la_base,
        "branche": branche,
        "jour": aujourd_hui(),
        "rejeux": rejeux_pour(request, de_la_base) if branche else [],
        "pour_la_branche": adresse_de_la_demande("projection-dossiers", demande, mois),
        "essai": essai,
        "dernier": dire_mois(mois),
        "differences": _differences(essai),
        "image": dessiner_la_difference(essai) if essai.chiffrable else None,
        "entrees_de_plus": _mois_par_mois(essai),
        "selon": _selon_l_argent(demande) if essai.chiffrable else [],
        "argent_dit": dire_l_argent(replace(demande, reformes=())),
        "citations": citations_des_inconnues(),
        "adresse": request.build_absolute_uri(
            adresse_de_la_demande("projection-essayer", demande, mois)
        ),
        "sans": adresse_de_la_demande("projection", demande, mois),
    }
