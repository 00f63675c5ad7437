"""The addresses of the public pages."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from binome.site import chercher, les_sources, metriques, pages, sante, securite, style, trouver
from binome.site.financement import views as financement

static_lazy = lazy(static, str)

urlpatterns = [
    path("", pages.accueil, name="accueil"),
    path("robots.txt", trouver.robots, name="robots"),
    path("sitemap.xml", trouver.plan_du_site, name="plan-du-site"),
    path("changements.atom", trouver.fil_des_changements, name="changements-atom"),
    path("chercher/", chercher.recherche, name="chercher"),
    path("en-mots-simples/", pages.facile, name="facile"),
    path("mentions-legales/", pages.mentions, name="mentions-legales"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path(".well-known/security.txt", securite.contact, name="security-txt"),
    path("sante/", sante.sante, name="sante"),
    path("sante/pret/", sante.pret, name="pret"),
    path("metriques/", metriques.metriques, name="metriques"),
    path("favicon.ico", RedirectView.as_view(url=static_lazy("binome/marque.svg"))),
    path("remonter/", pages.remonter, name="remonter"),
    path("sources/", les_sources.les_sources, name="sources"),
    path("sources/<str:identifiant>/", les_sources.source, name="source"),
    path("donnees-personnelles/", pages.donnees_personnelles, name="donnees-personnelles"),
    path("a-propos/", pages.a_propos, name="a-propos"),
    path("mots/", pages.mots, name="mots"),
    path("style/", style.style, name="style"),
    path("", include("binome.site.regles.urls")),
    path("missions/", include("binome.site.missions.urls")),
    path("preuves/", include("binome.site.preuves.urls")),
    path("projection/", include("binome.site.projection.urls")),
    path("organismes/", include("binome.site.organismes.urls")),
    path("financement/", financement.financement, name="financement"),
    path("simulateur/<slug:code>/financement/", financement.voies, name="qui-paie"),
    path("simulateur/", RedirectView.as_view(pattern_name="accueil"), name="simulateur"),
    path("kit/", include("binome.site.kit.urls")),
    path("integrer/", include("binome.site.integrer.urls")),
    path("employeur/", include("binome.site.employeur.urls")),
    path("simulateur/employeur/aide/", include("binome.site.aide.urls")),
    path("simulateur/", include("binome.site.simulateur.urls")),
]
