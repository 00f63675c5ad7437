"""Acknowledgements as they are shaped in use, and what is refused whole."""

from __future__ import annotations

import pytest

from binome.accrochage.accuse import AccuseInvalide, ErreurDeFichier, identifiants, lire_accuse
from binome.accrochage.ecrire import en_xml
from binome.accrochage.lot import lire_lot
from binome.accrochage.motifs import NON_REPERTORIE, conduite
from tests.accrochage.lots import NORMES, lot, passage

TRAITE = (NORMES / "accuse-traitement.xml").read_bytes()
REJETE = (NORMES / "accuse-rejet.xml").read_bytes()
ENTREE = b"Aucun titulaire ne correspond aux crit\xc3\xa8res obligatoires enrichis du jour et du mois de naissance"
LOT = lire_lot(lot(passage(1), passage(2), passage(3)))


def test_un_accuse_de_traitement() -> None:
    accuse = lire_accuse(TRAITE)
    assert accuse.fichier == "binome-essai-20261129-101500.xml"
    assert accuse.acceptes == ("essai-1", "essai-3")
    (refuse,) = accuse.refuses
    assert (refuse.id_technique, refuse.motif) == ("essai-2", ENTREE.decode())
    assert "le jour et le mois de naissance" in refuse.conduite
    assert accuse.rejet is None


def test_un_fichier_rejete() -> None:
    accuse = lire_accuse(REJETE)
    assert (accuse.acceptes, accuse.refuses) == ((), ())
    assert accuse.rejet == (
        ErreurDeFichier("XSD", "Made-up parser message about an empty element.", 12, 34),
    )


@pytest.mark.parametrize(
    ("phrase", "debut"),
    [
        ("Aucun titulaire ne correspond aux critères obligatoires", "Vérifiez le nom de naissance"),
        ("AUCUN TITULAIRE ne correspond aux criteres de réconciliation", "Vérifiez la commune"),
        ("Plusieurs titulaires ont été identifiés", "Ajoutez le deuxième prénom"),
        ("Autre chose", NON_REPERTORIE),
        ("", NON_REPERTORIE),
    ],
)
def test_chaque_phrase_connue_dit_que_faire(phrase: str, debut: str) -> None:
    assert conduite(phrase).startswith(debut)


@pytest.mark.parametrize(
    "phrase",
    [
        "Le passage certification avec le bcr émetteur 12ABC345 et l'id technique partenaire 7 existe déjà en base",
        "Le titulaire existe déjà en base",
    ],
)
def test_ce_qui_est_deja_declare_vaut_acceptation(phrase: str) -> None:
    accuse = lire_accuse(TRAITE.replace(ENTREE, phrase.encode()))
    assert accuse.acceptes == ("essai-1", "essai-3", "essai-2")
    assert accuse.refuses == ()


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        (b"PassagesOK", b"passagesOK"),
        (b"<rapport xmlns:ns2=", b"<rapport xmlns="),
        (b"<idTechnique>essai-3</idTechnique>\n    </PassagesOK>",
         b"<passage><idTechnique> essai-3 </idTechnique></passage></PassagesOK>"),
        (b"<messageErreur>", b"<codeErreur>E1</codeErreur><messageErreur>"),
    ],
)  # fmt: skip
def test_les_formes_vues_se_lisent_toutes(avant: bytes, apres: bytes) -> None:
    change = TRAITE.replace(avant, apres)
    assert change != TRAITE
    assert lire_accuse(change) == lire_accuse(TRAITE)


def test_un_identifiant_etranger_refuse_tout_l_accuse() -> None:
    attendus = identifiants(en_xml(LOT))
    assert attendus == {"essai-1", "essai-2", "essai-3"}
    assert lire_accuse(TRAITE, attendus).acceptes
    with pytest.raises(AccuseInvalide, match="« essai-3 » n’est pas de ce lot"):
        lire_accuse(TRAITE, attendus - {"essai-3"})


BOMBE = b"""<?xml version="1.0"?><!DOCTYPE rapport [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rapport><nomFichier>&b;</nomFichier></rapport>"""


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "XML lisible"),
        (b"<rapport>", "XML lisible, à la ligne 1"),
        (b"PK\x03\x04", "XML lisible"),
        (b"<flux/>", "il commence par « flux »"),
        (BOMBE, "DOCTYPE ou des entités"),
        (BOMBE.decode().encode("utf-16"), "DOCTYPE ou des entités"),
        (b'<!DOCTYPE rapport SYSTEM "file:///etc/passwd"><rapport/>', "DOCTYPE ou des entités"),
        (b"<rapport/>", "nomFichier manque"),
        (b"<rapport><nomFichier>a.xml</nomFichier></rapport>", "rien à lire"),
        (b"<rapport><nomFichier>a.xml</nomFichier><erreurs/></rapport>", "aucune erreur"),
        (TRAITE.replace(b"essai-3", b"essai-2"), "« essai-2 » y est deux fois"),
        (TRAITE.replace(b"essai-3", b" "), "un identifiant est vide, à la ligne 14"),
        (
            TRAITE.replace(b"essai-2", b""),
            "un passage refusé n’a pas son identifiant",
        ),
    ],
)
def test_ce_qui_n_est_pas_un_accuse_est_refuse(octets: bytes, phrase: str) -> None:
    with pytest.raises(AccuseInvalide, match=phrase):
        lire_accuse(octets)


def test_un_accuse_qui_se_contredit_est_refuse_en_entier() -> None:
    erreurs = REJETE[REJETE.index(b"<erreurs") : REJETE.index(b"</erreurs>") + len(b"</erreurs>")]
    with pytest.raises(AccuseInvalide, match="tout l’accusé est refusé"):
        lire_accuse(TRAITE.replace(b"</rapport>", erreurs + b"</rapport>"))
    with pytest.raises(AccuseInvalide, match="« essai-2 » y est deux fois"):
        lire_accuse(TRAITE.replace(b"essai-3", b"essai-2"))


def test_une_phrase_demesuree_ou_retournee_se_garde_lisible() -> None:
    (refuse,) = lire_accuse(
        TRAITE.replace(ENTREE, "\u202eIllisible ".encode() + b"a" * 500_000)
    ).refuses
    assert len(refuse.motif) == 500
    assert refuse.motif.startswith("Illisible aaa")
    assert refuse.motif.endswith("…")
