"""The organisations and zones as data: what is known, sourced; what is wrong, refused."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from binome.formations.lecture import (
    departements_mal_couverts,
    dispositif,
    lire_organismes,
    lire_zones,
    organismes,
    sources,
    zones_mal_couvertes,
)
from binome.formations.territoires import DONNEES, departements, regions
from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide, lire_yaml

if TYPE_CHECKING:
    from collections.abc import Callable


def brut() -> dict[str, Any]:
    contenu: dict[str, Any] = copy.deepcopy(lire_yaml(DONNEES / "organismes.yaml"))
    return contenu


def refus(change: Callable[[dict[str, Any]], object]) -> str:
    """The message that meets the data of CHEM (one site, Brest) once changed."""
    contenu = brut()
    change(next(o for o in contenu["organismes"] if o["slug"] == "chem"))
    with pytest.raises(BaseInvalide) as erreur:
        lire_organismes(contenu)
    return str(erreur.value)


def test_les_quinze_organismes_nommes_par_nos_sources() -> None:
    noms = {organisme.nom for organisme in organismes()}
    assert len(noms) == len(organismes()) == 15
    assert {"AFBB", "CHEM", "L’Asfo", "IFSEC OI", "Tech Academy"} <= noms
    douze = [o for o in organismes() if o.habilitation.statut == "liste-2020"]
    assert len(douze) == 12
    assert all(o.habilitation.referentiels == ("rncp36358-384",) for o in douze)


def test_le_dispositif_en_a_davantage_que_notre_liste() -> None:
    assert dispositif().nombre == 31 > len(organismes())
    assert "31 organismes" in dispositif().sources[0].resume


def test_les_sites_connus_sont_dix_et_un_onzieme_n_a_que_sa_region() -> None:
    sites = [site for organisme in organismes() for site in organisme.sites]
    assert sorted(site.departement.code for site in sites if site.departement) == [
        "11", "12", "29", "31", "31", "34", "40", "40", "72", "974",
    ]  # fmt: skip
    assert [site.region.nom for site in sites if site.departement is None] == ["Pays de la Loire"]


def test_un_site_deduit_porte_sa_reserve() -> None:
    par_slug = {organisme.slug: organisme for organisme in organismes()}
    assert "à confirmer" in par_slug["ifsec-oi"].sites[0].reserve
    assert "déduite" in par_slug["cfa-cci-le-mans"].sites[0].reserve
    assert par_slug["ifsec-oi"].sites[0].lieu == "La Réunion (ville : nous ne savons pas)"
    assert par_slug["chem"].sites[0].lieu == "Brest, Finistère"


def test_chaque_enonce_a_sa_source() -> None:
    for organisme in organismes():
        assert organisme.habilitation.sources, organisme.nom
        assert (organisme.modalite == "inconnue") == (not organisme.sources_modalite)
        dites = [site.sources for site in organisme.sites]
        dites += [remarque.sources for remarque in organisme.remarques]
        for citations in dites:
            assert citations, organisme.nom
            assert all(citation.resume for citation in citations)
        assert len(set(map(str, organisme.sources))) == len(organisme.sources)


def test_seule_l_asfo_a_une_modalite_connue() -> None:
    assert {o.slug: o.modalite for o in organismes() if o.modalite != "inconnue"} == {
        "asfo": "presentiel"
    }


def test_les_sources_completent_celles_de_la_base_sans_les_changer() -> None:
    for identifiant, source in base_courante().sources.items():
        assert source.passages.items() <= sources()[identifiant].passages.items()
    utilisees = {c.source.id for organisme in organismes() for c in organisme.sources}
    assert set(lire_yaml(DONNEES / "sources.yaml")) <= utilisees | {"igas-2023"}


def test_une_cle_inconnue_est_refusee() -> None:
    assert "clé inconnue : telephone" in refus(lambda o: o.update(telephone="02 98"))
    assert "organisme chem" in refus(lambda o: o.update(telephone="02 98"))
    assert "clé inconnue : code_postal" in refus(
        lambda o: o["sites"][0].update(code_postal="29200")
    )


def test_une_cle_manquante_est_refusee() -> None:
    assert "clé manquante : habilitation" in refus(lambda o: o.pop("habilitation"))


def test_un_nom_ou_une_adresse_en_double_est_refuse() -> None:
    assert "« cqfd »" in refus(lambda o: o.update(nom="C.Q.F.D.".replace(".", "")))
    assert "« cqfd »" in refus(lambda o: o.update(slug="cqfd"))


def test_un_departement_qui_n_existe_pas_est_refuse() -> None:
    assert "département « 20 » : code inconnu" in refus(
        lambda o: o["sites"][0].update(departement="20")
    )


def test_un_site_sans_lieu_ou_sans_source_est_refuse() -> None:
    assert "son département ou" in refus(lambda o: o["sites"][0].pop("departement"))
    assert "sans source" in refus(lambda o: o["sites"][0].update(sources=[]))
    assert "n’est pas dans sources.yaml" in refus(
        lambda o: o["sites"][0].update(sources=["ouï-dire, hier"])
    )


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "Le CHEM"},
        {"modalite": {"valeur": "hybride", "sources": ["igas-2023, ¶172"]}},
        {"habilitation": {"statut": "promis", "referentiels": [], "sources": ["igas-2023, ¶172"]}},
        {"habilitation": {"statut": "liste-2020", "referentiels": ["rncp1"], "sources": ["igas-2023, ¶172"]}},
    ],
    ids=["slug", "modalite", "statut", "referentiel"],
)  # fmt: skip
def test_une_valeur_hors_de_sa_liste_est_refusee(change: dict[str, Any]) -> None:
    assert refus(lambda o: o.update(change)).startswith("organisme ")


# The zones


def test_seules_les_zones_a_limite_administrative_ont_des_departements() -> None:
    zones = {zone.nom: zone for zone in zones_mal_couvertes()}
    assert len(zones) == 8
    for nom in ("Bourgogne-Franche-Comté", "Centre-Val de Loire", "Corse"):
        (region,) = zones[nom].regions
        assert {d.code for d in zones[nom].departements} == {
            d.code for d in departements().values() if d.region == region
        }
    assert [d.nom for d in zones["Auvergne"].departements] == [
        "Allier", "Cantal", "Haute-Loire", "Puy-de-Dôme",
    ]  # fmt: skip
    assert {d.code for d in zones["Outre-mer"].departements} == {
        code for code in departements() if code.startswith("97")
    }
    nord = [zone for nom, zone in zones.items() if nom.startswith("Nord de")]
    assert len(nord) == 3
    assert all(not zone.departements and zone.note for zone in nord)


def test_poitou_charentes_n_est_jamais_choisi_a_la_place_du_rapport() -> None:
    assert not departements_mal_couverts() & {"16", "17", "79", "86"}
    assert len(departements_mal_couverts()) == 8 + 6 + 4 + 2 + 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"departements": ["21"]}, "hors des régions"),
        ({"departements": ["2C"]}, "département « 2C »"),
        ({"regions": ["99"]}, "région « 99 »"),
        ({"departements": []}, "dit pourquoi"),
        ({"sources": []}, "sans source"),
        ({"couleur": "rouge"}, "clé inconnue"),
    ],
)
def test_une_zone_mal_formee_est_refusee(change: dict[str, Any], message: str) -> None:
    zone = {
        "nom": "Corse",
        "regions": ["94"],
        "departements": ["2A"],
        "sources": ["igas-2023, ¶177"],
    }
    assert lire_zones([zone])[0].nom == "Corse"
    with pytest.raises(BaseInvalide, match=message):
        lire_zones([zone | change])
    with pytest.raises(BaseInvalide, match="deux fois"):
        lire_zones([zone, zone])


# The territories


def test_la_france_a_101_departements_et_18_regions() -> None:
    assert len(departements()) == 101
    assert len(regions()) == 18
    assert departements()["2A"].region.nom == "Corse"
    assert departements()["976"].nom == "Mayotte"
    assert departements()["21"].nom == "Côte-d’Or"
    assert {d.region.code for d in departements().values()} == set(regions())
