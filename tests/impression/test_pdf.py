"""The file itself: valid by what Typst checks, the same each time, and deaf to hostile data."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import typst

from binome.impression import pdf
from binome.impression.contenu import contenu
from binome.impression.dessin import POLICES, SANS_FORME, couvertures, dessinable, sans_dessin
from binome.impression.pdf import pdf_du_positionnement
from binome.regles.base import PieceAFournir
from binome.regles.courante import base_courante
from tests.impression.dossiers import DOSSIERS, SECRETAIRE, calendrier, repondre

ADRESSE = "https://exemple.fr/reponse?date_entree=2026-01-15&diplomes=secretaire_medical"
HOSTILE = '#panic("x") $a$ \\ " \' ] } { [ // /* `raw` *gras* _i_ @ref <etiquette> = titre \u2028 \x00 漢 🙂'


def imprimer(reponse: Any, **autres: Any) -> bytes:
    options: dict[str, Any] = {
        "edite_le": date(2026, 11, 22),
        "adresse": ADRESSE,
        "plan": calendrier(reponse),
    }
    return pdf_du_positionnement(reponse, **(options | autres))


def dessiner(contenu: bytes) -> bytes:
    """The streams of a PDF, inflated."""
    flux = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", contenu, re.DOTALL)
    return b"\n".join(zlib.decompress(un) if un[:1] == b"x" else un for un in flux)


@pytest.mark.parametrize("objet", DOSSIERS.values(), ids=DOSSIERS)
def test_chaque_voie_s_imprime_et_reste_legere(objet: Any) -> None:
    contenu = imprimer(repondre(objet))
    assert contenu.startswith(b"%PDF-1.7")
    assert len(contenu) < 200_000


def test_toutes_les_voies_sont_essayees() -> None:
    voies = {repondre(objet).voie for objet in DOSSIERS.values()}
    assert voies == {"cqp", "fae", "refus", "indetermine", "deja_certifie"}


def test_le_fichier_se_dit_archivable_accessible_et_francais() -> None:
    contenu = imprimer(repondre(SECRETAIRE))
    assert b"/MarkInfo" in contenu
    assert b"/Lang(fr-FR)" in contenu
    assert b"/StructTreeRoot" in contenu
    metadonnees = dessiner(contenu)
    assert b"<pdfaid:part>3</pdfaid:part>" in metadonnees
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadonnees
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadonnees


def test_seules_nos_polices_sont_dans_le_fichier() -> None:
    contenu = imprimer(repondre(SECRETAIRE))
    noms = {nom.split(b"+")[-1] for nom in re.findall(rb"/FontName ?/([\w+-]+)", contenu)}
    assert noms
    assert all(nom.startswith((b"SourceSans3", b"SourceSerif4", b"DejaVuSans")) for nom in noms)


def test_memes_donnees_memes_octets() -> None:
    reponse = repondre(SECRETAIRE)
    assert imprimer(reponse) == imprimer(repondre(dict(SECRETAIRE)))
    assert imprimer(reponse) != imprimer(reponse, edite_le=date(2026, 11, 23))
    assert imprimer(reponse) != imprimer(reponse, plan=None)
    assert imprimer(reponse) != imprimer(reponse, tiers=True)


def test_une_donnee_hostile_reste_du_texte() -> None:
    reponse = replace(
        repondre(SECRETAIRE),
        pieces=(PieceAFournir("hostile", HOSTILE, HOSTILE),),
    )
    contenu = imprimer(reponse, adresse='https://exemple.fr/?q="#panic()\\"')
    assert contenu.startswith(b"%PDF")


def test_aucun_caractere_de_la_base_n_est_perdu() -> None:
    assert sans_dessin(base_courante().exporter()) == []


def test_les_polices_dessinent_tout_ce_que_nous_laissons_passer() -> None:
    caracteres = "".join(sorted(frozenset[str]().union(*couvertures(), SANS_FORME)))
    caracteres = "".join(un for un in caracteres if not sans_dessin(un))
    assert set("éœ€’−əŊƉΑКȘŁặ☐≥\u202f") <= set(caracteres)
    reponse = repondre(SECRETAIRE)
    pieces = (PieceAFournir("tout", caracteres, caracteres),)
    assert imprimer(replace(reponse, pieces=pieces)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("tape", "imprime"),
    [
        ("e\u0301le\u0300ve", "élève"),  # an accent typed apart
        ("M\u0308", "M\u0308"),  # and one that no single letter has
        ("\tTabulation", " Tabulation"),
        ("fait ✅", "fait [U+2705]"),
        ("李 明", "[U+674E] [U+660E]"),
        ("\ue000", "[U+E000]"),  # each font has its own there
        ("李\u0301", "[U+674E][U+0301]"),
    ],
)
def test_un_texte_s_imprime_comme_il_est_tape_ou_se_nomme(tape: str, imprime: str) -> None:
    assert dessinable(tape) == imprime
    assert bool(sans_dessin(tape)) == ("[U+" in imprime)


def test_le_gabarit_ne_donne_aucun_avertissement() -> None:
    donnees = contenu(
        repondre(SECRETAIRE), edite_le=date(2026, 11, 22), adresse=ADRESSE, plan=None, tiers=False
    )
    _, avertissements = typst.compile_with_warnings(
        pdf.GABARITS / "positionnement.typ",
        root=pdf.GABARITS,
        font_paths=pdf.polices(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"page": json.dumps(pdf.imprimable(donnees))},
        pdf_standards=["a-3a", "ua-1"],
    )
    assert avertissements == []


def test_les_polices_sont_legeres_et_leur_licence_est_a_cote() -> None:
    fichiers = list(POLICES.iterdir())
    assert sum(fichier.stat().st_size for fichier in fichiers) < 2_600_000
    assert "Bitstream Vera" in (POLICES / "DejaVu.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (POLICES / "OFL.txt").read_text(encoding="utf-8")
    assert pdf.polices().families() == ["DejaVu Sans", "Source Sans 3", "Source Serif 4"]
