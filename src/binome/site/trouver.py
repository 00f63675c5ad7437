"""How the site is found and followed: what robots may read, the list of its pages, the feed of what changes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from binome.donnees_ouvertes.catalogue import JEUX
from binome.donnees_ouvertes.sources_citees import toutes_les_sources
from binome.formations.lecture import organismes
from binome.rapport.tableaux.tous import TABLEAUX
from binome.regles.calendrier import date_en_clair
from binome.regles.taches import taches
from binome.site.kit.publics import publics
from binome.site.regles.catalogue import catalogue
from binome.site.regles.comparaison import jours_de_changement, veille
from binome.site.simulateur.portes import PORTES
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.socle.demande import Demande

PAGES: Final = (
    "accueil", "facile", "regles", "comparer", "referentiels", "reformes", "ecarts", "totaux",
    "financement", "missions", "organismes", "employeur",
    "employeur-fiche", "employeur-comparer", "kit",
    "kit-annexe", "kit-copier", "sources", "mots", "preuves", "donnees", "rapport", "projection",
    "projection-score", "projection-essayer", "a-propos", "accessibilite",
    "mentions-legales", "donnees-personnelles",
)  # fmt: skip
"""The pages that anybody may look for; an answer is none of them, its address is somebody's."""


@require_safe
def robots(request: Demande) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """The site may be found. Answers are left alone, their addresses are people's; so are the other days of a page."""
    lignes = (
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /simulateur/*/",
        "Allow: /simulateur/*/$",
        "Disallow: /au/",
        "Disallow: /espace/",
        "Disallow: /compte/",
        f"Sitemap: {adresse_entiere('/sitemap.xml')}",
    )
    return HttpResponse("\n".join(lignes) + "\n", content_type="text/plain; charset=utf-8")


def _adresses() -> Iterator[str]:
    yield from (reverse(nom) for nom in PAGES)
    yield from (reverse("question", args=[porte]) for porte in PORTES)
    yield from (reverse("kit-public", args=[code]) for code in publics())
    yield from (reverse("regle", args=[nom]) for nom in catalogue())
    yield from (reverse("mission", args=[une.code]) for une in taches())
    yield from (reverse("organisme", args=[un.slug]) for un in organismes())
    yield from (reverse("source", args=[nom]) for nom in toutes_les_sources())
    yield from (reverse("donnees-jeu", args=[nom]) for nom in JEUX)
    yield from (reverse("rapport-tableau", args=[code]) for code in TABLEAUX)


@require_safe
def plan_du_site(request: Demande) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Every page that may be looked for."""
    urls = "".join(f"<url><loc>{escape(adresse_entiere(une))}</loc></url>" for une in _adresses())
    texte = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'
    )
    return HttpResponse(texte, content_type="application/xml; charset=utf-8")


@require_safe
def fil_des_changements(request: Demande) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """The days on which rules change, the newest first, as a feed to follow."""
    fil = Atom1Feed(
        title="Binôme : ce qui change dans les règles",
        link=adresse_entiere(reverse("comparer")),
        description="Chaque jour où une règle commence ou finit.",
        language="fr",
        feed_url=adresse_entiere(reverse("changements-atom")),
    )
    for jour in sorted(jours_de_changement(), reverse=True):
        adresse = f"{reverse('comparer')}?avant={veille(jour)}&apres={jour}"
        fil.add_item(
            title=f"Ce qui change le {date_en_clair(jour)}",
            link=adresse_entiere(adresse),
            description="Les règles qui commencent et celles qui finissent ce jour-là.",
            updateddate=datetime.combine(jour, time(), UTC),
            unique_id=f"tag:binome,{jour}:regles",
        )
    return HttpResponse(
        fil.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
