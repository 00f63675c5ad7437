"""Numbers and their words agree as in French: none and one are singular."""

from __future__ import annotations

import pytest
from django.template import engines


@pytest.mark.parametrize(
    ("combien", "dit"),
    [
        (0, "0 dossier déposé, il attend"),
        (1, "1 dossier déposé, il attend"),
        (1.5, "1,5 dossier déposé, il attend"),
        (2, "2 dossiers déposés, ils attendent"),
        ("12", "12 dossiers déposés, ils attendent"),
    ],
)
def test_un_nombre_et_son_mot_s_accordent(combien: object, dit: str) -> None:
    phrase = '{{ n }} dossier{{ n|pluralize }} déposé{{ n|pluralize }}, {{ n|pluralize:"il attend,ils attendent" }}'
    assert engines["django"].from_string(phrase).render({"n": combien}) == dit


def test_une_liste_s_accorde_avec_ce_qu_elle_contient() -> None:
    phrase = engines["django"].from_string("pièce{{ un|pluralize }}, pièce{{ deux|pluralize }}")
    assert phrase.render({"un": ["a"], "deux": ["a", "b"]}) == "pièce, pièces"
