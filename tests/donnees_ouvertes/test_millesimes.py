"""What was published stays, under its address; what gives away a hidden figure does not go out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from binome.donnees_ouvertes import ecrire, millesimes
from binome.donnees_ouvertes.catalogue import JEUX
from binome.donnees_ouvertes.millesimes import garder, publication
from binome.donnees_ouvertes.models import Millesime
from binome.secret.audit import PublicationRefusee
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client

    from binome.donnees_ouvertes.ecrire import FichierOuvert

pytestmark = pytest.mark.django_db
POSTGRESQL = pytest.mark.postgresql


def _change(monkeypatch: pytest.MonkeyPatch, nom: str, contenu: bytes) -> FichierOuvert:
    """A dataset that is not as it was any more."""
    avant = ecrire.fichier(nom)
    apres = replace(avant, contenu=contenu, empreinte=hashlib.sha256(contenu).hexdigest())
    monkeypatch.setattr(
        millesimes, "fichier", lambda un: apres if un == nom else ecrire.fichier(un)
    )
    return apres


def test_un_jeu_qui_ne_change_pas_n_est_garde_qu_une_fois() -> None:
    assert garder() == len(JEUX)
    assert garder() == 0


def test_l_adresse_d_un_millesime_ne_change_jamais(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    garder()
    avant = ecrire.fichier("taches")
    adresse = f"/donnees/taches/{avant.empreinte}.csv"
    premiere = client.get(adresse)
    assert premiere.content == avant.contenu
    assert hashlib.sha256(premiere.content).hexdigest() == avant.empreinte
    assert "immutable" in premiere["Cache-Control"]
    assert f"taches-{timezone.localdate()}.csv" in premiere["Content-Disposition"]

    apres = _change(monkeypatch, "taches", b"code\nA1\n")
    assert garder() == 1
    assert client.get(adresse).content == avant.contenu
    assert client.get(f"/donnees/taches/{apres.empreinte}.csv").content == b"code\nA1\n"
    page = lire(client, "/donnees/taches/")
    assert page.texte.count("celui d’aujourd’hui") == 1
    assert adresse in page.liens
    assert f"/donnees/taches/{apres.empreinte}.csv" in page.liens


def test_un_jeu_qui_revient_garde_son_adresse_et_dit_son_nouveau_jour(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    garder()
    _change(monkeypatch, "taches", b"code\nA1\n")
    garder()
    monkeypatch.setattr(millesimes, "fichier", ecrire.fichier)
    demain = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: demain)
    assert garder() == 1
    assert next(un.jour for un in millesimes.millesimes("taches")) == demain
    un = ecrire.fichier("taches")
    assert client.get(f"/donnees/taches/{un.empreinte}.csv").content == un.contenu


@POSTGRESQL
@pytest.mark.parametrize("geste", ["modifier", "effacer"])
def test_la_base_refuse_de_changer_ou_d_effacer_un_millesime(geste: str) -> None:
    garder()
    tous = Millesime.objects.filter(jeu="taches")
    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        tous.update(lignes=1) if geste == "modifier" else tous._raw_delete(connection.alias)
    assert tous.count() == 1


def test_une_publication_qui_laisse_deduire_n_est_pas_gardee(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The contracts of one département hidden, those of its region and of its neighbours shown."""
    vrai = ecrire.fichier("contrats")
    lignes = tuple(
        (*ligne[:3], None, "S") if (ligne[1], ligne[2]) == ("departement", "2A") else ligne
        for ligne in vrai.lignes
    )
    troue = replace(vrai, lignes=lignes)
    monkeypatch.setattr(
        millesimes, "fichier", lambda nom: troue if nom == "contrats" else ecrire.fichier(nom)
    )
    with pytest.raises(PublicationRefusee, match="departement, 2A, 2022-12-31") as refus:
        garder()
    assert len(refus.value.fuites) == 5
    assert "moins « departement, 2B, 2022-12-31 »" in refus.value.fuites[0].comment
    assert not Millesime.objects.exists()


def test_les_sommes_du_vrai_tableau_tombent_juste() -> None:
    publiee = publication(ecrire.fichier("contrats"))
    for somme in publiee.sommes:
        assert publiee.valeurs[somme.total] == sum(publiee.valeurs[une] or 0 for une in somme.parts)
