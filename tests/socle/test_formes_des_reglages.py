"""A value that could not serve is refused when it is given, with what to write instead."""

from __future__ import annotations

from typing import Final

import pytest

from binome.reglages import declarations as donnes
from binome.reglages.controle import fautes
from tests.cli.terminal import lancer

CLE: Final = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
"""The public key of age's own documentation."""


@pytest.mark.parametrize(
    ("nom", "valeur"),
    [
        *(
            ("BINOME_HOTES", hotes)
            for hotes in (
                "a.fr",
                "Binome.a.fr,b-c.fr",
                "127.0.0.1",
                "[::1]",
                "localhost",
                "mon_site",
            )
        ),
        ("BINOME_ORIGINES", "https://a.fr,http://b.fr:8080,https://*.c.fr,https://[::1]:8"),
        *(("BINOME_ADRESSE", une) for une in ("https://A.fr/", "http://127.0.0.1:8000")),
        *(
            ("DATABASE_URL", une)
            for une in (
                "postgres://a.b/c",
                "postgresql:///c",
                "postgresql://a@/c?host=/run/postgresql",
                "postgresql://a:p%40ss@[::1]:5432/c",
            )
        ),
        *(("BINOME_COURRIER", un) for un in ("smtp://localhost", "smtps://a:b@c.fr:465/")),
        *(
            (nom, une)
            for nom in ("BINOME_EXPEDITEUR", "BINOME_ANCRE_COURRIEL")
            for une in ("a@b.fr", "Binôme <binome@localhost>", '"Durand, Anne" <a@b.fr>')
        ),
        *(("BINOME_CLAMAV", une) for une in ("/run/clamd.ctl", "clamav:3310", "[::1]:3310")),
        ("BINOME_SAUVEGARDE_DESTINATAIRE", f"{CLE}, {CLE}"),
    ],
)
def test_ce_qui_peut_servir_est_accepte(nom: str, valeur: str) -> None:
    assert fautes({nom: valeur}) == []


SEULS: Final = (
    "BINOME_HOTES est fait de noms seuls, séparés par des virgules, sans https:// ni port"
)
ORIGINES: Final = "BINOME_ORIGINES est fait d’origines séparées par des virgules, avec leur https:// et sans chemin"
ADRESSE: Final = "BINOME_ADRESSE est l’adresse du site, avec son https:// et sans chemin"


@pytest.mark.parametrize(
    ("nom", "valeur", "dit"),
    [
        ("BINOME_HOTES", "https://x.fr", f"{SEULS} : écrivez x.fr, pas « https://x.fr »."),
        ("BINOME_HOTES", "a.fr,x.fr:8000/", f"{SEULS} : écrivez a.fr,x.fr, pas « a.fr,x.fr:8000/ »."),
        ("BINOME_HOTES", "x.fr.", f"{SEULS} : écrivez x.fr, "),
        ("BINOME_HOTES", "::1", f"{SEULS} : écrivez [::1], "),
        ("BINOME_HOTES", "santé.fr", f"{SEULS} : écrivez xn--sant-epa.fr, "),
        *(("BINOME_HOTES", faux, f"{SEULS}, comme ") for faux in (",", "a.fr b.fr", "*.a.fr", "http://[")),
        ("BINOME_HOTES", ".a.fr", "BINOME_HOTES commence par « .a.fr », qui n’est pas un nom entier"),
        ("BINOME_HOTES", "*", "donnez aussi BINOME_ADRESSE"),
        ("BINOME_ORIGINES", "x.fr", f"{ORIGINES} : écrivez https://x.fr, pas « x.fr »."),
        ("BINOME_ORIGINES", "https://x.fr/", f"{ORIGINES} : écrivez https://x.fr, "),
        ("BINOME_ORIGINES", "ftp://x.fr", f"{ORIGINES}, comme "),
        ("BINOME_ADRESSE", "x.fr", f"{ADRESSE} : écrivez https://x.fr, pas « x.fr »."),
        ("BINOME_ADRESSE", "https://x.fr/binome?a", f"{ADRESSE} : écrivez https://x.fr, "),
        ("BINOME_ADRESSE", "https://*.x.fr", f"{ADRESSE}, comme "),
        *(
            ("DATABASE_URL", une, "DATABASE_URL est de la forme postgresql://compte:secret@serveur/base")
            for une in ("mysql://a/b", "x", "postgresql://a", "postgresql://a:p#w@h/b", "postgresql://h:x/b")
        ),
        *(
            ("BINOME_COURRIER", un, "BINOME_COURRIER est de la forme smtp://compte:secret@serveur:587")
            for un in (
                "stmp://h", "smtp://x:y@h:abc", "smtp://h:70000", "smtp://", "h:587", "smtp://u:12#w@h",
                "smtp://u:12?w@h", "smtp://[",
            )
        ),
        *(
            (nom, une, f"{nom} est une seule adresse de courriel")
            for nom in ("BINOME_EXPEDITEUR", "BINOME_ANCRE_COURRIEL")
            for une in ("pasuneadresse", "a@b.fr, c@d.fr", "Durand, Anne <a@b.fr>", "a b@c.fr", "a@b\nc@d")
        ),
        *(
            ("BINOME_SAUVEGARDE_DESTINATAIRE", une, "; la n° 2 n’en est pas une.")
            for une in (
                f"{CLE},age1faux", f"{CLE},{CLE[:-1]}", f"{CLE},{CLE[:-1]}q", f"{CLE},{CLE[:20]}é{CLE[21:]}",
            )
        ),
        *(("BINOME_CLAMAV", une, "serveur:port") for une in ("clamav", ":3310", "clamav:x", "h:65536")),
        *(
            ("BINOME_PROCONNECT_EMETTEUR", une, "commence par https://")
            for une in ("http://a.fr", "a.fr", "https://")
        ),
        ("BINOME_SECURITE_CONTACT", "a@b.fr", "commence par mailto:"),
        ("BINOME_SECRET", "court", "BINOME_SECRET est trop court : donnez au moins 50 caractères"),
    ],
)  # fmt: skip
def test_ce_qui_ne_servirait_pas_est_refuse(nom: str, valeur: str, dit: str) -> None:
    phrase, *_ = fautes({nom: valeur})
    assert dit in phrase
    assert phrase.endswith(".")


