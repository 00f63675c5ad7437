"""Known vulnerabilities: what nobody could look at is never said to be well."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from outils.avis import TEMOIN, NonVerifie, acceptes, connues, verrouilles

if TYPE_CHECKING:
    from pathlib import Path

FAILLE = {"id": "PYSEC-2026-1", "fix_versions": ["2.0"], "aliases": ["CVE-2026-1"]}
TROUVE = {"name": "pyyaml", "version": "5.3", "vulns": [FAILLE]}
SAIN = {"name": "django", "version": "5.2.19", "vulns": []}
MUET = {"name": "django", "skip_reason": "Dependency not found on PyPI"}
"""What pip-audit 2.10 prints, here with PyPI answering, there without."""


def _programme(tmp_path: Path, du_temoin: list[Any], du_reste: list[Any]) -> str:
    """A program that answers as pip-audit does: the network is not the tests' to have."""
    for nom, dits in (("temoin", du_temoin), ("reste", du_reste)):
        (tmp_path / nom).write_text(json.dumps({"dependencies": dits, "fixes": []}))
    programme = tmp_path / "pip-audit"
    programme.write_text(
        f'#!/bin/sh\nif grep -q "{TEMOIN}" "$4"; then cat {tmp_path}/temoin; else cat {tmp_path}/reste; fi\n'
    )
    programme.chmod(0o700)
    return str(programme)


@pytest.mark.parametrize(
    ("du_temoin", "du_reste"),
    [
        ([{"name": "pyyaml", "skip_reason": "not found"}], [MUET]),
        ([{**TROUVE, "vulns": []}], [SAIN]),
        ([TROUVE], [MUET]),
        ([TROUVE], []),
    ],
)
def test_hors_ligne_rien_n_est_dit_bon(
    tmp_path: Path, du_temoin: list[Any], du_reste: list[Any]
) -> None:
    with pytest.raises(NonVerifie):
        connues(_programme(tmp_path, du_temoin, du_reste), ["django==5.2.19"], frozenset())


def test_une_faille_se_dit_et_s_accepte_pour_un_temps(tmp_path: Path) -> None:
    malade = {**SAIN, "vulns": [FAILLE]}
    programme = _programme(tmp_path, [TROUVE], [malade])
    (dite,) = connues(programme, ["django==5.2.19"], frozenset())
    assert "PYSEC-2026-1" in dite
    assert "2.0" in dite
    fichier = tmp_path / "acceptes.toml"
    fichier.write_text('[[avis]]\ncode = "CVE-2026-1"\nraison = "vu"\njusqu_au = 2026-12-01\n')
    assert connues(programme, ["django==5.2.19"], acceptes(date(2026, 12, 1), fichier)) == []
    assert connues(programme, ["django==5.2.19"], acceptes(date(2026, 12, 2), fichier)) == [dite]
    assert connues(_programme(tmp_path, [TROUVE], [SAIN]), ["django==5.2.19"], frozenset()) == []


def test_le_verrou_se_lit_et_les_avis_acceptes_aussi() -> None:
    assert any(un.startswith("django==5.2.") for un in verrouilles())
    assert not any(un.startswith("binome==") for un in verrouilles())
    acceptes(date(2026, 11, 29))
    with pytest.raises(NonVerifie, match="pas installé"):
        connues(None, ["django==5.2.19"], frozenset())
