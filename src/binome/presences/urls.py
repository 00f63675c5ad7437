"""The addresses of presence, for members, under `/espace/`."""

from __future__ import annotations

from django.urls import path

from binome.presences.tableau_fichiers import TYPES
from binome.presences.vues import activite, apres_coup, code, creneau, papiers, session, tableau

urlpatterns = [
    path("creneaux/<uuid:uid>/activite/", activite.activite, name="activite-a-distance"),
    path(
        "creneaux/<uuid:uid>/activites/<int:numero>/<slug:nom>/",
        creneau.evaluer,
        name="evaluer-une-activite",
    ),
    path("creneaux/<uuid:uid>/apres-coup/", apres_coup.signer, name="signer-apres-coup"),
    path(
        "creneaux/<uuid:uid>/apres-coup/<int:numero>/accepter/",
        apres_coup.repondre,
        {"nom": "accepter"},
        name="accepter-la-signature",
    ),
    path(
        "creneaux/<uuid:uid>/apres-coup/<int:numero>/refuser/",
        apres_coup.repondre,
        {"nom": "refuser"},
        name="refuser-la-signature",
    ),
    path("creneaux/<uuid:uid>/presences.pdf", papiers.du_creneau, name="presences-scellees"),
    path("parcours/<int:numero>/presences.pdf", papiers.du_parcours, name="etat-scelle"),
    path("sessions/<int:numero>/presences/", session.presences, name="presences-de-la-session"),
    path("sessions/<int:numero>/tableau/", tableau.tableau, name="tableau-de-la-session"),
    path("sessions/<int:numero>/tableau.pdf", tableau.releve, name="releve-scelle"),
    *(
        path(
            f"sessions/<int:numero>/tableau.{sorte}",
            tableau.fichier,
            {"sorte": sorte},
            name=f"tableau-{sorte}",
        )
        for sorte in TYPES
    ),
    *(
        path(
            f"parcours/<int:numero>/presences.{sorte}",
            tableau.du_parcours,
            {"sorte": sorte},
            name=f"presences-du-parcours-{sorte}",
        )
        for sorte in TYPES
    ),
    path("creneaux/<uuid:uid>/code/", code.code, name="code-du-creneau"),
    path("creneaux/<uuid:uid>/presences/", creneau.creneau, name="presences-du-creneau"),
    path(
        "creneaux/<uuid:uid>/presences/noter/<int:parcours>/",
        creneau.noter,
        name="noter-une-presence",
    ),
    path(
        "creneaux/<uuid:uid>/presences/corriger/<int:numero>/",
        creneau.corriger,
        name="corriger-une-presence",
    ),
    path("creneaux/<uuid:uid>/presences/<slug:nom>/", creneau.geste, name="geste-de-presence"),
]
