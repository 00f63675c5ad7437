"""The addresses of paths beside those that their table gives, under `/espace/dossiers/`."""

from __future__ import annotations

from django.urls import path

from binome.parcours.vues.lettre import lettre

urlpatterns = [path("<str:reference>/hors-de-binome/", lettre, name="hors-de-binome")]
