"""The documents that an answer cites: how far each can be trusted, its date, where to open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from binome.agenda.echeances import echeances
from binome.regles.courante import base_courante
from binome.regles.metiers.aide import aider
from binome.regles.metiers.financement import financer
from binome.regles.metiers.positionnement import positionner
from binome.regles.trace import en_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.base import Base

FAITS: dict[str, dict[str, Any]] = {
    "positionnement": {
        "date_entree": "2022-09-05",
        "diplomes": ["secretaire_medical"],
        "date_prise_fonction": "2022-01-10",
    },
    "financement": {"date_entree": "2026-09-07", "situation": "salarie_cabinet", "objectif": "cqp"},
    "aide": {"date_signature_contrat_aide": "2026-03-02", "contrat_collectif": True},
    "echeances": {
        "date_signature_contrat_aide": "2026-02-02",
        "date_prise_fonction": "2026-01-05",
    },
}


def reponse(vue: str) -> dict[str, Any]:
    base = base_courante()
    dossier = base.vue(vue).lire(FAITS[vue])
    match vue:
        case "positionnement":
            return positionner(base, dossier).en_json()
        case "financement":
            return financer(base, dossier).en_json()
        case "aide":
            return aider(base, dossier).en_json()
        case _:
            return echeances(base, dossier).en_json()


def citations(objet: object) -> Iterator[str]:
    """Every citation, wherever it stands in an answer."""
    if isinstance(objet, dict):
        for cle, valeur in objet.items():
            yield from valeur if cle == "sources" else citations(valeur)
    elif isinstance(objet, list):
        for valeur in objet:
            yield from citations(valeur)


@pytest.mark.parametrize("vue", FAITS)
def test_chaque_citation_a_son_document_et_aucun_n_est_de_trop(base: Base, vue: str) -> None:
    lue = reponse(vue)
    cites = {texte.partition(", ")[0] for texte in citations(lue)}
    assert cites
    assert list(lue["documents"]) == sorted(cites)
    for nom, document in lue["documents"].items():
        source = base.sources[nom]
        assert document == {
            "titre": source.titre,
            "date": source.du,
            "force": source.fiabilite,
            "lien": source.lien,
        }


def test_une_source_faible_se_voit_dans_la_reponse() -> None:
    forces = {nom: un["force"] for nom, un in reponse("aide")["documents"].items()}
    assert forces["mesdocs-collectif"] == "faible"
    assert forces["igas-2023"] == "officiel"
    assert forces["convention-2024-presse"] == "secondaire"


def test_un_document_sans_date_ni_page_le_dit(base: Base) -> None:
    assert base.sources["igas-2023"].en_json() == {
        "titre": "La formation des assistants médicaux, rapport n° 2023-015R",
        "date": "juin 2023",
        "force": "officiel",
        "lien": None,
    }
    assert base.sources["france-competences-40913"].du is None
    assert base.sources["afgsu"].lien == (
        "https://juriblio.fr/arretes/arrete-du-30-decembre-2014/164302221/section-2"
    )
    for source in base.sources.values():
        assert source.du is None or "non dat" not in source.du or "," in source.du, source.id
        assert source.lien is None or " " not in source.lien, source.id


def test_la_trace_porte_aussi_ses_documents(base: Base) -> None:
    trace = en_json(base.moteur.decider(base.lire(FAITS["positionnement"])), base)
    assert set(trace["documents"]) == {
        texte.partition(", ")[0] for etape in trace["etapes"] for texte in etape["sources"]
    }
