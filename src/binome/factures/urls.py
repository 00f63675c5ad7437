"""The addresses of money, for members, under `/espace/argent/`."""

from __future__ import annotations

from django.urls import path

from binome.factures.vues import argent, banque, exercice, facturation, frais

urlpatterns = [
    path("", argent.argent, name="argent"),
    path("listes/<slug:nom>/", argent.toute_une_liste, name="liste-d-argent"),
    path("releve.csv", argent.releve, name="releve-de-factures"),
    path("mentions/", facturation.mentions, name="mentions-de-factures"),
    path("banque/", banque.releves, name="releves-de-banque"),
    path("reglements/", banque.noter, name="noter-un-reglement"),
    path("bilan/", exercice.exercice, name="bilan-pedagogique"),
    path("bilan/bilan.csv", exercice.exercice_en_csv, name="bilan-en-csv"),
    path("bilan/bilan.pdf", exercice.exercice_en_pdf, name="bilan-en-pdf"),
    path("accords/<int:numero>/facturer/", facturation.facturer, name="facturer"),
    path("accords/<int:numero>/depense/", frais.depense, name="declarer-une-depense"),
    path("accords/<int:numero>/avance/", frais.avance, name="dire-une-avance"),
    path("factures/<int:numero>/avoir/", facturation.avoir, name="faire-un-avoir"),
    path("factures/<int:numero>/facture.pdf", facturation.papier, name="papier-d-une-facture"),
    path("depenses/<int:numero>/justificatif/", frais.justificatif, name="justificatif-d-une-depense"),
]  # fmt: skip
