"""The national set of made-up dossiers: the same from a seed, true to the figures, labelled everywhere."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from binome.cli.exemples import charger as charger_en_disant
from binome.comptes.models import Organisation, Personne
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier, Piece
from binome.dossiers.rayons import PIECES
from binome.epreuves.etats import EtatDePassation
from binome.epreuves.models import Amenagement, Passation
from binome.exemples.acces import MOT_DE_PASSE, comptes
from binome.exemples.chapitre import DejaServie
from binome.exemples.dossiers import calibrage
from binome.exemples.dossiers.tirage import Tirage
from binome.exemples.livret import AU_DELA
from binome.exemples.monde import charger
from binome.gestes.recit import recit
from binome.journal.chaine import verifier
from binome.lettres.lettre import verifier_sceau
from binome.livret.etats import EtatDeCarte
from binome.livret.models import Appreciation, CarteDeSemaine, Glissement
from tests.dossiers.monde import Monde, brouillon
from tests.exemples.jeu import JOUR, jouer

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.exemples.dossiers.tirage import Tire


def tirer(nombre: int, graine: int = 1) -> list[Tire]:
    return list(Tirage(graine, JOUR).tirer(nombre))


@pytest.fixture
def jeu(db: None, tmp_path: Path, settings: Settings) -> None:
    """A small set in an empty database."""
    jouer(settings, tmp_path / "fichiers")


@cache
def beaucoup() -> list[Tire]:
    """Enough for parts to be what they will be, drawn once."""
    return tirer(20_000)


def part(tires: list[Tire], trait: str) -> dict[str, float]:
    """Per mille of each value of a trait."""
    compte = Counter(str(getattr(un, trait)) for un in tires if getattr(un, trait))
    total = sum(compte.values())
    return {valeur: 1000 * nombre / total for valeur, nombre in compte.items()}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("trait", "table"),
    [("sexe", calibrage.SEXES), ("profil", calibrage.PROFILS), ("diplome", calibrage.DIPLOMES)],
)
def test_le_jeu_suit_les_tables_publiees(trait: str, table: Any) -> None:
    assert table.source.startswith("igas-2023")
    lues = part(beaucoup(), trait)
    for valeur, attendue in table.parts.items():
        assert lues[valeur] == pytest.approx(attendue, abs=12), (trait, valeur)


@pytest.mark.sqlite
def test_deux_tiers_n_ont_aucune_dispense() -> None:
    cqp = [un for un in beaucoup() if not un.profil.startswith(("ide", "aide_", "aux"))]
    exempts = sum(bool(un.faits["diplomes"]) for un in cqp)
    assert 1000 - 1000 * exempts / len(cqp) == pytest.approx(calibrage.SANS_DISPENSE, abs=40)


@pytest.mark.sqlite
def test_l_age_moyen_est_celui_du_rapport() -> None:
    ages = [
        (date.fromisoformat(un.faits["date_entree"]) - un.identite["naissance"]).days / 365.25
        for un in beaucoup()
    ]
    assert sum(ages) / len(ages) == pytest.approx(calibrage.AGE_MOYEN, abs=0.5)


@pytest.mark.sqlite
def test_chaque_table_dit_d_ou_elle_vient() -> None:
    tables = [un for un in vars(calibrage).values() if isinstance(un, calibrage.Repartition)]
    assert len(tables) > 6
    assert all(une.source or une.hypothese for une in tables)


@pytest.mark.sqlite
def test_la_meme_graine_donne_le_meme_jeu() -> None:
    assert tirer(200) == tirer(200)
    assert tirer(200) != tirer(200, graine=2)


@pytest.mark.usefixtures("jeu")
def test_tout_y_est_marque_exemple_et_le_journal_tient() -> None:
    assert Dossier.objects.count() == 60
    for modele in (Dossier, Personne, Organisation):
        assert not modele.objects.filter(exemple=False).exists()
    assert all(un.courriel.endswith(".invalid") for un in Personne.objects.order_by("pk"))
    assert verifier() is None
    assert Decision.objects.exists()
    piece = Piece.objects.order_by("pk").first()
    assert piece is not None
    assert b"Exemple de document" in PIECES.lire(piece.fichier)


@pytest.mark.usefixtures("jeu")
def test_les_lettres_y_sont_parties_et_des_jours_y_sont_a_venir(
    client: Client, settings: Settings
) -> None:
    settings.SECOND_FACTEUR_EXIGE = False
    scellees = Decision.objects.exclude(sceau="").order_by("pk")
    assert len(scellees) == 20
    for une in scellees[:3]:
        assert verifier_sceau(une) is None
    attendus = Dossier.objects.filter(etat=Etat.A_COMPLETER).order_by("pk")
    assert attendus
    for dossier in attendus:
        assert dossier.echeance is not None
        assert dossier.echeance > JOUR
    client.post(
        "/compte/connexion/", {"login": "candidat@exemple.invalid", "password": MOT_DE_PASSE}
    )
    suivi = Dossier.objects.get(candidat__isnull=False)
    dit = client.get(f"/espace/dossiers/{suivi.reference}/").content.decode()
    lettre = f"/espace/lettres/{suivi.decisions.get().pk}/"
    assert lettre in dit
    assert "délai fixé par la branche" in dit
    assert b"".join(client.get(lettre)).startswith(b"%PDF")


@pytest.mark.usefixtures("jeu")
def test_des_binomes_y_remplissent_leur_carte_et_d_autres_non() -> None:
    etats = set(CarteDeSemaine.objects.order_by("pk").values_list("etat", flat=True))
    assert etats == {EtatDeCarte.OUVERTE, EtatDeCarte.SIGNEE}
    assert Glissement.objects.filter(appreciation__phrase=AU_DELA).exists()
    assert Appreciation.objects.exclude(carte__parcours__dossier__exemple=True).count() == 0


@pytest.mark.usefixtures("jeu")
def test_des_epreuves_y_sont_passees_manquees_et_a_venir() -> None:
    etats = set(Passation.objects.values_list("etat", flat=True))
    assert etats == {EtatDePassation.PREVUE, EtatDePassation.PASSEE, EtatDePassation.ABSENTE}
    assert {un.temps.denominator for un in Amenagement.objects.filter(mesure="temps")} == {3}


@pytest.mark.usefixtures("jeu")
def test_le_fil_dit_ce_que_sont_devenues_les_pieces() -> None:
    vus = set()
    for dossier in Dossier.objects.exclude(etat=Etat.BROUILLON).order_by("pk"):
        dits = [un.mot for un in recit(FLUX, dossier, interne=True) for _ in range(un.fois)]
        etats = list(dossier.pieces.order_by("pk").values_list("etat", flat=True))
        assert sum("Pièce acceptée" in un for un in dits) == etats.count(EtatDePiece.ACCEPTEE)
        assert sum("Pièce refusée" in un for un in dits) == etats.count(EtatDePiece.REFUSEE)
        vus |= set(etats)
    assert vus == {EtatDePiece.RECUE, EtatDePiece.ACCEPTEE, EtatDePiece.REFUSEE}


@pytest.mark.usefixtures("jeu")
def test_un_compte_par_role_y_entre(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTEUR_EXIGE = False  # as in a demonstration, which has no phone
    for un in comptes():
        client.post("/compte/connexion/", {"login": un.courriel, "password": MOT_DE_PASSE})
        accueil = client.get("/espace/")
        assert accueil.status_code == 200, un.role
        if un.role in ("gestionnaire", "examinateur", "candidat"):
            dossiers = client.get("/espace/dossiers/").content.decode()
            assert "Aucun dossier ici" not in dossiers, un.role
        client.post("/compte/deconnexion/")


def test_une_base_qui_sert_n_est_pas_touchee(monde: Monde) -> None:
    dossier = brouillon(monde)
    with pytest.raises(DejaServie, match="exemple"):
        charger(10, graine=1, jour=JOUR, mot_de_passe="x")
    Dossier.objects.filter(pk=dossier.pk).update(exemple=False)
    with pytest.raises(DejaServie, match="vrais dossiers"):
        charger(10, graine=1, jour=JOUR, mot_de_passe="x")
    assert Dossier.objects.count() == 1


def test_le_compteur_garde_sa_ligne(
    db: None, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a file, nothing goes back to the start of a line: the end was glued to the counter."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    charger_en_disant(3, 1, JOUR)
    dites = capsys.readouterr().err.strip().split("\n")
    assert len(dites) == 2
    assert dites[0].endswith("3 dossiers d’exemple sur 3")
    assert dites[1].startswith("Jeu d’exemple : 3 dossiers en ")
