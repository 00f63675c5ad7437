"""`./binome captures`: the main pages, on a phone and on a desk, as pictures in `docs/captures`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from outils import navigateur

DOSSIER = Path(__file__).parent.parent / "docs" / "captures"
PAGES = {
    "accueil": "",
    "question": "simulateur/candidat/?diplomes=secretaire_medical&date_entree=2027-01-04",
    "resultat": "simulateur/candidat/resultat/?diplomes=secretaire_medical&date_entree=2027-01-04"
    "&afgsu_niveau=1&afgsu_date=2023-09-01&situation=salarie_cabinet",
    "comparer": "simulateur/candidat/comparer/?date_entree=2026-01-15&diplomes=aucun&niveau_diplome=3"
    "&experience_secretaire_mois=20&afgsu_niveau=0&situation=salarie_cabinet"
    "&si.experience_secretaire_mois=24&si.date_entree=2026-05-15",
    "regles": "regles/?q=secretaire",
    "qui-paie": "simulateur/candidat/financement/?diplomes=secretaire_medical&date_entree=2027-01-04"
    "&afgsu_niveau=0&situation=salarie_cabinet&contrat=cdi&duree_parcours_mois=12&heures_semaine=35",
    "aide": "simulateur/employeur/aide/resultat/?date_signature_contrat_aide=2026-03-01&option_etp=un"
    "&specialite=medecine_generale&secteur=1&patientele_mt=1200&bande_activite=p50_p70"
    "&salaire_charge_mensuel_cents=3200&date_prise_fonction=2026-05-02&secretaire_promue=oui",
    "aide-comparer": "simulateur/employeur/aide/comparer/?date_signature_contrat_aide=2026-03-01&option_etp=un"
    "&specialite=medecine_generale&secteur=1&patientele_mt=1200&bande_activite=p50_p70"
    "&salaire_charge_mensuel_cents=3200&date_prise_fonction=2026-05-02&secretaire_promue=oui"
    "&si.option_etp=demi",
    "financement": "financement/",
}
FENETRES = {"390": (390, 844), "1280": (1280, 900)}


def _photographier(adresse: str, chromium: str) -> None:
    with sync_playwright() as playwright:
        ouvert = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for nom, (largeur, hauteur) in FENETRES.items():
            page = ouvert.new_page(viewport={"width": largeur, "height": hauteur}, locale="fr-FR")
            for titre, chemin in PAGES.items():
                page.goto(adresse + chemin)
                page.evaluate("document.fonts.ready")
                page.screenshot(path=DOSSIER / f"{titre}-{nom}.png")
        ouvert.close()


def main() -> int:
    """Opens the site on a free port, takes the pictures, closes it."""
    chromium = navigateur.chemin()
    if not chromium:
        print(f"Chromium manque : installez le paquet « {navigateur.NOMS[0]} ».", file=sys.stderr)
        return 3
    DOSSIER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as donnees:
        demo = subprocess.Popen(
            [sys.executable, "-m", "binome", "demo", "--port", "8700"],
            env={**os.environ, "BINOME_DONNEES": donnees},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            # The accounts of the demonstration come first, the address last.
            dites = iter(demo.stdout or ())
            trouve = next((lu for une in dites if (lu := re.search(r"http://\S+/", une))), None)
            if trouve is None:
                return 1
            _photographier(trouve[0], chromium)
        finally:
            demo.terminate()
            demo.wait(timeout=20)
    print(f"Écrit : {len(PAGES) * len(FENETRES)} images dans docs/captures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
