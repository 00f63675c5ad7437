"""The addresses of juries, under `/espace/jurys/`."""

from __future__ import annotations

from django.urls import path

from binome.jurys.vues import jury, membres, places, regles, seance, suites

urlpatterns = [
    path("", jury.liste, name="jurys"),
    path("nouveau/", jury.preparer, name="jury-nouveau"),
    path("regles/", regles.regles, name="regles-de-jury"),
    path("regles/<int:numero>/retirer/", regles.retirer, name="retirer-des-regles"),
    path("membres/", membres.liste, name="membres-de-jury"),
    path("membres/nouveau/", membres.inscrire, name="membre-nouveau"),
    path("membres/<int:numero>/", membres.membre, name="membre-de-jury"),
    path("membres/<int:numero>/gestes/<slug:nom>/", membres.geste, name="geste-de-membre"),
    path("mes-liens/", membres.mes_liens, name="mes-liens-de-jury"),
    path("mes-liens/<int:place>/decliner/", membres.decliner, name="decliner-une-place"),
    path("vae/", suites.demander_une_vae, name="vae-nouvelle"),
    path("resultats/<int:numero>/contester/", suites.contester, name="contester-un-jury"),
    path("places/", places.plusieurs, name="places-de-jurys"),
    path("<int:numero>/", jury.jury, name="jury"),
    path("<int:numero>/gestes/<slug:nom>/", jury.geste, name="geste-de-jury"),
    path("<int:numero>/regler/", jury.regler, name="regler-un-jury"),
    path("<int:numero>/places/", places.places, name="places-de-jury"),
    path("<int:numero>/places/<int:place>/<slug:nom>/", places.geste, name="geste-de-place"),
    path("<int:numero>/presenter/", jury.presenter, name="presenter-au-jury"),
    path("<int:numero>/confirmer/", seance.confirmer, name="confirmer-au-jury"),
    path("<int:numero>/seance/<int:presentation>/", seance.seance, name="seance-de-jury"),
    path("<int:numero>/seance/<int:presentation>/retirer/", seance.retirer, name="retirer-du-jury"),
    path("<int:numero>/proces-verbal.pdf", suites.proces_verbal, name="proces-verbal-de-jury"),
]
