"""The booklet of a path on paper: by competence, by week, and what is missing; every place leads to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class FoisImprimee:
    """What one week said of a competence; `semaine` is its Monday."""

    semaine: date
    reponse: str
    phrase: str
    par: str
    signee: str


@dataclass(frozen=True)
class CompetenceImprimee:
    """A competence and its story; `loin` is how far, in words, `etat` the same as the picture draws it."""

    code: str
    intitule: str
    etat: str
    loin: str
    fois: tuple[FoisImprimee, ...]


@dataclass(frozen=True)
class BlocImprime:
    """A bloc; `dit` says in words what the picture shows."""

    titre: str
    dit: str
    competences: tuple[CompetenceImprimee, ...]


@dataclass(frozen=True)
class SemaineImprimee:
    """A week; `reponses` are the code and the answer of each competence, `signatures` a sentence each."""

    semaine: date
    reponses: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
    retard: str


@dataclass(frozen=True)
class LivretImprime:
    """The whole booklet, in words. `manques` are a title and its sentences, `jamais` the codes never seen."""

    personne: str
    entete: tuple[str, ...]
    fiche: tuple[tuple[str, str], ...]
    avertissements: tuple[str, ...]
    blocs: tuple[BlocImprime, ...]
    legende: tuple[tuple[str, str], ...]
    semaines: tuple[SemaineImprimee, ...]
    jamais: tuple[str, ...]
    manques: tuple[tuple[str, tuple[str, ...]], ...]
    base: str
    le: date
    exemple: bool = False


def contenu_du_livret(livret: LivretImprime) -> dict[str, Any]:
    """What the template writes."""
    return {
        "titre": "Livret de formation",
        "emetteur": "Binôme",
        "phrase": livret.personne,
        "regles": " ".join(livret.entete),
        "sans_valeur": "Personnes inventées : ce livret est un exemple, sans valeur."
        if livret.exemple
        else "",
        "fiche": [{"libelle": libelle, "valeur": valeur} for libelle, valeur in livret.fiche],
        "avertissements": list(livret.avertissements),
        "blocs": [_bloc(un) for un in livret.blocs],
        "legende": [{"etat": etat, "mot": mot} for etat, mot in livret.legende],
        "semaines": [_semaine(une) for une in livret.semaines],
        "jamais": list(livret.jamais),
        "manques": [{"titre": titre, "phrases": list(dites)} for titre, dites in livret.manques],
        "mention": f"{'Exemple, sans valeur. ' if livret.exemple else ''}Livret : {livret.personne}",
        "pied": f"Édité le {date_en_clair(livret.le)}. Base {livret.base.removeprefix('sha256:')[:12]}.",
        "date": [livret.le.year, livret.le.month, livret.le.day],
    }


def _bloc(bloc: BlocImprime) -> dict[str, Any]:
    return {
        "titre": bloc.titre,
        "dit": bloc.dit,
        "competences": [
            {
                "code": une.code,
                "intitule": une.intitule,
                "etat": une.etat,
                "loin": une.loin,
                "fois": [_fois(un) for un in une.fois],
            }
            for une in bloc.competences
        ],
    }


def _fois(fois: FoisImprimee) -> dict[str, str]:
    return {
        "cle": fois.semaine.isoformat(),
        "semaine": date_en_clair(fois.semaine),
        "reponse": fois.reponse,
        "phrase": fois.phrase,
        "par": fois.par,
        "signee": fois.signee,
    }


def _semaine(semaine: SemaineImprimee) -> dict[str, Any]:
    return {
        "cle": semaine.semaine.isoformat(),
        "semaine": date_en_clair(semaine.semaine),
        "reponses": [{"code": code, "reponse": reponse} for code, reponse in semaine.reponses],
        "signatures": list(semaine.signatures),
        "retard": semaine.retard,
    }
