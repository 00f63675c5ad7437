"""What whoever runs the house gives is understood, or refused by its name."""

from __future__ import annotations

import os
import sys
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from binome.reglages import declarations as donnes
from binome.reglages.annonce import valeur_dite
from binome.reglages.controle import fautes, inconnus, refuser_les_inconnus, verifier
from binome.reglages.donnees import donnees, donnees_d_avant, par_defaut
from binome.reglages.genres import reseaux
from binome.reglages.reglage import FamilleDeReglages, Reglage, ReglageRefuse
from binome.socle.horodatage import autorite_d_horodatage
from binome.socle.roles_de_base import prendre_le_role_du_proprietaire
from binome.socle.signalement import contact_de_securite
from tests.cli.terminal import lancer

RESEAUX = reseaux("BINOME_ESSAI", FamilleDeReglages.ESSAIS, "Un essai.")


@pytest.mark.parametrize(
    ("reglage", "mot", "attendu"),
    [
        *((donnes.DERRIERE_UN_RELAIS, mot, True) for mot in ("oui", "1", "TRUE ", "yes")),
        *((donnes.DERRIERE_UN_RELAIS, mot, False) for mot in ("non", "0", "False", "no", "", " ")),
        (donnes.QUOTA_JOUR, "", 1000),
        (donnes.QUOTA_JOUR, " 12 ", 12),
        (donnes.API_PAR_MINUTE, "0", 0),
        (donnes.CLOISON_PLACES, "", None),
        (donnes.HOTES, "", ("127.0.0.1", "localhost", "[::1]")),
        (donnes.HOTES, "a.fr, b.fr,", ("a.fr", "b.fr")),
        (donnes.DELAIS, "courts", "courts"),
        (donnes.SECURITE_JUSQU_AU, "2027-06-30", date(2027, 6, 30)),
        (donnes.ANCRES, "/ailleurs", Path("/ailleurs")),
        (RESEAUX, "10.0.0.0/8, ::1", (ip_network("10.0.0.0/8"), ip_network("::1"))),
    ],
)
def test_ce_qui_est_compris(reglage: Reglage[Any], mot: str, attendu: object) -> None:
    assert reglage.lire({reglage.nom: mot}) == attendu


@pytest.mark.parametrize(
    ("reglage", "mot", "dit"),
    [
        *(
            (donnes.DERRIERE_UN_RELAIS, mot, "vaut « oui » ou « non », pas")
            for mot in ("ouii", "2", "on", "127.0.0.1")
        ),
        *(
            (donnes.QUOTA_JOUR, mot, "est un nombre de mégaoctets, entre 1 et 10000000, pas")
            for mot in ("5 Go", "-1", "0", "10000001", "9" * 5000, "²")
        ),
        (donnes.DELAIS, "brefs", "vaut « courts » ou « longs », pas « brefs »"),
        (donnes.JOURNAL, "warn", "« WARNING »"),
        (donnes.SECURITE_JUSQU_AU, "30/06/2027", "est un jour"),
        (RESEAUX, "10.0.0.0/8,relais", "réseaux"),
        (RESEAUX, "10.0.0.1/8", "réseaux"),
    ],
)
def test_ce_qui_ne_peut_pas_etre_est_refuse_par_son_nom(
    reglage: Reglage[Any], mot: str, dit: str
) -> None:
    with pytest.raises(ReglageRefuse, match=f"^{reglage.nom} .*{dit}"):
        reglage.lire({reglage.nom: mot})


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("BINOME_HOTE", "BINOME_HOTE n’existe pas : vouliez-vous dire BINOME_HOTES ?"),
        (
            "BINOME_SECRET_FIL",
            "BINOME_SECRET_FIL n’existe pas : vouliez-vous dire BINOME_SECRET_FILE ?",
        ),
        ("BINOME_ZZZZ", "BINOME_ZZZZ n’existe pas. Les réglages sont dans docs/exploitation.md"),
        ("BINOME_HOTES_FILE", "BINOME_HOTES_FILE n’existe pas : vouliez-vous dire BINOME_HOTES ?"),
        *(
            (faux, f"{faux} n’existe pas : vouliez-vous dire {vrai} ?")
            for faux, vrai in (
                ("DATABASE_URL_FIL", "DATABASE_URL_FILE"),
                ("DATABASE_URL_FILE_", "DATABASE_URL_FILE"),
                ("DATABSE_URL", "DATABASE_URL"),
                ("DATABASE_RUL", "DATABASE_URL"),
                ("DATABASE_URI", "DATABASE_URL"),
                ("DATABASEURL", "DATABASE_URL"),
                ("Database_Url", "DATABASE_URL"),
                ("BINOM_SECRET_FILE", "BINOME_SECRET_FILE"),
                ("BINMOE_HOTE", "BINOME_HOTES"),
                ("binome_hotes", "BINOME_HOTES"),
                ("binom_hotes", "BINOME_HOTES"),
            )
        ),
    ],
)
def test_un_nom_qui_n_existe_pas_est_refuse(nom: str, dit: str) -> None:
    (phrase,) = inconnus({nom: "x"})
    assert phrase.startswith(dit)


