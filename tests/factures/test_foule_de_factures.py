"""Invoices issued by a crowd, or by programs that are killed: numbers follow one another, and each month is billed once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone

from binome.factures.emettre import trous
from binome.factures.models import Facture, LigneDeFacture
from binome.gestes.refus import GesteImpossible
from binome.prises_en_charge.models import CertificatDeRealisation, EtatDeService
from binome.regles.calendrier import ajouter_mois
from tests.factures.monde import Facturable, facturable

if TYPE_CHECKING:
    from pathlib import Path


def des_mois(gens: Facturable, combien: int) -> list[EtatDeService]:
    """As many other accepted and certified months as are wanted, of years to come: no slot is behind them."""
    un = gens.mois()[0]
    certificat = un.certificats.get()
    faits = []
    for rang in range(combien):
        etat = EtatDeService.objects.get(pk=un.pk)
        etat.pk, etat.mois, etat.remplace = None, ajouter_mois(un.mois, 12 + rang), None
        etat.save(force_insert=True)
        copie = CertificatDeRealisation.objects.get(pk=certificat.pk)
        copie.pk, copie.etat_de_service = None, etat
        copie.fichier, copie.empreinte, copie.scelle_le = "", "", None
        copie.save(force_insert=True)
        faits.append(etat)
    return faits


def facturer(gens: Facturable, etat: EtatDeService) -> bool:
    """One issue of the crowd; False where the month was billed already."""
    try:
        gens.facturer(etat)
    except GesteImpossible:
        return False
    else:
        return True
    finally:
        connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("combien", [8, pytest.param(50, marks=pytest.mark.long(5))])
def test_chaque_mois_clique_deux_fois_par_une_foule_se_facture_une_fois(combien: int) -> None:
    gens = facturable()
    mois = des_mois(gens, combien)
    with ThreadPoolExecutor(8) as fils:
        faits = list(fils.map(lambda etat: facturer(gens, etat), [un for un in mois for _ in "ab"]))
    assert sum(faits) == combien
    rangs = list(Facture.objects.order_by("rang").values_list("rang", flat=True))
    assert rangs == list(range(1, combien + 1))
    assert LigneDeFacture.objects.values("etat_de_service").distinct().count() == combien


DJANGO = """
import os
os.environ["BINOME_DEMONSTRATION"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "binome.socle.reglages"
"""
PREPARER = f"""{DJANGO}
from binome.cli.serveur import preparer
preparer()
from tests.factures.monde import facturable
facturable()
"""
FACTURER = f"""{DJANGO}
import django
django.setup()
from binome.comptes.acteur import Acteur
from binome.comptes.models import Personne
from binome.factures.emettre import AcheteurDit, a_facturer, emettre, faire_un_avoir
from binome.factures.models import Facture
from binome.prises_en_charge.models import PriseEnCharge
alice = Acteur(Personne.objects.get(courriel="alice@exemple.fr"))
prise = PriseEnCharge.objects.select_related("organisme", "payeur", "employeur", "parcours__dossier").get()
acheteur = AcheteurDit("Cabinet d’essai", "2 rue de l’Essai", "69001", "Lyon", organisation=prise.employeur)
print("pret", flush=True)
while True:
    for facture in Facture.objects.filter(nature="facture", etat="emise").order_by("pk"):
        print(faire_un_avoir(facture, [un.pk for un in facture.lignes.all()], alice, "erreur").rang, flush=True)
    mois = [un.pk for un in a_facturer([prise.organisme_id])]
    print(emettre(prise, mois, alice, acheteur).rang, flush=True)
"""
CONSTATER = f"""{DJANGO}
import django
django.setup()
from django.db.models import Sum
from binome.factures.models import Facture, LigneDeFacture
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
assert verifier() is None
assert not list(differences())
for une in Facture.objects.annotate(somme=Sum("lignes__montant_cents")):
    assert une.somme == une.total_cents, une.numero
    assert une.nature == "avoir" or (une.etat == "annulee") == une.avoirs.exists(), une.numero
print(*Facture.objects.order_by("rang").values_list("rang", flat=True))
"""


def _lancer(code: str, env: dict[str, str]) -> str:
    fini = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert fini.returncode == 0, fini.stderr
    return fini.stdout.strip()


@pytest.mark.long(90)
@pytest.mark.sqlite
def test_tue_a_vingt_moments_rien_n_est_a_moitie_facture(tmp_path: Path) -> None:
    env = {**os.environ, "BINOME_DONNEES": str(tmp_path), "DATABASE_URL": ""}
    _lancer(PREPARER, env)
    dits: set[int] = set()
    for moment in range(20):
        lance = subprocess.Popen(
            [sys.executable, "-c", FACTURER], env=env, stdout=subprocess.PIPE, text=True
        )
        assert lance.stdout is not None
        assert lance.stdout.readline() == "pret\n"
        dits.add(int(lance.stdout.readline()))
        time.sleep(moment * 0.004)
        lance.send_signal(signal.SIGKILL)
        sortie, _ = lance.communicate()
        dits.update(int(ligne) for ligne in sortie.split("\n")[:-1])
    gardes = [int(un) for un in _lancer(CONSTATER, env).split()]
    assert gardes == list(range(1, len(gardes) + 1))
    assert dits <= set(gardes)
    assert len(gardes) >= 20


@pytest.mark.django_db
def test_aucun_trou_dans_une_annee() -> None:
    gens = facturable()
    gens.facturer()
    assert trous(gens.prise.organisme_id, timezone.localdate().year) == []
