"""What is written fits the schema; what the schema cannot carry is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from binome.accrochage import schema
from binome.accrochage.ecrire import en_xml
from binome.accrochage.lecture import LotInvalide
from binome.accrochage.lot import lire_lot
from tests.accrochage.lots import EMETTEUR, NORMES, lot, passage

SCHEMA = etree.XMLSchema(etree.parse(NORMES / "cpf-1.1.2.xsd"))


def ecrit(*passages: dict[str, Any], **autres: Any) -> Any:
    return etree.fromstring(en_xml(lire_lot(lot(*passages, **autres))))


def dit(arbre: Any, chemin: str) -> list[str]:
    """The texts at a path; « nul » where the element says that it has none."""
    trouves = arbre.xpath(
        "//" + "/".join(f"cpf:{un}" for un in chemin.split("/")), namespaces={"cpf": schema.ESPACE}
    )
    return ["nul" if un.attrib else un.text for un in trouves]


def fautes(**autres: Any) -> tuple[str, ...]:
    with pytest.raises(LotInvalide) as refus:
        lire_lot(lot(**autres))
    return refus.value.fautes


def test_un_passage_ordinaire_est_dit_en_entier() -> None:
    arbre = ecrit()
    SCHEMA.assertValid(arbre)
    assert dit(arbre, "emetteur/idClient") == ["12ABC345"]
    assert dit(arbre, "certification/code") == ["RNCP40913"]
    assert dit(arbre, "natureDeposant") == ["CERTIFICATEUR"]
    assert dit(arbre, "horodatage") == ["2026-11-29T10:15:00+01:00"]
    assert (
        dit(arbre, "nomUsage")
        == dit(arbre, "modaliteAcces")
        == dit(arbre, "dateFinValidite")
        == ["nul"]
    )
    assert [dit(arbre, f"{un}Naissance") for un in ("annee", "mois", "jour")] == [
        ["1984"],
        ["5"],
        ["3"],
    ]
    assert dit(arbre, "codeInsee") == ["40088"]
    assert not dit(arbre, "libelleCommuneNaissance")
    assert not dit(arbre, "action")


def test_le_meme_lot_donne_les_memes_octets() -> None:
    assert en_xml(lire_lot(lot())) == en_xml(lire_lot(lot()))
    ailleurs = lot()
    del ailleurs["id_flux"]
    assert lire_lot(ailleurs).id_flux != lire_lot(ailleurs).id_flux


def test_deux_fiches_font_deux_certifications_dans_l_ordre_des_passages() -> None:
    arbre = ecrit(passage(1), passage(2, rncp="RNCP36358"), passage(3))
    SCHEMA.assertValid(arbre)
    assert dit(arbre, "certification/code") == ["RNCP40913", "RNCP36358"]
    assert dit(arbre, "idTechnique") == ["essai-1", "essai-3", "essai-2"]


def test_la_version_de_2026_ajoute_l_action_apres_le_moment() -> None:
    racine = ecrit(version="1.1.5")
    assert [etree.QName(un).localname for un in racine] == [
        "idFlux",
        "horodatage",
        "action",
        "emetteur",
    ]
    assert dit(racine, "action") == ["CREATION"]


NIR = {"nir": "284054008812345", "nom_naissance": "Exemple"}


def national(rang: int = 1, **autres: Any) -> dict[str, Any]:
    """A passage of who is known by their number."""
    un = passage(rang)
    del un["titulaire"]
    return {**un, "identifiant_national": {**NIR, "nir": NIR["nir"][:13], **autres}}


def test_la_version_de_2026_porte_le_numero_national_a_la_place_du_titulaire() -> None:
    arbre = ecrit(national(), passage(2), version="1.1.5")
    assert dit(arbre, "identifiantNational/nir") == [NIR["nir"][:13]]
    assert dit(arbre, "identifiantNational/nomNaissance") == ["Exemple"]
    assert dit(arbre, "nomNaissance") == ["Exemple", "Exemple"]
    assert len(dit(arbre, "prenom1")) == 1


def test_la_version_de_2026_sait_supprimer() -> None:
    assert dit(ecrit(version="1.1.5", action="SUPPRESSION"), "action") == ["SUPPRESSION"]


@pytest.mark.parametrize(
    ("autres", "dite"),
    [
        ({"action": "SUPPRESSION"}, "action : la version 1.1.2 ne sait que déclarer"),
        ({"version": "1.1.5", "action": "MODIFICATION"}, "action : attendu"),
        ({"passages": [national()]}, "la version 1.1.2 ne le porte pas"),
        ({"version": "1.1.5", "passages": [national(nir=NIR["nir"])]}, "13 caractères au plus"),
        ({"version": "1.1.5", "passages": [national(nir="9840540088123")]}, "treize caractères"),
        ({"version": "1.1.5", "passages": [national(nom_naissance="")]}, "obligatoire"),
        ({"version": "1.1.5", "passages": [national(cle="45")]}, "cle : ce renseignement n’existe"),
        (
            {"version": "1.1.5", "passages": [{**passage(), **national()}]},
            "à la place du titulaire, jamais avec lui",
        ),
        ({"horodatage": "20261129T101500+010030"}, "horodatage : un moment"),
        ({"horodatage": "1026-11-29T10:15:00+01:00"}, "horodatage : un moment"),
    ],
)
def test_ce_qu_une_version_ne_porte_pas_est_refuse_en_mots(
    autres: dict[str, Any], dite: str
) -> None:
    (faute,) = fautes(**autres)
    assert dite in faute


def test_un_tiers_de_confiance_le_dit() -> None:
    arbre = ecrit(emetteur={**EMETTEUR, "id_client": "99XYZ999"})
    SCHEMA.assertValid(arbre)
    assert dit(arbre, "natureDeposant") == ["TIERS_CONFIANCE"]


@pytest.mark.parametrize(
    ("titulaire", "chemin", "attendu"),
    [
        ({"naissance": "1984"}, "moisNaissance", ["nul"]),
        ({"naissance": "1984-05"}, "jourNaissance", ["nul"]),
        ({"commune_insee": "2a004"}, "codeInsee", ["2A004"]),
        ({"commune_insee": "75115"}, "codeInsee", ["75115"]),
        ({"commune_insee": None}, "codePostal", ["nul"]),
        ({"commune_insee": "NULL", "code_postal": "40100"}, "codePostal", ["40100"]),
        (
            {"commune_insee": "99109", "commune": "Berlin", "pays": "Allemagne"},
            "libellePaysNaissance",
            ["Allemagne"],
        ),
        (
            {"commune_insee": "99109", "commune": "Berlin", "pays": "109"},
            "codePaysNaissance",
            ["109"],
        ),
        ({"nom_usage": "D’Été-Nguyễn", "prenom2": "Ana"}, "nomUsage", ["D’Été-Nguyễn"]),
        ({"prenom2": " ", "prenom3": "Zoé"}, "prenom2", []),
    ],
)
def test_chaque_facon_de_dire_une_personne(
    titulaire: dict[str, Any], chemin: str, attendu: list[str]
) -> None:
    arbre = ecrit(passage(titulaire=titulaire))
    SCHEMA.assertValid(arbre)
    assert dit(arbre, chemin) == attendu


@pytest.mark.parametrize("modalite", schema.MODALITES)
def test_chaque_modalite_d_acces(modalite: str) -> None:
    arbre = ecrit(passage(modalite_acces=modalite))
    SCHEMA.assertValid(arbre)
    assert dit(arbre, "modaliteAcces") == [modalite]


@pytest.mark.parametrize(
    ("autres", "phrase"),
    [
        ({"titulaire": {"sexe": "f"}}, "sexe : attendu : M, F"),
        ({"titulaire": {"sexe": None}}, "sexe : attendu : M, F"),
        ({"titulaire": {"nom_naissance": " "}}, "nom_naissance : ce renseignement est obligatoire"),
        ({"titulaire": {"nom_naissance": "x" * 61}}, "60 caractères au plus, il y en a 61"),
        ({"titulaire": {"prenom1": "Lé\x0ba"}}, "prenom1 : un caractère invisible ou interdit"),
        ({"titulaire": {"prenom1": "\ud800"}}, "prenom1 : un caractère invisible ou interdit"),
        ({"titulaire": {"naissance": "1984-02-30"}}, "naissance : une date qui existe"),
        ({"titulaire": {"naissance": "1884-02-01"}}, "naissance : une date qui existe"),
        ({"titulaire": {"naissance": "03/05/1984"}}, "naissance : une date qui existe"),
        ({"titulaire": {"naissance": 1984}}, "naissance : un texte est attendu"),
        ({"titulaire": {"commune_insee": "400888"}}, "commune_insee : cinq caractères"),
        (
            {"titulaire": {"commune_insee": "99109", "pays": "Allemagne"}},
            "commune : née ou né à l’étranger",
        ),
        (
            {"titulaire": {"commune_insee": "99109", "commune": "Berlin"}},
            "pays : née ou né à l’étranger",
        ),
        (
            {"titulaire": {"commune_insee": "99109", "commune": "Berlin", "pays": "99109"}},
            "pays : un code de pays a trois caractères",
        ),
        ({"titulaire": {"nir": "1840540088"}}, "nir : ce renseignement n’existe pas"),
        ({"titulaire": {"naissance": "2030-01-01"}}, "elle ne peut pas suivre le parchemin"),
        ({"titulaire": {"commune_insee": "00000"}}, "commune_insee : cinq caractères"),
        ({"titulaire": {"prenom1": "-"}}, "prenom1 : un nom a au moins une lettre"),
        ({"titulaire": {"prenom1": "Lé\u200ba"}}, "prenom1 : un caractère invisible ou interdit"),
        ({"titulaire": {"prenom1": "Lé\u202ea"}}, "prenom1 : un caractère invisible ou interdit"),
        ({"date_debut_validite": "2026-W02-1"}, "le jour du parchemin est attendu, depuis 2018"),
        ({"date_debut_validite": "1999-01-01"}, "le jour du parchemin est attendu, depuis 2018"),
        ({"rncp": "40913"}, "rncp : le numéro d’une fiche"),
        ({"id_technique": ""}, "id_technique : ce renseignement est obligatoire"),
        ({"id_technique": "x" * 256}, "255 caractères au plus"),
        ({"date_debut_validite": "2026-11-31"}, "date_debut_validite : le jour du parchemin"),
        ({"modalite_acces": "VAP"}, "modalite_acces : attendu"),
    ],
)
def test_ce_que_le_schema_ne_porte_pas_est_refuse_en_mots(
    autres: dict[str, Any], phrase: str
) -> None:
    (faute,) = fautes(passages=[passage(1), passage(2, **autres)])
    assert faute.startswith("passage 2, ")
    assert phrase in faute


@pytest.mark.parametrize(
    ("autres", "debut"),
    [
        ({"version": "2.0"}, "version : attendu"),
        ({"passages": []}, "passages : une liste"),
        (
            {"passages": [passage(), passage()]},
            "passage 2, id_technique : le même que celui du passage 1",
        ),
        ({"passages": ["x"]}, "passage 1, un objet est attendu"),
        ({"emetteur": {**EMETTEUR, "id_client": "123"}}, "emetteur, id_client : 8 caractères"),
        ({"emetteur": {**EMETTEUR, "contrat": "x" * 21}}, "emetteur, contrat : 20 caractères"),
        ({"emetteur": None}, "emetteur : un objet est attendu"),
        ({"horodatage": "2026-11-29T10:15:00"}, "horodatage : un moment"),
        ({"id_flux": "x" * 51}, "id_flux : 50 caractères"),
        ({"lot": 1}, "lot : ce renseignement n’existe pas"),
    ],
)
def test_un_lot_mal_dit_est_refuse_en_mots(autres: dict[str, Any], debut: str) -> None:
    assert any(une.startswith(debut) for une in fautes(**autres))


@given(
    st.lists(
        st.builds(
            lambda **qui: qui,
            nom_naissance=st.text(min_size=1, max_size=70),
            prenom1=st.text(min_size=1, max_size=70),
            nom_usage=st.none() | st.text(max_size=70),
            naissance=st.dates().map(str) | st.text("0123456789-", max_size=10),
            commune_insee=st.none() | st.text("0123456789AB", max_size=6),
            code_postal=st.none() | st.text("0123456789", max_size=10),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_ce_qui_n_est_pas_refuse_est_valide(titulaires: list[dict[str, Any]]) -> None:
    voulu = lot(*(passage(rang, titulaire=qui) for rang, qui in enumerate(titulaires)))
    try:
        lu = lire_lot(voulu)
    except LotInvalide:
        return
    SCHEMA.assertValid(etree.fromstring(en_xml(lu)))
