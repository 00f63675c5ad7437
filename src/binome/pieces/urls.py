"""The addresses of the documents of a dossier."""

from __future__ import annotations

from django.urls import path

from binome.pieces.vues import depot, ensemble, examen, groupe, lecture, recours

urlpatterns = [
    path("pieces-d-un-groupe/", groupe.deposer_le_groupe, name="pieces-du-groupe"),
    path("<str:reference>/recours/", recours.contester, name="contester"),
    path("<str:reference>/pieces/", depot.joindre, name="joindre-piece"),
    path("<str:reference>/pieces/examen/", ensemble.examiner, name="examiner-pieces"),
    path("<str:reference>/pieces/<int:numero>/examen/", examen.examiner, name="examiner-piece"),
    path("<str:reference>/pieces/<int:numero>/retrait/", depot.retirer, name="retirer-piece"),
    path("<str:reference>/pieces/<int:numero>/", lecture.lire, name="lire-piece"),
    path(
        "<str:reference>/pieces/<int:numero>/pages/<int:rang>/", lecture.page, name="page-de-piece"
    ),
    path(
        "<str:reference>/pieces/<int:numero>/fichier/",
        lecture.telecharger,
        name="telecharger-piece",
    ),
]
