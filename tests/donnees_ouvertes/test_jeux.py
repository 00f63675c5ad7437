"""Every dataset is what its columns say, by the validator of those who will read it; and no figure of ours is slipped in."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import frictionless
import pytest

from binome.donnees_ouvertes import ecrire
from binome.donnees_ouvertes.catalogue import JEUX
from binome.donnees_ouvertes.des_regles import citations_de, citees
from binome.regles.courante import base_courante
from binome.regles.ecarts import ecarts
from binome.regles.taches import taches

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def paquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as one downloads them, side by side."""
    dossier = tmp_path_factory.mktemp("donnees")
    for nom in JEUX:
        (dossier / f"{nom}.csv").write_bytes(ecrire.fichier(nom).contenu)
    (dossier / "datapackage.json").write_bytes(ecrire.en_json(ecrire.paquet()))
    return dossier


def lues(nom: str) -> list[dict[str, str]]:
    """The lines of a dataset, as anybody reads them."""
    return list(csv.DictReader(io.StringIO(ecrire.fichier(nom).contenu.decode())))


def test_frictionless_ne_trouve_rien_a_redire(paquet: Path) -> None:
    """Types, required cells, words allowed, keys that tell lines apart, references, sizes and hashes."""
    rapport = frictionless.validate(str(paquet / "datapackage.json"))
    assert rapport.flatten(["name", "type", "rowNumber", "note"]) == []
    assert len(rapport.tasks) == len(JEUX)


def test_frictionless_verrait_une_faute(paquet: Path, tmp_path: Path) -> None:
    """A wrong type, an unknown word, a line twice, a reference to nothing: the test above would say it."""
    for fichier in paquet.iterdir():
        (tmp_path / fichier.name).write_bytes(fichier.read_bytes())
    lignes = (tmp_path / "modules.csv").read_text(encoding="utf-8").splitlines()
    lignes += [lignes[1], lignes[2].replace("rncp", "rncq", 1).rsplit(",", 1)[0] + ",longtemps"]
    (tmp_path / "modules.csv").write_text("\n".join(lignes) + "\n", encoding="utf-8")
    rapport = frictionless.validate(str(tmp_path / "datapackage.json"))
    trouvees = {type_ for (type_,) in rapport.flatten(["type"])}
    assert {"primary-key", "foreign-key", "type-error", "hash-count"} <= trouvees


def test_chaque_jeu_dit_ce_qu_il_contient_en_deux_phrases() -> None:
    for un in JEUX.values():
        phrases = [phrase for phrase in un.dit.replace(" : ", " ").split(". ") if phrase]
        assert len(phrases) == 2, un.nom
        assert all(une.dit.endswith(".") for une in un.colonnes), un.nom
        assert ecrire.fichier(un.nom).lignes, un.nom
        assert {*un.cle, *(un.cube or ())} <= {une.nom for une in un.colonnes}, un.nom


def test_rien_de_la_base_ne_manque() -> None:
    assert {ligne["id"] for ligne in lues("regles")} >= set(base_courante().entiere.regles)
    assert any(ligne["reforme"] and ligne["statut"] == "proposee" for ligne in lues("regles"))
    assert {ligne["ecart"] for ligne in lues("ecarts")} == {un.id for un in ecarts()}
    assert {ligne["code"] for ligne in lues("taches")} == {une.code for une in taches()}
    minutes = sum(
        int(ligne["minutes"]) for ligne in lues("modules") if ligne["referentiel"] == "rncp40913"
    )
    assert minutes == base_courante().referentiels["rncp40913"].formation


def test_chaque_citation_mene_a_son_passage() -> None:
    """The cell that joins them is parted again: no passage holds what parts them."""
    for nom, un in JEUX.items():
        if "sources" in {une.nom for une in un.colonnes} and nom != "sources":
            for ligne in lues(nom):
                assert citees(citations_de(ligne["sources"])) == ligne["sources"], (nom, ligne)


def test_les_chiffres_sont_ceux_des_sources() -> None:
    """Those that sources print; what we worked out from them is not called published."""
    series = lues("series")
    assert not [ligne for ligne in series if ligne["fiabilite"] not in ("A", "A/B", "B", "C")]
    assert not [ligne for ligne in series if "implicites" in ligne["serie"]]
    (familles,) = (
        ligne
        for ligne in series
        if ligne["serie"] == "contrats_cumul_famille_b" and ligne["date"] == "2022-12-31"
    )
    assert (familles["valeur"], familles["conteste"]) == ("4069", "true")


def test_un_petit_nombre_de_personnes_n_est_pas_redit() -> None:
    caches = [ligne for ligne in lues("series") if ligne["statut"] == "S"]
    assert {ligne["serie"] for ligne in caches} >= {
        "of_asfo_certifies",
        "of_asfo_presentes",
        "cpf_dossiers",
    }
    assert all(ligne["valeur"] == "" for ligne in caches)
    assert not [
        ligne
        for ligne in lues("series")
        if ligne["unite"] in ("personnes", "stagiaires", "dossiers")
        and ligne["valeur"]
        and float(ligne["valeur"]) < 11
    ]


def test_le_json_stat_est_le_tableau() -> None:
    cube = ecrire.jsonstat("contrats")
    dates, lieux = (cube["dimension"][axe]["category"]["index"] for axe in cube["id"])
    assert cube["size"] == [len(dates), len(lieux)] == [5, 120]
    assert len(cube["value"]) == len(cube["status"]) == 600
    for ligne in lues("contrats"):
        place = dates.index(ligne["date"]) * len(lieux) + lieux.index(
            f"{ligne['niveau']}-{ligne['territoire']}"
        )
        assert str(cube["value"][place]) == ligne["valeur"]
    assert cube["value"][dates.index("2025-11-30") * 120 + lieux.index("france-FR")] == 8971


def test_le_catalogue_nomme_chaque_fichier_et_son_empreinte() -> None:
    dcat = json.loads(ecrire.en_json(ecrire.dcat()))
    assert dcat["@type"] == "dcat:Catalog"
    jeux = {un["dct:identifier"]: un for un in dcat["dcat:dataset"]}
    assert set(jeux) == set(JEUX)
    for nom, un in jeux.items():
        (premiere, *autres) = un["dcat:distribution"]
        assert premiere["dcat:downloadURL"]["@id"].endswith(f"/donnees/{nom}.csv")
        assert premiere["spdx:checksum"]["spdx:checksumValue"] == ecrire.fichier(nom).empreinte
        assert bool(autres) is (JEUX[nom].cube is not None)
        assert all("etalab" in forme["dct:license"]["@id"] for forme in un["dcat:distribution"])
