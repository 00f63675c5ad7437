"""The field's things as JSON objects: what the GET operations answer."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from binome.regles import dire
from binome.regles.cas import cas
from binome.regles.ecarts import CERTITUDES
from binome.regles.regle import Alerte
from binome.regles.taches import STATUTS, VERDICTS
from binome.regles.usages import usages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.formations.modeles import Organisme
    from binome.regles.base import Base
    from binome.regles.ecarts import Ecart
    from binome.regles.referentiels import Bloc, Referentiel
    from binome.regles.regle import Regle
    from binome.regles.sources import Citation, LectureRivale, Source
    from binome.regles.taches import Tache

Objet = dict[str, Any]


def iso(jour: date | None) -> str | None:
    """A date as JSON writes it; None stays None."""
    return None if jour is None else jour.isoformat()


def citations(sources: Iterable[Citation]) -> list[Objet]:
    """Places in sources, as the contract writes them and in words."""
    return [
        {
            "source": un.source.id,
            "passage": un.passage,
            "resume": un.resume,
            "document": un.source.en_json(),
        }
        for un in sources
    ]


def lectures(toutes: Iterable[LectureRivale]) -> list[Objet]:
    """Rival values, each with its places."""
    return [{"valeur": str(une.valeur), "sources": citations(une.sources)} for une in toutes]


def regle(une: Regle, base: Base) -> Objet:
    """A rule of the whole base as a list shows it."""
    return {
        "id": une.id,
        "titre": une.titre,
        "table": une.table,
        "vue": base.tables[une.table].vue,
        "du": iso(une.du),
        "au": iso(une.au),
        "statut": une.statut,
        "texte": dire.en_une_phrase(une, base),
        "mot_a_mot": dire.mot_a_mot(une, base),
        "sources": [str(citation) for citation in une.sources],
    }


def _attendu(valeur: Any) -> Any:
    """What a case expects, its days as JSON writes them."""
    if isinstance(valeur, dict):
        return {cle: _attendu(une) for cle, une in valeur.items()}
    return iso(valeur) if isinstance(valeur, date) else valeur


@cache
def _cas_par_regle(certification: str) -> Mapping[str, list[Objet]]:
    """The cases of each rule of a certification, read once."""
    par_regle: dict[str, list[Objet]] = {}
    for un in cas(certification):
        par_regle.setdefault(un.regle, []).append(
            {"dossier": un.objet, "attendu": _attendu(un.attendu)}
        )
    return par_regle


def regle_entiere(une: Regle, base: Base) -> Objet:
    """A rule with its passages, what leans on it, and its cases."""
    alerte = une.effet if isinstance(une.effet, Alerte) else None
    return {
        **regle(une, base),
        "fenetre": dire.fenetre(une),
        "citations": citations(une.sources),
        "lectures": lectures(alerte.lectures) if alerte else [],
        "usages": usages(base, une),
        "cas": _cas_par_regle(base.certification.code).get(une.id, []),
    }


def referentiel(un: Referentiel) -> Objet:
    """A version of the certification as a list shows it."""
    return {
        "id": un.id,
        "titre": un.titre,
        "rncp": un.rncp,
        "du": iso(un.du),
        "au": iso(un.au),
        "minutes": {
            "formation": un.formation,
            **({} if un.pratique is None else {"pratique": un.pratique}),
            "evaluations": un.evaluations,
            "total": un.total,
        },
        "sources": [str(citation) for citation in un.sources],
    }


def _bloc(un: Bloc) -> Objet:
    return {
        "numero": un.numero,
        "intitule": un.intitule,
        "minutes": un.minutes,
        "modules": [
            {"code": module.code, "intitule": module.intitule, "minutes": module.minutes}
            for module in un.modules
        ],
        "epreuves": [
            {"code": epreuve.code, "intitule": epreuve.intitule, "minutes": epreuve.minutes}
            for epreuve in un.epreuves
        ],
    }


def referentiel_entier(un: Referentiel) -> Objet:
    """A version with its blocs, modules and épreuves."""
    return {
        **referentiel(un),
        "blocs": [_bloc(bloc) for bloc in un.blocs],
        "citations": citations(un.sources),
    }


def certification(base: Base) -> Objet:
    """A certification, and the questions that its base answers."""
    une = base.certification
    return {
        "code": une.code,
        "titre": une.titre,
        "essai": une.essai or None,
        "par_defaut": une.par_defaut,
        "vues": list(base.vues),
        "base": base.empreinte,
    }


def tache(une: Tache) -> Objet:
    """A task with the answer of each of its gestures."""
    return {
        "code": une.code,
        "tache": une.tache,
        "proposee": False,
        "statut": une.statut,
        "statut_en_clair": STATUTS[une.statut],
        "reponse": une.reponse,
        "gestes": [
            {
                "geste": un.geste,
                "verdict": un.verdict,
                "verdict_en_clair": VERDICTS[un.verdict],
            }
            for un in une.gestes
        ],
        "condition": une.condition or None,
        "sources": citations(une.sources),
    }


def tache_proposee(une: Tache) -> Objet:
    """A task that may be what was meant: its name, and no answer that could be taken for one."""
    return {
        "code": une.code,
        "tache": une.tache,
        "proposee": True,
        "statut": None,
        "statut_en_clair": None,
        "reponse": None,
        "gestes": [],
        "condition": None,
        "sources": [],
    }


def ecart(un: Ecart) -> Objet:
    """A discrepancy, its rival readings, and what Binôme does of it."""
    return {
        "id": un.id,
        "sujet": un.sujet,
        "certitude": un.certitude,
        "certitude_en_clair": CERTITUDES[un.certitude],
        "lectures": lectures(un.lectures),
        "traitement": un.traitement,
        "alerte": un.alerte or None,
    }


def source(une: Source) -> Objet:
    """A source as a list shows it."""
    return {
        "id": une.id,
        "titre": une.titre,
        "editeur": une.editeur,
        "date": une.date or None,
        "adresse": une.adresse,
        "consulte_le": une.consulte_le,
        "fiabilite": une.fiabilite,
    }


def source_entiere(une: Source) -> Objet:
    """A source with the passages that rules cite."""
    return {**source(une), "passages": dict(une.passages)}


def organisme(un: Organisme) -> Objet:
    """A training organisation; null is what no source says."""
    return {
        "id": un.slug,
        "nom": un.nom,
        "nom_complet": un.nom_complet,
        "habilitation": {
            "statut": un.habilitation.statut,
            "texte": un.habilitation.phrase,
            "referentiels": list(un.habilitation.referentiels),
        },
        "modalite": un.modalite,
        "sites": [
            {
                "ville": site.ville,
                "departement": site.departement and site.departement.code,
                "region": site.region.code,
                "region_nom": site.region.nom,
                "reserve": site.reserve or None,
            }
            for site in un.sites
        ],
        "remarques": [remarque.texte for remarque in un.remarques],
        "sources": citations(un.sources),
    }