def test_une_cle_privee_est_refusee_sans_etre_redite() -> None:
    (phrase,) = fautes({"BINOME_SAUVEGARDE_DESTINATAIRE": f"{CLE},AGE-SECRET-KEY-1QQQ"})
    assert "clé de lecture privée" in phrase
    assert "1QQQ" not in phrase


def test_un_secret_refuse_n_est_pas_redit() -> None:
    for nom in ("DATABASE_URL", "BINOME_COURRIER", "BINOME_SECRET"):
        (phrase,) = fautes({nom: "stmp://x:chut@h"})
        assert "chut" not in phrase


def test_une_demonstration_prend_une_cle_courte_et_tous_les_noms() -> None:
    donne = {"BINOME_SECRET": "court", "BINOME_HOTES": "*"}
    assert len(fautes(donne)) == 2
    assert fautes({**donne, "BINOME_DEMONSTRATION": "oui"}) == []


def test_une_faute_n_en_cache_pas_une_autre() -> None:
    """What goes together is looked at even where another value cannot be."""
    dites = fautes(
        {
            "BINOME_HOTES": "https://x.fr",
            "BINOME_PROCONNECT_EMETTEUR": "https://a.fr",
            "BINOME_BASE_PROPRIETAIRE": "postgresql://a@/b",
        }
    )
    assert [phrase.split()[0] for phrase in dites] == [
        "BINOME_HOTES", "BINOME_PROCONNECT_EMETTEUR", "BINOME_BASE_PROPRIETAIRE",
    ]  # fmt: skip


@pytest.mark.parametrize("commande", [("reglages",), ("base", "migrer"), ("serve", "--port", "1")])
def test_chaque_commande_dit_toutes_les_fautes(commande: tuple[str, ...]) -> None:
    refus = lancer(
        *commande,
        BINOME_COURRIER="stmp://h",
        DATABASE_URL="mysql://h/b",
        BINOME_SECRET="court",  # noqa: S106 - refused as too short
        DATABSE_URL="x",
    )
    assert refus.code == (1 if commande == ("reglages",) else 3)
    assert [phrase.split()[0] for phrase in refus.fautes] == [
        "DATABSE_URL", "DATABASE_URL", "BINOME_COURRIER", "BINOME_SECRET",
    ]  # fmt: skip


@pytest.mark.parametrize("commande", [("reglages",), ("base", "migrer")])
def test_les_reglages_refusent_ce_que_la_base_refuserait(commande: tuple[str, ...]) -> None:
    refus = lancer(*commande, BINOME_COURRIER="smtp://x:y@h:abc", BINOME_HOTES="https://x.fr")
    assert refus.code == (1 if commande == ("reglages",) else 3)
    assert [phrase.split()[0] for phrase in refus.fautes] == ["BINOME_HOTES", "BINOME_COURRIER"]


def test_un_fichier_absent_n_empeche_pas_de_servir() -> None:
    """Decisions wait for their seal, and nothing is lost: `binome diagnostiquer` says it."""
    assert fautes({donnes.SCEAU_CLE.nom: "/nexiste"}) == []
