"""The addresses of static files: those of the folder that was made ready, worked out once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from binome.socle.statiques import Statiques

if TYPE_CHECKING:
    from pathlib import Path


def test_l_adresse_est_celle_du_fichier_prepare(tmp_path: Path) -> None:
    manifeste = tmp_path / "staticfiles.json"
    prets = {"paths": {"binome/style.css": "binome/style.0123.css"}, "version": "1.1", "hash": ""}
    manifeste.write_text(json.dumps(prets))
    statiques = Statiques(location=tmp_path, base_url="/static/")
    for _ in range(2):
        assert statiques.url("binome/style.css") == "/static/binome/style.0123.css"
    with pytest.raises(ValueError, match="absent"):
        statiques.url("binome/absent.css")
