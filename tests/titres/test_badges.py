"""Badges: verified by an implementation apart from what signs them; a bit changed is seen, and a title withdrawn."""

from __future__ import annotations

import base64
import gzip
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.conf import settings as reglages

from binome.cli.badges import commande
from binome.comptes.acteur import Acteur
from binome.journal.reconciliation import differences
from binome.titres import badges
from binome.titres.badges import PLACES
from binome.titres.cles import CleAbsente, preparer_la_premiere, tourner
from binome.titres.credential import (
    badge_signe,
    bits_codes,
    did,
    document_du_did,
    empreinte_du_numero,
    etats_signes,
)
from binome.titres.delivrance import delivrer
from binome.titres.etats import NatureDeTitre
from binome.titres.models import Badge, CleDeBadge
from binome.titres.verifier_un_badge import BadgeRefuse, verifier_un_badge
from tests.titres.monde import certifiable, en_jury
from tests.titres.test_delivrance import revoquer

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.titres.models import Titre
    from binome.titres.verifier_un_badge import BadgeLu
    from tests.dossiers.monde import Monde


@pytest.fixture
def titre(monde: Monde, tmp_path: Path, settings: Settings) -> Titre:
    """A parchemin, and a key in a folder of its own."""
    settings.DONNEES = tmp_path
    delivre = delivrer(certifiable(monde), en_jury(monde))
    tourner()
    return delivre


def verifie(texte: str, etats: str | None = None) -> BadgeLu:
    tous = etats if etats is not None else etats_signes(1)
    assert tous is not None
    return verifier_un_badge(texte, document_du_did(), tous, int(time.time()))


def test_un_badge_dit_ce_qui_est_certifie_et_ne_nomme_personne(titre: Titre) -> None:
    entier, *blocs = titre.badges.order_by("bloc")
    signe = badge_signe(entier)
    assert signe == badge_signe(entier)
    lu = verifie(signe)
    assert (lu.nom, lu.retire) == ("Spécimen, sans valeur : CQP Assistant médical", False)
    assert lu.empreinte == empreinte_du_numero(titre.numero, lu.sel)
    assert verifie(badge_signe(blocs[2])).nom.endswith(
        "bloc 3 seulement : Gestion du risque contaminant et sécurité sanitaire"
    )
    charge = json.dumps(_charge(signe), ensure_ascii=False)
    for secret in ("Léa", "Exemple", "1984-05-03", "lea@", titre.numero, titre.jeton):
        assert secret not in charge
    assert len(signe) < 3500


def _charge(signe: str) -> dict[str, Any]:

    corps = signe.split(".")[1]
    lue: dict[str, Any] = json.loads(base64.urlsafe_b64decode(corps + "=" * (-len(corps) % 4)))
    return lue


