"""The notebook: no line lost, none twice, whoever writes, takes or dies meanwhile."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from binome.lectures import cahier

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _lignes(chemins: list[Path]) -> list[str]:
    return [
        ligne
        for chemin in chemins
        for ligne in chemin.read_text(encoding="utf-8").splitlines()
        if ligne
    ]


def test_rien_ne_se_perd_quand_on_detache_pendant_que_d_autres_ecrivent(place: Path) -> None:
    a_moitie, dire = os.pipe()
    attendre, reprendre = os.pipe()
    vivants = set()
    for qui in range(3):
        enfant = os.fork()
        if not enfant:
            try:
                for rang in range(300):
                    if rang == 150:  # each goes on once the notebook was set aside in its middle
                        os.write(dire, b".")
                        os.read(attendre, 1)
                    cahier.ajouter([f"{qui}-{rang}"])
            finally:
                os._exit(0)
        vivants.add(enfant)
    os.close(dire)
    for _ in range(3):
        os.read(a_moitie, 1)
    assert len(cahier.detacher()) == 1
    os.write(reprendre, b"...")
    while vivants:
        cahier.detacher()
        fini, _ = os.waitpid(-1, os.WNOHANG)
        vivants.discard(fini)
    detaches = cahier.detacher()
    lignes = _lignes(detaches)
    assert sorted(lignes) == sorted(f"{qui}-{rang}" for qui in range(3) for rang in range(300))
    assert len(detaches) > 1
    assert not (place / cahier.NOM).exists()
    for tube in (a_moitie, attendre, reprendre):
        os.close(tube)


def test_le_cahier_n_est_lisible_que_de_son_proprietaire(place: Path) -> None:
    cahier.ajouter(["a"])
    assert stat.S_IMODE((place / cahier.NOM).stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_une_ligne_coupee_par_un_disque_plein_n_abime_pas_la_suivante(place: Path) -> None:
    cahier.ajouter(["a"])
    with (place / cahier.NOM).open("a", encoding="utf-8") as fichier:
        fichier.write("\n{coup")
    cahier.ajouter(["b"])
    assert _lignes(cahier.detacher()) == ["a", "{coup", "b"]


def test_un_cahier_vide_ne_se_detache_pas(place: Path) -> None:
    assert cahier.detacher() == []
    cahier.ajouter(["a"])
    assert len(cahier.detacher()) == 1
    (place / cahier.NOM).touch()
    assert len(cahier.detacher()) == 1


def test_la_sante_dit_que_le_cahier_attend(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cahier.empechement() == ""
    cahier.ajouter(["a"])
    (attente,) = cahier.detacher()
    assert cahier.empechement() == ""
    os.utime(attente, (0, 0))
    assert cahier.empechement() == "cahier en retard"

    def ferme(*_: Any) -> bool:
        return False

    monkeypatch.setattr(os, "access", ferme)
    assert cahier.empechement() == "cahier fermé"
