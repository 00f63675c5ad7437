"""The form of a contract shows every field that it reads, whichever kind of contract it is."""

from __future__ import annotations

import pytest

from binome.contrats_d_aide.etats import GenreDeContrat
from binome.contrats_d_aide.formulaires import FormulaireDeContrat


@pytest.mark.parametrize("genre", list(GenreDeContrat))
def test_chaque_champ_est_dans_un_groupe(genre: GenreDeContrat) -> None:
    form = FormulaireDeContrat(genre=genre, signataires=[], caisses=[])
    montres = [champ.name for _, champs in form.groupes for champ in champs]
    assert sorted(montres) == sorted(form.fields)
    assert ("option" in montres) is (genre == GenreDeContrat.INDIVIDUEL)
    assert ("etp" in montres) is (genre == GenreDeContrat.COLLECTIF)
