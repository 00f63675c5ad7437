"""The job that says a month, killed at twenty moments: whole lots stand, nothing is half said, and it is run again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import pytest
from outils import postgresql

if TYPE_CHECKING:
    from pathlib import Path

PARCOURS: Final = 100
DJANGO: Final = """
import os
os.environ["BINOME_DEMONSTRATION"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "binome.socle.reglages"
"""
PREPARER: Final = f"""{DJANGO}
from binome.cli.serveur import preparer
preparer()
from bench.prises_en_charge import garnir
from tests.prises_en_charge.monde import ce_mois
garnir({PARCOURS}, ce_mois(-1))
"""
COMMUN: Final = f"""{DJANGO}
import django
django.setup()
from binome.presences.models import Presence
from binome.prises_en_charge import etablir as mois
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge
mois.LOT = 10
"""
ETABLIR: Final = f"""{COMMUN}
print("pret", flush=True)
while True:
    # Everybody left ten minutes earlier, or came back to the end: each month is to be said again.
    if EtatDeService.objects.exists():
        tous = Presence.objects.order_by().values_list("minutes", flat=True).first()
        Presence.objects.update(minutes=200 if tous == 210 else 210)
    print("depart", flush=True)
    mois.etablir_les_etats()
"""
CONSTATER: Final = f"""{COMMUN}
import sys
from collections import defaultdict
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.journal.tables import tables
assert verifier() is None
redits = EtatDeService.objects.filter(etat="remplace")
assert not redits.filter(remplacant__isnull=True).exists()
tenus = dict(EtatDeService.objects.exclude(etat="remplace").order_by().values_list("prise_en_charge__parcours", "minutes_prouvees"))
assert len(tenus) == EtatDeService.objects.exclude(etat="remplace").count()
voulus = list(PriseEnCharge.objects.order_by("parcours").values_list("parcours", flat=True))
voulus = [un for un in voulus if Presence.objects.filter(parcours=un).exists()]
for un in EtatDeService.objects.order_by("pk"):
    assert un.minutes_prouvees == sum(minutes for _, minutes in un.detail), un
    assert un.montant_cents * 60 == un.minutes_payables * un.prise_en_charge.taux_horaire_cents, un
print(len(tenus), len(set(tenus.values())), redits.count())
if "finir" in sys.argv:
    mois.etablir_les_etats()
    minutes = Presence.objects.order_by().values_list("minutes", flat=True).first() * 18
    dits = EtatDeService.objects.exclude(etat="remplace").order_by().values_list("prise_en_charge__parcours", "minutes_prouvees")
    assert dict(dits) == dict.fromkeys(voulus, minutes)
    assert mois.etablir_les_etats() == 0, "rien n’a changé depuis"
    la_table = EtatDeService._meta.label_lower
    assert la_table in {{une.nom for une in tables()}}
    etrangers = [str(une) for une in differences() if une.table == la_table]
    assert not etrangers, etrangers
"""


def lancer(env: dict[str, str], code: str, *mots: str) -> str:
    fini = subprocess.run([sys.executable, "-c", code, *mots], env=env, capture_output=True, text=True, check=False)  # fmt: skip
    assert fini.returncode == 0, fini.stderr
    return fini.stdout.strip()


@pytest.mark.long(90)
@pytest.mark.sqlite
@pytest.mark.parametrize("moteur", ["sqlite", "postgresql"])
def test_tue_a_vingt_moments_le_mois_tient_par_lots_entiers(moteur: str, tmp_path: Path) -> None:
    with ExitStack() as ouverts:
        adresse = ""
        if moteur == "postgresql":
            programmes = postgresql.programmes()
            if programmes is None:
                pytest.skip("PostgreSQL n’est pas là")
            adresse = ouverts.enter_context(postgresql.serveur(programmes))
        env = {**os.environ, "BINOME_DONNEES": str(tmp_path), "DATABASE_URL": adresse}
        lancer(env, PREPARER)
        coupes = []
        for moment in range(20):
            tue = subprocess.Popen([sys.executable, "-c", ETABLIR], env=env, stdout=subprocess.PIPE, text=True)  # fmt: skip
            assert tue.stdout is not None
            assert [tue.stdout.readline() for _ in "12"] == ["pret\n", "depart\n"]
            time.sleep(moment * 0.05)
            tue.send_signal(signal.SIGKILL)
            tue.communicate()
            coupes.append(lancer(env, CONSTATER))
        assert any(un.split()[1] == "2" for un in coupes), "aucun arrêt n’a coupé le travail"
        lancer(env, CONSTATER, "finir")
