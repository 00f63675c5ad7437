"""The map: well formed, light, readable without colours and without eyes."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.formations.carte import ATTRIBUTION, carte_svg, lignes_de_carte
from binome.formations.lecture import departements_mal_couverts, organismes
from binome.formations.recherche import sites_par_departement
from binome.formations.territoires import departements

POINTS = sites_par_departement(organismes())
MAL = departements_mal_couverts()
CODES = st.sampled_from(sorted(departements()))


def lien(code: str) -> str:
    return f"/organismes/?departement={code}&modalite="


def lire(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output, not a stranger's


def image() -> ET.Element:
    return lire(carte_svg(POINTS, MAL))


def liee(choisi: str | None = None) -> ET.Element:
    return lire(carte_svg(POINTS, MAL, lien, choisi))


def trace(forme: ET.Element) -> ET.Element:
    """The outline of a shape of the map."""
    chemin = forme.find("path")
    assert chemin is not None
    return chemin


def test_chaque_departement_est_dessine_une_fois() -> None:
    formes = [g for g in image().iter("g") if "carte-d" in g.get("class", "").split()]
    noms = [(forme.findtext("title") or "").split(" : ")[0] for forme in formes]
    assert sorted(noms) == sorted(d.nom for d in departements().values())
    assert all(trace(forme).get("d") for forme in formes)


def test_sans_liens_la_carte_est_une_image_avec_titre_et_description() -> None:
    svg = image()
    assert svg.get("role") == "img"
    assert svg.find("title") is not None
    description = svg.findtext("desc") or ""
    assert "10 sites connus" in description
    assert "Haute-Garonne 2" in description
    assert "25 départements hachurés" in description
    assert not list(svg.iter("a"))


def test_avec_liens_chaque_departement_a_son_adresse_et_son_nom() -> None:
    svg = liee()
    assert svg.get("role") == "group"
    liens = {a.get("href"): a.findtext("title") for a in svg.iter("a")}
    assert set(liens) == {lien(code) for code in departements()}
    assert liens[lien("40")] == "Landes : 2 sites connus"
    assert liens[lien("29")] == "Finistère : 1 site connu"
    assert liens[lien("75")] == "Paris : aucun site connu de nous"
    assert liens[lien("2A")] == "Corse-du-Sud : aucun site connu de nous, zone mal couverte en 2023"
    assert liens[lien("974")] == "La Réunion : 1 site connu, zone mal couverte en 2023"


def test_rien_que_la_csp_interdise() -> None:
    for svg in (carte_svg(POINTS, MAL), carte_svg(POINTS, MAL, lien, "40")):
        assert "style" not in svg
        assert "<script" not in svg
        assert not re.search(r"\son\w+=", svg)


def test_le_poids() -> None:
    svg = carte_svg(POINTS, MAL, lien, "40").encode()
    assert len(svg) < 45_000
    assert len(gzip.compress(svg)) < 16_000


def test_les_outre_mer_ont_chacun_un_cadre_et_leur_nom() -> None:
    textes = [texte.text for texte in image().iter("text")]
    for nom in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"):
        assert textes.count(nom) == 1
    cadres = [
        r for g in image().iter("g") if g.get("class") == "carte-cadres" for r in g.iter("rect")
    ]
    assert len(cadres) == 6
    assert len({(c.get("width"), c.get("height")) for c in cadres[1:]}) == 1


def test_tout_tient_dans_le_cadre() -> None:
    largeur, hauteur = map(int, (image().get("viewBox") or "").split()[2:])
    for forme in image().iter("path"):
        x = y = 0
        for lettre, dx, dy in re.findall(r"([Ml]?) ?(-?\d+) ?(-?\d+)", forme.get("d") or ""):
            x, y = (int(dx), int(dy)) if lettre == "M" else (x + int(dx), y + int(dy))
            assert 0 <= x <= largeur
            assert 0 <= y <= hauteur


def test_le_sens_ne_tient_pas_a_la_couleur() -> None:
    svg = image()
    (motif,) = svg.iter("pattern")
    hachures = f"url(#{motif.get('id')})"
    formes = [g for g in svg.iter("g") if "carte-d" in g.get("class", "").split()]
    assert sum(trace(g).get("fill") == hachures for g in formes) == len(MAL)
    nombres = [g.findtext("text") for g in formes if g.find("circle") is not None]
    assert sorted(nombres, key=str) == ["1"] * 6 + ["2"] * 2


def test_le_departement_choisi_est_trace_plus_fort_et_par_dessus() -> None:
    dernier = list(liee("75").iter("a"))[-1]
    assert dernier.get("href") == lien("75")
    assert "carte-choisi" in (dernier.get("class") or "")
    assert trace(dernier).get("stroke-width") == "6"


def test_les_lignes_disent_ce_que_la_carte_montre() -> None:
    lignes = {ligne.departement.code: ligne for ligne in lignes_de_carte(POINTS, MAL)}
    assert list(lignes) == list(departements())
    assert sum(ligne.nombre for ligne in lignes.values()) == 10
    assert (lignes["974"].nombre, lignes["974"].mal_couvert) == (1, True)
    assert (lignes["75"].nombre, lignes["75"].mal_couvert) == (0, False)


@pytest.mark.parametrize(
    ("points", "mal", "choisi"),
    [({"20": 1}, (), None), ({}, ("99",), None), ({}, (), "1")],
)
def test_un_code_qui_n_existe_pas_est_refuse(
    points: dict[str, int], mal: tuple[str, ...], choisi: str | None
) -> None:
    with pytest.raises(ValueError, match="inconnu"):
        carte_svg(points, mal, None, choisi)


@given(st.dictionaries(CODES, st.integers(1, 99)), st.sets(CODES), st.none() | CODES)
def test_toute_carte_est_bien_formee_et_complete(
    points: dict[str, int], mal: set[str], choisi: str | None
) -> None:
    svg = lire(carte_svg(points, mal, lien, choisi))
    assert len({a.get("href") for a in svg.iter("a")}) == 101
    assert len(list(svg.iter("circle"))) == len(points) + 1


def test_l_attribution_nomme_les_auteurs_et_leurs_licences() -> None:
    for mot in ("Victor Cazanave", "CC BY 4.0", "Natural Earth", "Etalab", "MIT"):
        assert mot in ATTRIBUTION
