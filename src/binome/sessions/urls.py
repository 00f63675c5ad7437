"""The addresses of sessions, under `/espace/sessions/`."""

from __future__ import annotations

from django.urls import path

from binome.sessions.vues import (
    abonnement,
    creneau,
    inscription,
    miens,
    preparation,
    serie,
    session,
)

urlpatterns = [
    path("", session.liste, name="sessions"),
    path("nouvelle/", preparation.nouvelle, name="nouvelle-session"),
    path("les-miens/", miens.miens, name="mes-creneaux"),
    path("les-miens/calendrier.ics", miens.calendrier, name="mon-calendrier"),
    path("les-miens/adresse/", abonnement.ouvrir, name="ouvrir-l-adresse"),
    path("les-miens/adresse/<slug:nom>/", abonnement.geste, name="geste-d-abonnement"),
    path(
        "parcours/<int:numero>/calendrier.ics", miens.d_un_parcours, name="calendrier-du-parcours"
    ),
    path("creneaux/<uuid:uid>/", creneau.creneau, name="creneau-de-session"),
    path("creneaux/<uuid:uid>/<slug:nom>/", creneau.geste, name="geste-de-creneau"),
    path("inscriptions/<int:numero>/retirer/", inscription.retirer, name="retirer-de-session"),
    path("<int:numero>/", session.session, name="session"),
    path("<int:numero>/calendrier.ics", session.calendrier, name="calendrier-de-session"),
    path("<int:numero>/creneau/", creneau.ajouter, name="ajouter-un-creneau"),
    path("<int:numero>/serie/", serie.serie, name="serie-de-creneaux"),
    path("<int:numero>/inscrire/", inscription.inscrire, name="inscrire-a-la-session"),
    path("<int:numero>/gestes/<slug:nom>/", session.geste, name="geste-de-session"),
]
