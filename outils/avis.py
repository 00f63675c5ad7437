"""`python -m outils.avis`: the known vulnerabilities of what `uv.lock` names, or that nobody looked.

pip-audit asks PyPI, package by package. Offline it finds nothing and says that all is well: so it is first
asked about a release known to be vulnerable. When it does not find that one, the answer is « non vérifié ».
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final

RACINE: Final = Path(__file__).parent.parent
VERROU: Final = RACINE / "uv.lock"
ACCEPTES: Final = RACINE / "outils" / "avis-acceptes.toml"
TEMOIN: Final = "pyyaml==5.3"
"""CVE-2020-14343: whoever looks finds it."""
DELAI: Final = 300
"""Seconds given to pip-audit."""
OU: Final = (
    "Là où PyPI répond : pipx install pip-audit, puis python -m outils.avis (docs/securite.md)."
)


class NonVerifie(Exception):
    """Nobody could look; its message says why, in French."""


def verrouilles(verrou: Path = VERROU) -> list[str]:
    """What the lock names from an index, as `name==version`."""
    lus = tomllib.loads(verrou.read_text(encoding="utf-8"))["package"]
    return sorted(f"{un['name']}=={un['version']}" for un in lus if "registry" in un["source"])


def interroger(programme: str, paquets: list[str]) -> list[dict[str, Any]]:
    """What pip-audit says of each package. Raises NonVerifie."""
    with tempfile.TemporaryDirectory() as place:
        liste = Path(place) / "requirements.txt"
        liste.write_text("\n".join(paquets) + "\n", encoding="utf-8")
        commande = [programme, "--no-deps", "--disable-pip", "-r", str(liste), "-f", "json"]
        try:
            rendu = subprocess.run(
                commande, capture_output=True, text=True, timeout=DELAI, check=False
            )
            dits: list[dict[str, Any]] = json.loads(rendu.stdout)["dependencies"]
        except (OSError, subprocess.TimeoutExpired, ValueError, KeyError) as erreur:
            raise NonVerifie("pip-audit n’a pas répondu") from erreur
    return dits


def acceptes(le: date, fichier: Path = ACCEPTES) -> frozenset[str]:
    """The advisories that someone looked at and accepted, until a day that is not past."""
    lus = tomllib.loads(fichier.read_text(encoding="utf-8")).get("avis", [])
    return frozenset(un["code"] for un in lus if un["jusqu_au"] >= le and un["raison"])


def connues(programme: str | None, paquets: list[str], permis: frozenset[str]) -> list[str]:
    """The vulnerabilities that nobody accepted, one sentence each. Raises NonVerifie."""
    if programme is None:
        raise NonVerifie("pip-audit n’est pas installé")
    temoin = interroger(programme, [TEMOIN])
    if not any(un.get("vulns") for un in temoin):
        raise NonVerifie(
            f"pip-audit ne trouve pas la faille connue de {TEMOIN} : il est hors ligne"
        )
    dits = interroger(programme, paquets)
    muets = sorted(un["name"] for un in dits if "skip_reason" in un)
    if muets or len(dits) < len(paquets):
        raise NonVerifie(
            f"{len(muets) or len(paquets) - len(dits)} paquets n’ont pas été examinés "
            f"({', '.join(muets[:5])})"
        )
    return [
        f"{un['name']} {un['version']} : {faille['id']}, corrigé en {', '.join(faille['fix_versions']) or '?'}"
        for un in dits
        for faille in un["vulns"]
        if permis.isdisjoint({faille["id"], *faille.get("aliases", ())})
    ]


def main() -> int:
    """Says what is known; 1 when a vulnerability is, 2 when nobody could look."""
    paquets = verrouilles()
    try:
        failles = connues(shutil.which("pip-audit"), paquets, acceptes(date.today()))  # noqa: DTZ011 - a local day
    except NonVerifie as raison:
        print(f"NON VÉRIFIÉ : {len(paquets)} paquets, {raison}. {OU}")
        return 2
    for faille in failles:
        print(faille)
    print(f"{len(paquets)} paquets examinés, {len(failles)} vulnérabilités connues.")
    return 1 if failles else 0


if __name__ == "__main__":
    sys.exit(main())
