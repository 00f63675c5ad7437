"""What a form of civil status takes, the schema carries; what it refuses is said on its field."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from binome.accrochage.ecrire import en_xml
from binome.accrochage.lot import Certifie, Emetteur, LotAAccrocher, lire_titulaire
from binome.passeport.fiches import JSON, SANS_LIEU, lire_la_fiche
from binome.passeport.passages import DE_LA_FICHE
from tests.passeport.vie import FICHE, NORMES

SCHEMA = etree.XMLSchema(etree.parse(NORMES / "cpf-1.1.2.xsd"))


@pytest.mark.parametrize(
    ("tape", "fautes"),
    [
        ({}, set()),
        ({"naissance": "1984"}, set()),
        ({"naissance": "00/00/1984"}, set()),
        ({"naissance": "31/02/1984"}, {"naissance"}),
        ({"naissance": ""}, {"naissance"}),
        ({"sexe": ""}, {"sexe"}),
        ({"sexe": "X"}, {"sexe"}),
        ({"nom_naissance": "—"}, {"nom_naissance"}),
        ({"nom_naissance": "x" * 61}, {"nom_naissance"}),
        ({"prenom1": "Lé\u200ba"}, {"prenom1"}),
        ({"insee": "2a004"}, set()),
        ({"insee": ""}, {"insee"}),
        ({"insee": "", "code_postal": "40100"}, set()),
        ({"insee": "", "code_postal": "ABC"}, {"code_postal"}),
        ({"commune": "Dax\u202e"}, {"commune"}),
        ({"prenom2": "Lé\x07a"}, {"prenom2"}),
        ({"insee": "", "commune": "Berlin", "pays": "Allemagne"}, set()),
        ({"insee": "99109"}, {"commune", "pays"}),
        ({"insee": "99109", "commune": "Berlin", "pays": "109"}, set()),
        ({"insee": "99109", "commune": "Berlin", "pays": "99109"}, {"pays"}),
        ({"insee": "400888"}, {"insee"}),
    ],
)
def test_chaque_champ_dit_ce_qui_ne_va_pas(tape: dict[str, str], fautes: set[str]) -> None:
    lue = lire_la_fiche({**FICHE, **tape}, avec_nir=False)
    assert lue.fautes.keys() == fautes
    assert all(une.endswith(".") for une in lue.fautes.values())


def test_sans_lieu_l_on_dit_ce_qui_suffit() -> None:
    assert lire_la_fiche({**FICHE, "insee": ""}, avec_nir=False).fautes == {"insee": SANS_LIEU}


TEXTE = st.text(max_size=70)


@given(
    st.fixed_dictionaries(
        {nom: TEXTE for nom in DE_LA_FICHE if nom not in ("sexe", "naissance", "insee")}
        | {
            "nom_naissance": st.text(min_size=1, max_size=70),
            "prenom1": st.text("Léa -’Nguyễn", min_size=1, max_size=61),
            "sexe": st.sampled_from("FM"),
            "naissance": st.dates(date(1850, 1, 1), date(2010, 1, 1)).map(str)
            | st.text("0123456789/-", max_size=10),
            "insee": st.text("0123456789AB", max_size=6),
        }
    )
)
def test_ce_qui_est_pris_est_valide(tape: dict[str, str]) -> None:
    lue = lire_la_fiche(tape, avec_nir=False)
    if lue.fautes:
        return
    relues: list[str] = []
    brut = {JSON.get(nom, nom): dit or None for nom, dit in lue.valeurs.items()}
    titulaire = lire_titulaire(brut, "", relues)
    assert not relues, "what is kept is read again as it is"
    lot = LotAAccrocher(
        Emetteur("12ABC345", "12ABC345", "MCFCER000123"),
        "1.1.2",
        (Certifie("essai", "RNCP40913", date(2026, 11, 2), "", titulaire),),
        "essai",
        datetime(2026, 11, 30, tzinfo=UTC),
    )
    SCHEMA.assertValid(etree.fromstring(en_xml(lot)))
