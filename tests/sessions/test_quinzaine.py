"""The slots of who teaches: the coming fortnight at once, the rest folded by month, none lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.sessions.models import Creneau
from tests.sessions.vie import preparee, publier

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


def test_la_quinzaine_d_abord_puis_le_reste_par_mois(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    publier(session, monde)
    tous = list(Creneau.objects.filter(session=session).order_by("debut"))
    for rang, un in enumerate(tous[:2]):
        un.debut = timezone.localtime() + timedelta(days=14 + rang)
        un.fin = un.debut + timedelta(hours=3)
        un.save(update_fields=["debut", "fin"])
    client.force_login(monde.bob)
    page = client.get("/espace/sessions/les-miens/").content.decode()
    dedans, plies = page[page.index("Dans les quinze jours") :].split("<details", 1)
    assert dedans.count('data-titre="Module"') == 1
    assert plies.count('data-titre="Module"') == len(tous) - 1
    assert "<details" + plies.split(">", 1)[0].rstrip(">") == '<details class="detail"'


def test_quand_rien_n_est_proche_le_premier_mois_s_ouvre(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    publier(session, monde)
    client.force_login(monde.bob)
    page = client.get("/espace/sessions/les-miens/").content.decode()
    assert "Aucun créneau dans les quinze jours." in page
    assert page.count('<details class="detail" open>') == 1
    assert page.count('data-titre="Module"') == Creneau.objects.filter(session=session).count()
