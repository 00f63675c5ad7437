"""Every address of the house: the API, accounts, the members' pages, then the public ones."""

from __future__ import annotations

from django.urls import include, path

from binome.api.aiguillage import avec_exception, sans_exception
from binome.comptes.envois import jeton
from binome.conservation.lectures import lectures
from binome.habillage import hors_ligne
from binome.site import erreurs
from binome.site.projection.views import essayer_sur_les_dossiers

urlpatterns = [
    path("api/", include("binome.api.urls")),
    path("compte/", include("binome.comptes.urls")),
    path("espace/donnees/", include("binome.conservation.urls")),
    path("espace/dossiers/<str:reference>/lectures/", lectures, name="lectures"),
    path("hors-ligne.js", hors_ligne.ouvrier, name="ouvrier"),
    path("hors-ligne/", hors_ligne.sans_reseau, name="sans-reseau"),
    path("manifeste.webmanifest", hors_ligne.manifeste, name="manifeste"),
    path("espace/envois/jeton/", jeton, name="jeton-des-envois"),
    path("espace/lettres/", include("binome.lettres.urls")),
    path("espace/courriels/", include("binome.lettres.urls_des_envois")),
    path("espace/rejeu/", include("binome.rejeux.urls")),
    path("espace/projection/", essayer_sur_les_dossiers, name="projection-dossiers"),
    path("espace/imports/", include("binome.imports.urls")),
    path("espace/exports/", include("binome.exports.urls")),
    path("espace/sessions/", include("binome.sessions.urls")),
    path("espace/", include("binome.espace.urls")),
    path("espace/", include("binome.messagerie.urls")),
    path("espace/", include("binome.presences.urls")),
    path("espace/", include("binome.bureau.urls")),
    path("espace/dossiers/", include("binome.employeurs.urls")),
    path("espace/dossiers/", include("binome.pieces.urls")),
    path("espace/dossiers/", include("binome.parcours.urls")),
    path("espace/", include("binome.dossiers.urls")),
    path("espace/jurys/", include("binome.jurys.urls")),
    path("espace/reseau/", include("binome.reseau.urls")),
    path("espace/creneaux/", include("binome.presences.urls_de_la_tablette")),
    path("espace/livret/", include("binome.livret.urls")),
    path("espace/epreuves/", include("binome.epreuves.urls")),
    path("espace/passeport/", include("binome.passeport.urls")),
    path("espace/argent/", include("binome.factures.urls")),
    path("espace/prises-en-charge/", include("binome.prises_en_charge.urls")),
    path("espace/contrats-d-aide/", include("binome.contrats_d_aide.urls")),
    path("espace/titres/", include("binome.titres.urls")),
    path("espace/calendrier-des-contrats/", include("binome.contrats_d_aide.urls_du_calendrier")),
    path("espace/caisse/contrats/", include("binome.contrats_d_aide.urls_de_la_caisse")),
    path("espace/pilotage/", include("binome.pilotage.urls")),
    path("espace/suivis/", include("binome.gestes.urls")),
    path("calendrier/", include("binome.sessions.urls_publiques")),
    path("calendrier/", include("binome.contrats_d_aide.urls_publiques")),
    path("signer/", include("binome.presences.urls_publiques")),
    path("donnees/", include("binome.donnees_ouvertes.urls")),
    path("tableaux-du-rapport/", include("binome.rapport.urls")),
    path("verifier/", include("binome.titres.urls_publiques")),
    path("badges/", include("binome.titres.urls_des_badges")),
    path("", include("binome.site.urls")),
]
handler400 = avec_exception(erreurs.demande_invalide)
handler403 = avec_exception(erreurs.interdit)
handler404 = avec_exception(erreurs.introuvable)
handler500 = sans_exception(erreurs.panne)
