"""Each pattern that a controller looks for is met where it is, and nowhere else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.parcours.models import Parcours
from binome.presences.a_regarder import a_regarder
from binome.presences.indices import motifs, seuil
from binome.presences.models import Presence, Signature
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.models import Creneau
from tests.presences.suivi import Suivi, poser


def autre(suivi: Suivi) -> Parcours:
    """Another person's path, on the same dossier for want of another: only its number counts."""
    Parcours.objects.filter(pk=suivi.parcours.pk).update(
        etat="abandonne", fini_le=timezone.now(), raison="choix"
    )
    sien = Parcours.objects.get(pk=suivi.parcours.pk)
    sien.pk = None
    sien.save(force_insert=True)
    return sien


def signer(suivi: Suivi, parcours: Parcours | None = None, **autres: Any) -> Signature:
    voulue: dict[str, Any] = {
        "creneau": suivi.creneau, "parcours": parcours or suivi.parcours, "moyen": "tablette",
        "signee_le": suivi.creneau.debut + timedelta(minutes=5), "recue_le": timezone.now(),
        "appareil": "", "empreinte": "",
    }  # fmt: skip
    return Signature.objects.create(**{**voulue, **autres})


def codes(*creneaux: Creneau) -> list[str]:
    lus = Creneau.objects.filter(pk__in=[un.pk for un in creneaux])
    return [
        un.motif.code for un in a_regarder(list(lus.select_related("session__site", "formateur")))
    ]


def deplacer(creneau: Creneau, jour: datetime) -> None:
    Creneau.objects.filter(pk=creneau.pk).update(debut=jour, fin=jour + timedelta(hours=3))
    creneau.refresh_from_db()


@pytest.fixture(autouse=True)
def un_mardi(suivi: Suivi) -> None:
    """Whatever the day of the tests, the slot is on a Tuesday to come."""
    deplacer(suivi.creneau, datetime(2031, 1, 14, 8, tzinfo=timezone.get_default_timezone()))


def test_rien_a_dire_d_un_creneau_sage(suivi: Suivi) -> None:
    signer(suivi, appareil="a", empreinte="f" * 64)
    signer(suivi, appareil="b", signee_le=suivi.creneau.debut)
    assert codes(suivi.creneau) == []


def test_un_meme_dessin_pour_deux_personnes_ou_deux_creneaux(suivi: Suivi) -> None:
    ailleurs = poser(suivi.creneau.session, suivi.monde)
    signer(suivi, empreinte="f" * 64)
    assert codes(suivi.creneau) == []
    signer(suivi, creneau=ailleurs, empreinte="f" * 64)
    assert codes(suivi.creneau) == ["meme_dessin"]


@pytest.mark.parametrize(("ecart", "dits"), [(9, ["a_la_suite"]), (10, [])])
def test_a_la_chaine_sur_une_tablette(suivi: Suivi, ecart: int, dits: list[str]) -> None:
    debut = suivi.creneau.debut
    signer(suivi, appareil="t", signee_le=debut)
    signer(suivi, autre(suivi), appareil="t", signee_le=debut + timedelta(seconds=ecart))
    assert codes(suivi.creneau) == dits


def test_un_telephone_pour_deux_personnes(suivi: Suivi) -> None:
    signer(suivi, moyen="code", appareil="t")
    assert codes(suivi.creneau) == []
    signer(suivi, autre(suivi), moyen="code", appareil="t", signee_le=suivi.creneau.fin)
    assert codes(suivi.creneau) == ["meme_telephone"]


@pytest.mark.parametrize(
    ("depuis", "minutes", "dits"),
    [
        ("debut", -15, []),
        ("debut", -16, ["hors_du_temps"]),
        ("fin", 30, []),
        ("fin", 31, ["hors_du_temps"]),
    ],
)
def test_hors_du_creneau(suivi: Suivi, depuis: str, minutes: int, dits: list[str]) -> None:
    instant = getattr(suivi.creneau, depuis) + timedelta(minutes=minutes)
    signer(suivi, signee_le=instant)
    assert codes(suivi.creneau) == dits


@pytest.mark.parametrize(
    ("depuis", "minutes", "dits"), [("debut", -1, ["toutes_avant"]), ("fin", 1, ["toutes_apres"]), ("debut", 0, [])]
)  # fmt: skip
def test_toutes_avant_ou_apres(suivi: Suivi, depuis: str, minutes: int, dits: list[str]) -> None:
    instant = getattr(suivi.creneau, depuis) + timedelta(minutes=minutes)
    signer(suivi, signee_le=instant)
    signer(suivi, autre(suivi), signee_le=instant)
    assert codes(suivi.creneau) == dits


