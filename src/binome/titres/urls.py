"""The addresses of titles, for members, under `/espace/titres/`."""

from __future__ import annotations

from django.urls import path

from binome.titres.vues import badges, branche, titre

urlpatterns = [
    path("", branche.titres, name="titres"),
    path("mentions/", branche.mentions, name="mentions-des-titres"),
    path("jurys/<int:numero>/", branche.titres_du_jury, name="titres-du-jury"),
    path("parcours/<int:numero>/", titre.delivrer_au_parcours, name="delivrer-un-titre"),
    path("parcours/<int:numero>/apercu.pdf", titre.apercu, name="apercu-d-un-titre"),
    path("<int:numero>/titre.pdf", titre.papier, name="papier-d-un-titre"),
    path("<int:numero>/duplicata/", titre.duplicata, name="duplicata-d-un-titre"),
    path(
        "<int:numero>/duplicata-<int:rang>.pdf",
        titre.papier_du_duplicata,
        name="papier-d-un-duplicata",
    ),
    path("<int:numero>/badge-<int:bloc>.jwt", badges.badge, name="badge-d-un-titre"),
]
