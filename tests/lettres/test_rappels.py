"""Reminders: when each is due, to whom, once, and dropped when there is no longer a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.courrier.models import Avis
from binome.courrier.resume import GENRES
from binome.dossiers import services
from binome.dossiers.models import Dossier
from binome.lettres.rappels import ATTENDUS, oublier_ce_qui_est_fait, palier, rappeler
from binome.travaux import TRAVAUX
from tests.dossiers.monde import brouillon, depose, joindre, propose

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.dossiers.monde import Monde

ALICE, EMMA, LEA = "alice@exemple.fr", "emma@exemple.fr", "lea@exemple.fr"


def dans(monkeypatch: pytest.MonkeyPatch, jours: int) -> None:
    """Moves the clock from now on by days and a minute: a day is whole once it is past."""
    instant = timezone.localtime() + timedelta(days=jours, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: instant)


def dits(genre: str) -> list[tuple[str, str]]:
    """To whom, and what, in order."""
    return list(
        Avis.objects.filter(genre=genre).order_by("pk").values_list("destinataire", "texte")
    )


def demande(monde: Monde, **autres: Any) -> Dossier:
    """A dossier that the branch asks to complete."""
    dossier = depose(monde)
    return services.demander(
        dossier,
        Acteur(monde.emma),
        version=dossier.version,
        motif="Il manque le contrat.",
        **autres,
    )


@pytest.mark.parametrize(
    ("reste", "attendu"),
    [(15, None), (14, "avant-14"), (8, "avant-14"), (7, "avant-7"), (4, "avant-7"), (3, "avant-3"),
     (2, "avant-3"), (1, "avant-1"), (0, "avant-1"), (-1, "passee-0"), (-6, "passee-0"),
     (-7, "passee-1"), (-14, "passee-2")],
)  # fmt: skip
def test_les_paliers_d_une_echeance(reste: int, attendu: str | None) -> None:
    assert palier(reste) == attendu


def test_ce_qui_est_a_completer_se_rappelle_chaque_semaine(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = demande(monde)
    dans(monkeypatch, 6)
    assert rappeler() == 0
    # What is typed meanwhile does not put the reminder off: the branch still waits.
    services.declarer(
        dossier, {"experience_secretaire_mois": 25}, Acteur(monde.alice), version=dossier.version
    )
    dans(monkeypatch, 1)
    assert rappeler() == 2
    texte = "La branche attend que ce dossier soit complété depuis 7 jours."
    assert dits("completer") == [(ALICE, texte), (LEA, texte)]
    assert Avis.objects.filter(genre="completer", reference=dossier.reference).count() == 2
    assert rappeler() == 0, "une fois"
    dans(monkeypatch, 3)
    assert rappeler() == 0
    dans(monkeypatch, 4)
    assert rappeler() == 2
    assert dits("completer")[-1][1].endswith("depuis 14 jours.")


def test_un_rappel_sans_raison_s_oublie_avant_de_partir(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = demande(monde)
    dans(monkeypatch, 7)
    rappeler()
    assert oublier_ce_qui_est_fait() == 0
    services.completer(dossier, Acteur(monde.alice), version=dossier.version, confirme=True)
    rappeler()
    assert not Avis.objects.filter(genre="completer", caduc_le__isnull=True).exists()


def test_un_brouillon_se_rappelle_a_qui_gere_et_un_changement_remet_a_zero(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = brouillon(monde)
    dans(monkeypatch, 13)
    assert rappeler() == 0
    services.declarer(
        dossier, {"experience_secretaire_mois": 25}, Acteur(monde.alice), version=dossier.version
    )
    dans(monkeypatch, 13)
    assert rappeler() == 0
    dans(monkeypatch, 1)
    assert rappeler() == 1
    texte = "Ce brouillon n’a pas bougé depuis 14 jours. Déposez-le, ou retirez-le."
    assert dits("brouillon") == [(ALICE, texte)]


def test_une_echeance_se_rappelle_de_plus_en_plus_pres_a_qui_doit_agir(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    demande(monde, avant=timezone.localdate() + timedelta(days=20))
    textes = []
    for jours in (5, 1, 7, 4, 2, 1, 1, 7):
        dans(monkeypatch, jours)
        rappeler()
        textes.append(len(dits("echeance")))
    assert textes == [0, 1, 2, 3, 4, 4, 5, 6]
    assert {qui for qui, _ in dits("echeance")} == {ALICE}
    assert [texte for _, texte in dits("echeance")] == [
        "L’échéance de ce dossier est dans 14 jours.",
        "L’échéance de ce dossier est dans 7 jours.",
        "L’échéance de ce dossier est dans 3 jours.",
        "L’échéance de ce dossier est dans un jour.",
        "L’échéance de ce dossier est passée depuis un jour.",
        "L’échéance de ce dossier est passée depuis 8 jours.",
    ]


def test_ce_qui_est_a_l_examen_se_rappelle_a_la_branche(monde: Monde) -> None:
    dossier = depose(monde)
    Dossier.objects.filter(pk=dossier.pk).update(echeance=timezone.localdate())
    assert rappeler() == 1
    assert dits("echeance") == [(EMMA, "L’échéance de ce dossier est aujourd’hui.")]


def test_la_file_qui_attend_se_dit_une_fois_par_semaine(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    depose(monde)
    dans(monkeypatch, 13)
    assert rappeler() == 0
    depose(monde)
    dans(monkeypatch, 2)
    assert rappeler() == 1
    attendu = "Un dossier attend depuis plus de 14 jours ; le plus ancien, depuis 15 jours."
    assert dits("file") == [(EMMA, attendu)]
    assert rappeler() == 0
    dans(monkeypatch, 14)
    assert rappeler() == 1
    assert dits("file")[-1][1].startswith("2 dossiers attendent depuis plus de 14 jours")


def test_rien_ne_se_rappelle_de_qui_est_efface_ni_d_un_faux_dossier(
    monde: Monde, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    dossier = demande(monde)
    dans(monkeypatch, 30)
    settings.DEMONSTRATION = False
    assert rappeler() == 0, "un dossier d’exemple n’écrit à personne"
    settings.DEMONSTRATION = True
    Dossier.objects.filter(pk=dossier.pk).update(anonyme_le=timezone.now())
    assert rappeler() == 0
    Dossier.objects.filter(pk=dossier.pk).update(anonyme_le=None)
    assert rappeler() > 0


def test_ce_qui_est_decide_ne_se_rappelle_plus(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = propose(monde)
    joindre(monde, dossier, "afgsu")
    services.retirer(dossier, Acteur(monde.alice), version=Dossier.objects.get().version)
    dans(monkeypatch, 60)
    assert rappeler() == 0


def test_les_travaux_rappellent() -> None:
    assert next(un.faire for un in TRAVAUX if un.nom == "rappeler") is rappeler


def test_chaque_genre_de_rappel_a_ses_mots_dans_le_titre_du_jour() -> None:
    ailleurs = {"file", "conservation", "creneau", "demain", "apres_coup", "contrat"}
    assert {*ATTENDUS, *ailleurs} == GENRES.keys()