@pytest.mark.parametrize(
    ("jour", "dits"),
    [
        ((2031, 1, 12), ["jour_ferme"]),
        ((2031, 5, 1), ["jour_ferme"]),
        ((2031, 1, 13), []),
    ],
    ids=["dimanche", "ferie", "lundi"],
)
def test_un_jour_ferme(suivi: Suivi, jour: tuple[int, int, int], dits: list[str]) -> None:
    deplacer(suivi.creneau, datetime(*jour, 9, tzinfo=suivi.creneau.session.site.fuseau))
    assert codes(suivi.creneau) == dits


def test_a_deux_endroits(suivi: Suivi) -> None:
    ailleurs = poser(suivi.creneau.session, suivi.monde)
    deplacer(ailleurs, suivi.creneau.fin)
    assert codes(suivi.creneau, ailleurs) == []
    deplacer(ailleurs, suivi.creneau.fin - timedelta(minutes=1))
    assert codes(suivi.creneau) == ["formateur_ailleurs"]
    Creneau.objects.filter(pk=ailleurs.pk).update(formateur=None)
    signer(suivi)
    signer(suivi, creneau=ailleurs, signee_le=ailleurs.debut)
    assert codes(suivi.creneau) == ["personne_ailleurs"]
    Creneau.objects.filter(pk=ailleurs.pk).update(etat=EtatDeCreneau.ANNULE)
    assert codes(suivi.creneau, ailleurs) == []


def test_sans_contresignature(suivi: Suivi) -> None:
    deplacer(suivi.creneau, datetime(2025, 1, 14, 8, tzinfo=timezone.get_default_timezone()))
    assert codes(suivi.creneau) == ["sans_contresignature"]
    Creneau.objects.filter(pk=suivi.creneau.pk).update(etat="gele", gele_le=timezone.now())
    assert codes(suivi.creneau) == []


@pytest.mark.parametrize(("minutes", "dits"), [(15, []), (16, ["contresigne_avant"])])
def test_contresigne_avant_la_fin(suivi: Suivi, minutes: int, dits: list[str]) -> None:
    gele = suivi.creneau.fin - timedelta(minutes=minutes)
    Creneau.objects.filter(pk=suivi.creneau.pk).update(etat="gele", gele_le=gele)
    assert codes(suivi.creneau) == dits


def test_notee_absente_et_signee(suivi: Suivi) -> None:
    signer(suivi)
    Presence.objects.create(
        creneau=suivi.creneau, parcours=suivi.parcours, nature="absent", minutes=0, signee=False,
        etat="vigueur", dite_le=timezone.now(),
    )  # fmt: skip
    assert codes(suivi.creneau) == ["absente_signee"]


def test_une_signature_mise_de_cote_ne_compte_pas(suivi: Suivi) -> None:
    signer(suivi, signee_le=suivi.creneau.debut - timedelta(days=1), etat="ecartee")
    assert codes(suivi.creneau) == []


@pytest.mark.parametrize(
    "colonnes", [{"etat": EtatDeCreneau.ANNULE}, {"modalite": ModaliteDeCreneau.A_DISTANCE}]
)
def test_rien_ne_se_dit_d_un_creneau_annule_ou_sans_horaire(
    suivi: Suivi, colonnes: dict[str, str]
) -> None:
    signer(suivi, signee_le=suivi.creneau.debut - timedelta(days=1))
    Creneau.objects.update(**colonnes)
    assert codes(suivi.creneau) == []


def test_chaque_motif_a_sa_source_et_sa_force() -> None:
    assert all(un.source and un.force and un.titre for un in motifs().values())
    assert (seuil("avant"), seuil("apres"), seuil("contresignature")) == (15, 30, 15)


def test_les_requetes_ne_suivent_pas_le_nombre_de_creneaux(suivi: Suivi) -> None:
    signer(suivi)
    tous = [suivi.creneau, *(poser(suivi.creneau.session, suivi.monde) for _ in range(8))]
    comptees = []
    for lot in (tous[:1], tous):
        with CaptureQueriesContext(connection) as faites:
            codes(*lot)
        comptees.append(len(faites))
    assert comptees[0] == comptees[1]


def test_la_page_de_la_session_les_montre_a_l_organisme(suivi: Suivi) -> None:
    signer(suivi, signee_le=suivi.creneau.debut - timedelta(hours=1))
    page = f"/espace/sessions/{suivi.creneau.session_id}/presences/"
    bob = Client()
    bob.force_login(suivi.monde.bob)
    assert "À regarder avant de faire un certificat" in bob.get(page).content.decode()
    charlie = Client()
    charlie.force_login(suivi.monde.charlie)
    assert charlie.get(page).status_code == 404