@pytest.mark.parametrize("pas", [61, pytest.param(1, marks=pytest.mark.long(12))])
def test_un_bit_change_n_importe_ou_rompt_le_badge_ou_la_liste(titre: Titre, pas: int) -> None:
    signe, etats = badge_signe(titre.badges.get(bloc=0)), etats_signes(1)
    assert etats is not None
    cles, maintenant = document_du_did(), int(time.time())
    for quel in (0, 1):
        octets = (signe if quel == 0 else etats).encode()
        essais = [*range(0, 8 * len(octets), pas), *range(8 * len(octets) - 8, 8 * len(octets))]
        for bit in essais:
            change = bytearray(octets)
            change[bit // 8] ^= 1 << bit % 8
            texte = bytes(change).decode("latin-1")
            with pytest.raises(BadgeRefuse):
                verifier_un_badge(
                    texte if quel == 0 else signe, cles, texte if quel == 1 else etats, maintenant
                )


def test_un_titre_retire_se_voit_et_ses_voisins_tiennent(monde: Monde, titre: Titre) -> None:
    autre = delivrer(certifiable(monde, (2,)), Acteur(monde.ana), nature=NatureDeTitre.BLOCS)
    siens = [badge_signe(un) for un in titre.badges.all()]
    avant = etats_signes(1)
    assert not any(verifie(un).retire for un in siens)
    revoquer(titre, Acteur(monde.ana))
    assert all(verifie(un).retire for un in siens)
    assert not verifie(badge_signe(autre.badges.get())).retire
    assert not any(verifie(un, avant).retire for un in siens)
    assert not list(differences())


def test_une_liste_d_avant_le_retrait_ne_sert_pas_longtemps(monde: Monde, titre: Titre) -> None:
    badge, avant = badge_signe(titre.badges.get(bloc=0)), etats_signes(1)
    assert avant is not None
    assert avant == etats_signes(1)
    revoquer(titre, Acteur(monde.ana))
    dans_trois_jours = int(time.time()) + 3 * 86_400
    with pytest.raises(BadgeRefuse, match="trop ancienne"):
        verifier_un_badge(badge, document_du_did(), avant, dans_trois_jours)
    assert _charge(avant)["validUntil"] > _charge(avant)["validFrom"]


def test_une_cle_remplacee_verifie_encore_et_une_cle_connue_plus(titre: Titre) -> None:
    badge = titre.badges.get(bloc=0)
    avec_la_premiere = badge_signe(badge)
    premiere = CleDeBadge.objects.get(sert=True)
    tourner()
    assert not verifie(avec_la_premiere).retire
    assert badge_signe(badge) != avec_la_premiere
    with pytest.raises(ValueError, match="Aucune clé"):
        tourner(compromises=["cle-inconnue"])
    lance = CliRunner().invoke(commande, ["tourner", "--compromise", premiere.code])
    assert lance.exit_code == 0, lance.output
    with pytest.raises(BadgeRefuse, match="n’est pas une clé"):
        verifie(avec_la_premiere)
    assert not verifie(badge_signe(badge)).retire
    dites = CliRunner().invoke(commande, ["cles"]).output.splitlines()
    assert [ligne.split(" : ")[1].split(",")[0] for ligne in dites] == [
        "ne vérifie plus", "vérifie encore", "signe",
    ]  # fmt: skip
    fichiers = list((reglages.DONNEES / "cles-des-badges").iterdir())
    assert [un.stat().st_mode & 0o777 for un in fichiers] == [0o600]
    assert not list(differences())


def test_sans_cle_rien_ne_se_signe_et_la_premiere_vient_seule(
    monde: Monde, tmp_path: Path, settings: Settings, client: Client
) -> None:
    settings.DONNEES = tmp_path
    assert preparer_la_premiere() == 0
    titre = delivrer(certifiable(monde), en_jury(monde))
    with pytest.raises(CleAbsente):
        badge_signe(titre.badges.get(bloc=0))
    assert client.get("/badges/etats/1/").status_code == 503
    assert (preparer_la_premiere(), preparer_la_premiere()) == (1, 0)
    reponse = client.get("/badges/etats/1/")
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/vc+jwt")
    assert client.get("/badges/etats/2/").status_code == 404
    document = client.get("/badges/did.json").json()
    assert document["id"] == did() == document["verificationMethod"][0]["controller"]
    client.force_login(monde.lea)
    remis = client.get(f"/espace/titres/{titre.pk}/badge-3.jwt")
    assert not verifier_un_badge(
        remis.content.decode(), document, reponse.content.decode(), int(time.time())
    ).retire
    client.force_login(monde.alice)
    assert client.get(f"/espace/titres/{titre.pk}/badge-3.jwt").status_code == 404


def test_les_bits_sont_ecrits_le_plus_fort_d_abord_et_la_liste_reste_courte() -> None:
    for indices in ([], [0], [7, 8], [PLACES - 1]):
        code = bits_codes(indices)
        bits = gzip.decompress(base64.urlsafe_b64decode(code[1:] + "=" * (-len(code[1:]) % 4)))
        assert len(bits) * 8 == PLACES
        assert [k for k in range(PLACES) if bits[k // 8] >> (7 - k % 8) & 1] == indices
    assert len(bits_codes([12345])) < 100


def test_un_indice_ne_sert_qu_une_fois(
    monde: Monde, titre: Titre, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(badges, "AU_PLUS", 6)
    tires = iter([badge.indice for badge in titre.badges.all()] + [4, 9, 4, 9, 11])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(tires))
    autre = delivrer(certifiable(monde, (1, 2, 4)), Acteur(monde.ana), nature=NatureDeTitre.BLOCS)
    assert [(un.liste, un.indice) for un in autre.badges.order_by("bloc")] == [
        (1, 4),
        (2, 9),
        (2, 4),
    ]
    assert Badge.objects.count() == 8
