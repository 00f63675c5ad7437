"""The addresses of épreuves, for members, under `/espace/epreuves/`."""

from __future__ import annotations

from django.urls import path

from binome.epreuves.vues import confier, grilles, parcours, session

urlpatterns = [
    path("", grilles.a_remplir, name="grilles-a-remplir"),
    path("envois/", grilles.envois, name="envois-de-grilles"),
    path("creneaux/<uuid:uid>/", grilles.du_creneau, name="grilles-du-creneau"),
    path("passations/<int:numero>/", grilles.passation, name="passation"),
    path("passations/<int:numero>/grille/", grilles.remplir, name="remplir-la-grille"),
    path("passations/<int:numero>/confier/", confier.confier, name="confier-l-epreuve"),
    path(
        "passations/<int:numero>/epreuve.ics", parcours.calendrier, name="calendrier-de-l-epreuve"
    ),
    path(
        "passations/<int:numero>/grilles/<int:grille>/garder/",
        grilles.garder,
        name="garder-la-grille",
    ),
    path("passations/<int:numero>/gestes/<slug:nom>/", grilles.geste, name="geste-de-passation"),
    path("sessions/<int:numero>/", session.epreuves, name="epreuves-de-la-session"),
    path("sessions/<int:numero>/prevoir/", session.prevoir, name="prevoir-les-epreuves"),
    path("sessions/<int:numero>/convoquer/", session.convoquer, name="convoquer-aux-epreuves"),
    path("parcours/<int:numero>/", parcours.epreuves, name="epreuves-du-parcours"),
    path(
        "parcours/<int:numero>/amenagement/", parcours.amenagement, name="accorder-un-amenagement"
    ),
    path(
        "parcours/<int:numero>/amenagements/<int:amenagement>/retirer/",
        parcours.retirer,
        name="retirer-un-amenagement",
    ),
    path("parcours/<int:numero>/afgsu/", parcours.afgsu, name="noter-l-afgsu"),
    path("parcours/<int:numero>/tentative/", parcours.tentative, name="nouvelle-tentative"),
    path("parcours/<int:numero>/avis/", parcours.avis, name="avis-du-tuteur"),
]
