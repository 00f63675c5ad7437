"""What is kept of people in épreuves: told in their archive, forgotten with their dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.dossiers.effacement import anonymiser
from binome.dossiers.models import Dossier
from binome.epreuves.accorder import accorder, donner_un_avis, noter_l_afgsu
from binome.epreuves.envois import CompetenceJugee
from binome.epreuves.etats import EtatDePassation
from binome.epreuves.models import Amenagement, AvisDeTuteur, Grille, Passation, VerdictDeCompetence
from binome.epreuves.registre import archiver
from binome.journal.reconciliation import differences
from tests.epreuves.monde import examen, grille, prevue, rendre

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde

MOT = "Geste sûr, rien à redire."


def test_ce_qui_est_ecrit_d_une_personne_se_lit_puis_s_efface(monde: Monde) -> None:
    un = examen(monde)
    accorder(un.parcours, {"mesure": "materiel", "precision": MOT}, un.alice)
    passation = prevue(un)
    rendre(un.bob, grille(passation, lignes=(CompetenceJugee("B1M1C1", "acquis", MOT),)))
    donner_un_avis(un.parcours, 1, "acquis", MOT, un.binome.tutrice)
    noter_l_afgsu(un.parcours, timezone.localdate(), "CESU d’exemple", un.alice)
    dossier = Dossier.objects.get(pk=un.parcours.dossier_id)
    archive = archiver(dossier)
    assert [len(archive[un]) for un in archive] == [1] * 5
    dits = {"grilles": "observation", "avis_du_tuteur": "observation", "amenagements": "precision"}
    assert {archive[un][0][champ] for un, champ in dits.items()} == {MOT}
    assert anonymiser(dossier.pk, auteur="systeme", motif="terme")
    assert not VerdictDeCompetence.objects.exclude(observation="").exists()
    assert not AvisDeTuteur.objects.exclude(observation="").exists()
    assert not Amenagement.objects.exclude(precision="").exists()
    assert not Grille.objects.exclude(appareil="").exists()
    assert VerdictDeCompetence.objects.get().verdict == "acquis"
    assert Passation.objects.get().etat == EtatDePassation.PASSEE
    assert list(differences()) == []
    assert "effacé" in rendre(un.bob, grille(passation))[0].phrase