def test_ce_qu_un_orchestrateur_ecrit_n_est_pas_une_faute() -> None:
    ecrits = (
        "BINOME_SERVICE_HOST", "BINOME_PORT", "BINOME_PORT_8000_TCP_ADDR", "AUTRE_BINOME",
        "BINOME_SITE_SERVICE_PORT_HTTP", "DATABASE_URL_SERVICE_HOST", "DATABASE_URL_PORT_5432_TCP",
        "DATABASE_HOST", "DATABASE_PORT", "DATABASE_USER", "DATABASE_NAME", "DATABASE_SSL", "DATABASE",
        "TEST_DATABASE_URL", "POSTGRES_PASSWORD_FILE", "REDIS_URL", "BASE_URL", "BIOME_BINARY", "PATH",
        "HOME", "HOSTNAME", "CI", "GITHUB_ENV", "KUBERNETES_SERVICE_HOST", "VIRTUAL_ENV", "PGHOST",
    )  # fmt: skip
    assert inconnus(dict.fromkeys(ecrits, "x")) == []


def test_toutes_les_fautes_sont_dites_a_la_fois() -> None:
    donne = {"BINOME_HOTE": "a.fr", "BINOME_QUOTA_JOUR": "x", "BINOME_DEMONSTRATION": "peut-être"}
    assert len(fautes(donne)) == 3
    for refuser in (verifier, refuser_les_inconnus):
        with pytest.raises(ReglageRefuse, match="(?s)HOTES.*QUOTA_JOUR.*DEMONSTRATION"):
            refuser(donne)
    del donne["BINOME_HOTE"]
    refuser_les_inconnus(donne)  # a command that reads no value is not kept from answering


def test_un_secret_se_lit_aussi_dans_un_fichier(tmp_path: Path) -> None:
    fichier = tmp_path / "secret"
    fichier.write_text("postgresql://a:b@c/d\n", encoding="utf-8")
    assert donnes.DATABASE_URL.lire({"DATABASE_URL_FILE": str(fichier)}) == "postgresql://a:b@c/d"
    with pytest.raises(ReglageRefuse, match="tous les deux"):
        donnes.DATABASE_URL.lire({"DATABASE_URL_FILE": str(fichier), "DATABASE_URL": "x"})
    fichier.write_bytes(b"\xff")
    os.mkfifo(tube := tmp_path / "tube")
    for chemin, raison in (
        (fichier, "pas du texte"),
        (tmp_path / "absent", "n’existe pas"),
        (tmp_path, "un dossier"),
        (tube, "un tube"),
    ):
        with pytest.raises(ReglageRefuse, match=f"DATABASE_URL_FILE nomme .*{raison}"):
            donnes.DATABASE_URL.lire({"DATABASE_URL_FILE": str(chemin)})


def test_les_deux_roles_se_donnent_aussi_par_fichiers(tmp_path: Path) -> None:
    environnement = {}
    for nom, role in (("DATABASE_URL", "site"), ("BINOME_BASE_PROPRIETAIRE", "lui")):
        (tmp_path / role).write_text(f"postgresql://{role}@/base\n", encoding="utf-8")
        environnement[f"{nom}_FILE"] = str(tmp_path / role)
    assert prendre_le_role_du_proprietaire(environnement) == "site"
    assert environnement == {"DATABASE_URL": "postgresql://lui@/base"}


def test_un_secret_n_est_jamais_montre(tmp_path: Path) -> None:
    fichier = tmp_path / "secret"
    fichier.write_text("chut", encoding="utf-8")
    for donne in ({"BINOME_SECRET": "chut"}, {"BINOME_SECRET_FILE": str(fichier)}):
        assert valeur_dite(donnes.SECRET, donne) == "(donné, et tu)"
    assert valeur_dite(donnes.SECRET, {}) == "par défaut : le site ne démarre pas"
    assert valeur_dite(donnes.JOURNAL, {"BINOME_JOURNAL": "INFO"}) == "INFO"
    assert valeur_dite(donnes.JOURNAL, {"BINOME_JOURNAL": "x"}).startswith("REFUSÉ : ")


