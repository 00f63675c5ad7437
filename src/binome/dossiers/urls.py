"""The addresses of the members' pages."""

from __future__ import annotations

from django.urls import path

from binome.dossiers.vues import (
    dossier,
    emplois,
    employeur,
    gestes,
    lecture,
    lectures,
    liste,
    pieces,
    points,
    saisie,
)

urlpatterns = [
    path("dossiers/", liste.dossiers, name="dossiers"),
    path("dossiers/confirmer/", liste.confirmer_ensemble, name="confirmer"),
    path("dossiers/nouveau/", saisie.nouveau, name="nouveau-dossier"),
    path("dossiers/<str:reference>/", dossier.dossier, name="dossier"),
    path("dossiers/<str:reference>/saisie/", saisie.saisie, name="saisie"),
    path("dossiers/<str:reference>/employeur/", employeur.employeur, name="employeur"),
    path("dossiers/<str:reference>/emplois/", emplois.emplois, name="emplois"),
    path("dossiers/<str:reference>/emplois/<int:numero>/", emplois.emploi, name="emploi"),
    path("dossiers/<str:reference>/pieces/", pieces.joindre, name="joindre-piece"),
    path(
        "dossiers/<str:reference>/pieces/<int:numero>/examen/",
        pieces.examiner,
        name="examiner-piece",
    ),
    path(
        "dossiers/<str:reference>/pieces/<int:numero>/retrait/",
        pieces.retirer,
        name="retirer-piece",
    ),
    path("dossiers/<str:reference>/pieces/<int:numero>/", lecture.lire, name="lire-piece"),
    path(
        "dossiers/<str:reference>/pieces/<int:numero>/pages/<int:rang>/",
        lecture.page,
        name="page-de-piece",
    ),
    path(
        "dossiers/<str:reference>/pieces/<int:numero>/fichier/",
        lecture.telecharger,
        name="telecharger-piece",
    ),
    path("dossiers/<str:reference>/lectures/", lectures.lectures, name="lectures"),
    path("dossiers/<str:reference>/gestes/<str:nom>/", gestes.geste, name="geste"),
    path("confirmations/<int:numero>/", liste.confirmation, name="confirmation"),
    path("confirmations/<int:numero>/annuler/", liste.annuler, name="annuler-confirmation"),
    path("points/", points.points, name="points"),
    path("points/<int:numero>/lever/", points.lever_le_point, name="lever-point"),
]
