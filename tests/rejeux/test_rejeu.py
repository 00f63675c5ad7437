"""A rule tried on the live dossiers: who changes, because of what, and that nothing moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.comptes.acteur import Acteur
from binome.dossiers import services
from binome.dossiers.models import Dossier, Fait, Rejeu
from binome.dossiers.positionnement import positionner_dossier
from binome.gestes.refus import GesteImpossible
from binome.journal.models import Entree
from binome.regles.courante import base_courante, ouvrir
from binome.regles.lot import decider_lot
from binome.regles.metiers.positionnement import positionner
from binome.rejeux.lecture import lire_en_jeu
from binome.rejeux.services import demander, lignes_de, rejouer
from tests.dossiers.monde import brouillon, depose, propose

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from tests.dossiers.monde import Monde


def _niveau_3(monde: Monde) -> Dossier:
    return depose(monde, diplomes=[], niveau_diplome=3, experience_secretaire_mois=0)


def test_le_rejeu_lit_les_dossiers_comme_la_reponse_scalaire(monde: Monde) -> None:
    """What is proven holds over what is declared, and the columns say what one dossier is told."""
    faits: list[dict[str, object]] = [
        {},
        {"diplomes": [], "niveau_diplome": 3, "experience_secretaire_mois": 0},
        {"diplomes": ["ide", "secretaire_medical"]},
        {"afgsu_niveau": 2},
        {"niveau_diplome": None},
    ]
    dossiers = [depose(monde, **un) for un in faits] + [propose(monde)]
    base = base_courante().vue("positionnement")
    (frame,) = lire_en_jeu((base,))
    decides = {un["reference"]: un for un in decider_lot(frame, base).to_dicts()}
    assert set(decides) == {un.reference for un in dossiers}
    for dossier in dossiers:
        lus = positionner_dossier(dossier)
        attendu = positionner(base, base.lire({**lus.faits_declares, **lus.faits_prouves}))
        decide = decides[dossier.reference]
        assert (decide["voie"], decide["minutes_total"]) == (attendu.voie, attendu.minutes["total"])


def test_un_rejeu_dit_qui_change_et_a_cause_de_quoi(monde: Monde) -> None:
    gagnant = _niveau_3(monde)
    depose(monde)
    brouillon(monde, diplomes=[], niveau_diplome=3, experience_secretaire_mois=0)
    retire = _niveau_3(monde)
    services.retirer(retire, Acteur(monde.alice), version=retire.version)
    resultat = rejouer("courante+igas-8")
    assert resultat.lus == 2
    (ligne,) = resultat.lignes.to_dicts()
    assert ligne["reference"] == gagnant.reference
    assert (ligne["voie"], ligne["voie_apres"], ligne["g_admis"]) == ("refus", "cqp", True)
    assert not ligne["g_plus"], "no route before: the hours to come are no loss"
    assert "prerequis.igas-8" in ligne["regles"].split(";")
    dite = resultat.bilan["regles"]["prerequis.igas-8"]
    assert dite["avant"] is None
    assert dite["apres"]["sources"]
    assert resultat.bilan["groupes"]["admis"] == 1
    assert resultat.base_apres == ouvrir("courante+igas-8").empreinte


def test_un_rejeu_ne_touche_ni_les_dossiers_ni_les_decisions(monde: Monde) -> None:
    dossier = propose(monde)
    avant = list(Dossier.objects.values()), list(dossier.propositions.values())
    demander("igas-8", Acteur(monde.emma))
    assert (list(Dossier.objects.values()), list(dossier.propositions.values())) == avant
    assert dossier.propositions.get().base == base_courante().vue("positionnement").empreinte
    entree = Entree.objects.order_by("-rang").first()
    assert entree is not None
    assert (entree.geste, entree.auteur) == ("rejeu.faire", f"personne:{monde.emma.pk}")


def test_seule_la_branche_rejoue(monde: Monde) -> None:
    for qui in (monde.alice, monde.lea):
        with pytest.raises(GesteImpossible, match="Seule la branche"):
            demander("igas-8", Acteur(qui))
    with pytest.raises(GesteImpossible, match="Choisissez"):
        demander("courante", Acteur(monde.emma))
    assert not Rejeu.objects.exists()


def test_une_base_candidate_illisible_est_nommee(
    monde: Monde, tmp_path: Path, settings: Settings
) -> None:
    settings.REGLES_CANDIDATES = [str(tmp_path / "mars")]
    with pytest.raises(GesteImpossible, match="ne se lit pas"):
        demander("dossier-mars", Acteur(monde.emma))


def test_les_pages_du_rejeu(client: Client, monde: Monde) -> None:
    gagnant = _niveau_3(monde)
    depose(monde)
    client.force_login(monde.emma)
    assert "Aucune règle n’a encore été essayée" in client.get("/espace/rejeu/").content.decode()
    assert client.post("/espace/rejeu/", {"candidate": "x"}).status_code == 422
    reponse = client.post("/espace/rejeu/", {"candidate": "igas-8"})
    fait = Rejeu.objects.get()
    assert reponse["Location"] == f"/espace/rejeu/{fait.pk}/"
    page = client.get(reponse["Location"]).content.decode()
    assert gagnant.reference in page
    assert "Une voie s’ouvre" in page
    assert "prerequis.igas-8" in page
    filtree = client.get(f"/espace/rejeu/{fait.pk}/?groupe=refuses&regle=rien&page=x")
    assert gagnant.reference not in filtree.content.decode()
    export = client.get(f"/espace/rejeu/{fait.pk}/export/?groupe=admis")
    assert gagnant.reference in export.content.decode("utf-8-sig")
    client.force_login(monde.alice)
    for adresse in ("", f"{fait.pk}/", f"{fait.pk}/export/"):
        assert client.get(f"/espace/rejeu/{adresse}").status_code == 404
    assert client.post("/espace/rejeu/", {"candidate": "igas-8"}).status_code == 404


def test_seuls_les_derniers_rejeux_sont_gardes(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("binome.rejeux.services.GARDES", 2)
    faits = [demander("igas-8", Acteur(monde.emma)).pk for _ in range(3)]
    assert set(Rejeu.objects.values_list("pk", flat=True)) == set(faits[1:])
    assert lignes_de(Rejeu.objects.get(pk=faits[2])).height == 0


@pytest.mark.long(240)
def test_cent_cinquante_mille_dossiers(monde: Monde) -> None:
    """Several slices, and the counts of all."""
    modele = depose(monde)
    valeurs = list(modele.faits.values_list("nom", "valeur"))
    Dossier.objects.bulk_create(
        (
            Dossier(
                reference=f"BM-{rang}", etat="depose", organisme=monde.organisme, nom="A",
                prenom="B", naissance=modele.naissance, depose_le=modele.depose_le, exemple=True,
            )
            for rang in range(150_000)
        ),
        batch_size=2000,
    )  # fmt: skip
    pks = list(Dossier.objects.exclude(pk=modele.pk).order_by("pk").values_list("pk", flat=True))
    Fait.objects.bulk_create(
        (
            Fait(
                dossier_id=pk, nom=nom, origine="declare",
                valeur=(3 + rang % 4) if nom == "niveau_diplome"
                else rang % 80 if nom == "experience_secretaire_mois"
                else [] if nom == "diplomes" else valeur,
            )
            for rang, pk in enumerate(pks)
            for nom, valeur in valeurs
        ),
        batch_size=5000,
    )  # fmt: skip
    resultat = rejouer("courante+igas-8")
    assert resultat.lus == 150_001
    assert 0 < resultat.bilan["groupes"]["admis"] <= 37_500


def test_le_terminal_rejoue_et_exporte(monde: Monde, tmp_path: Path) -> None:
    from click.testing import CliRunner  # noqa: PLC0415 - only here

    from binome.cli.dossiers import commande  # noqa: PLC0415

    gagnant = _niveau_3(monde)
    fichier = tmp_path / "rejeu.csv"
    resultat = CliRunner().invoke(
        commande, ["rejouer", "--base", "courante+igas-8", "--export", str(fichier)]
    )
    assert resultat.exit_code == 0, resultat.exception
    assert "Dossiers en cours rejoués : 1. Changent : 1." in resultat.output
    assert "prerequis.igas-8" in resultat.output
    assert gagnant.reference in fichier.read_text(encoding="utf-8-sig")
    refus = CliRunner().invoke(commande, ["rejouer", "--base", str(tmp_path / "rien")])
    assert getattr(refus.exception, "code", 0) == 2
    assert not Rejeu.objects.exists()