def test_les_donnees_ne_sont_jamais_dans_l_environnement(tmp_path: Path) -> None:
    assert sys.prefix != sys.base_prefix, "les essais tournent dans un environnement"
    lien = tmp_path / "lien"
    lien.symlink_to(sys.prefix)
    for lieu in (Path(sys.prefix) / "donnees", lien / "donnees", Path(donnes.__file__).parent):
        for nom in ("BINOME_DONNEES", "BINOME_CLES"):
            (dit,) = fautes({nom: str(lieu)})
            assert f"{nom} est dans l’environnement du programme" in dit
    assert donnees({"BINOME_DONNEES": str(tmp_path)}) == tmp_path


def test_sans_reglage_les_donnees_sont_chez_l_utilisateur(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert par_defaut({}) == tmp_path / ".local" / "share" / "binome"
    assert par_defaut({"XDG_DATA_HOME": "relatif"}) == tmp_path / ".local" / "share" / "binome"
    assert par_defaut({"XDG_DATA_HOME": "/d"}) == Path("/d/binome")


def test_les_donnees_d_une_version_d_avant_servent_encore(tmp_path: Path) -> None:
    lieu = tmp_path / ".binome" / "donnees"
    assert donnees_d_avant(tmp_path) is None
    lieu.mkdir(parents=True)
    assert donnees_d_avant(tmp_path) is None
    (lieu / "binome.sqlite3").touch()
    assert donnees_d_avant(tmp_path) == lieu


def test_le_terminal_refuse_un_reglage_par_son_nom(tmp_path: Path) -> None:
    faute = lancer("ecarts", BINOME_HOTE="a.fr")
    assert (faute.code, faute.fautes) == (
        3,
        ["BINOME_HOTE n’existe pas : vouliez-vous dire BINOME_HOTES ?"],
    )
    base = lancer("base", "migrer", BINOME_DONNEES=str(tmp_path), BINOME_QUOTA_JOUR="beaucoup")
    assert base.code == 3
    assert base.erreur.startswith("BINOME_QUOTA_JOUR est un nombre de mégaoctets")
    assert list(tmp_path.iterdir()) == []


def test_le_terminal_montre_les_reglages(tmp_path: Path) -> None:
    donne = {"BINOME_DONNEES": str(tmp_path), "BINOME_SECRET": "chut" * 13}
    bon = lancer("reglages", **donne)
    assert bon.code == 0
    assert "chut" not in bon.sortie
    assert f"Les données sont dans {tmp_path}." in bon.sortie
    refus = lancer("reglages", BINOME_JOURNAL="bavard")
    assert (refus.code, len(refus.fautes)) == (1, 1)
    assert "REFUSÉ : BINOME_JOURNAL vaut" in refus.sortie


@pytest.mark.parametrize(
    ("adresse", "racine", "attendu"),
    [
        ("", "", ("", "")),
        ("", "/r.pem", ("", "/r.pem")),
        ("https://h.exemple.fr/tsr", "/r.pem", ("https://h.exemple.fr/tsr", "/r.pem")),
        ("https://h.exemple.fr/tsr", "", "est donné : donnez aussi BINOME_HORODATAGE_RACINE"),
        ("file:///etc/passwd", "/r.pem", "http://"),
        ("https://[", "/r.pem", "http://"),
    ],
)
def test_l_autorite_d_horodatage_est_une_adresse_et_ses_certificats(
    adresse: str, racine: str, attendu: tuple[str, str] | str
) -> None:
    donne = {"BINOME_HORODATAGE": adresse, "BINOME_HORODATAGE_RACINE": racine}
    if isinstance(attendu, tuple):
        assert autorite_d_horodatage(donne) == attendu
    else:
        with pytest.raises(ReglageRefuse, match=attendu):
            verifier(donne)


def test_un_contact_de_securite_a_un_dernier_jour() -> None:
    contact = {"BINOME_SECURITE_CONTACT": "mailto:securite@exemple.fr"}
    with pytest.raises(ReglageRefuse, match="donnez aussi BINOME_SECURITE_JUSQU_AU"):
        verifier(contact)
    assert contact_de_securite({**contact, "BINOME_SECURITE_JUSQU_AU": "2027-06-30"}) == (
        "mailto:securite@exemple.fr",
        date(2027, 6, 30),
    )
