"""What somebody tried against booklets, with the right values."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from binome.comptes.models import Appartenance
from binome.comptes.services import donner_role, retirer_role
from binome.dossiers.effacement import anonymiser
from binome.dossiers.models import Dossier
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.livret.attente import livrets_attendus
from binome.livret.etats import (
    CoteDuBinome,
    EtatDeCarte,
    EtatDeGlissement,
    EtatDeRappel,
    EtatDeSignatureDeCarte,
)
from binome.livret.flows import SIGNATURES
from binome.livret.models import (
    Appreciation,
    CarteDeSemaine,
    Glissement,
    RappelDeCarte,
    SignatureDeCarte,
)
from binome.livret.permissions import cotes_de_livret, tuteur_de
from binome.livret.rappels import demander, rappeler
from binome.livret.recevoir import APRES_LA_FIN, RIVALES
from binome.livret.suivi import livrets_de
from binome.livret.tutorats import nommer
from binome.parcours.models import Parcours
from tests.dossiers.monde import construire, personne
from tests.livret.vie import Binome, dit, encore, envoi, former, rendre, signe
from tests.presences.suivi import dessin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from tests.dossiers.monde import Monde

STAGIAIRE, TUTEUR = CoteDuBinome.STAGIAIRE, CoteDuBinome.TUTEUR


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara."""
    return former(monde)


def ensemble(*gestes: Callable[[], object]) -> None:
    """Does them at the same instant, each on a connection of its own."""
    depart = threading.Barrier(len(gestes))

    def un(geste: Callable[[], object]) -> None:
        depart.wait()
        try:
            geste()
        finally:
            connection.close()

    fils = [threading.Thread(target=un, args=(geste,)) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_les_deux_signent_au_meme_instant_et_la_carte_est_signee(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    binome = former(construire())
    une = dit()
    rendre(binome, binome.lea, envoi(binome, une))
    ensemble(
        lambda: rendre(binome, binome.lea, envoi(binome, signature=signe(STAGIAIRE, une))),
        lambda: rendre(binome, binome.tutrice, envoi(binome, signature=signe(TUTEUR, une))),
    )
    assert SignatureDeCarte.objects.filter(etat=EtatDeSignatureDeCarte.RECUE).count() == 2
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.SIGNEE


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_une_signature_ne_couvre_jamais_ce_qui_s_ecrit_au_meme_instant(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    binome = former(construire())
    for _ in range(4):
        une, autre = dit("B1M1C2"), dit("B1M1C2", valeur="seul")
        rendre(binome, binome.lea, envoi(binome, une))
        la_sienne = encore(envoi(binome, autre), dits=(dit("B1M1C2", "seul", vue=une.uid),))
        ensemble(
            lambda a=la_sienne: rendre(binome, binome.lea, a),  # type: ignore[misc] # a lambda of the loop
            lambda u=une: rendre(binome, binome.tutrice, envoi(binome, signature=signe(TUTEUR, u))),  # type: ignore[misc] # the same
        )
        carte = CarteDeSemaine.objects.get()
        tenues = Appreciation.objects.filter(carte=carte, etat="vigueur")
        for signature in SignatureDeCarte.objects.filter(carte=carte, etat="recue"):
            assert {un.pk for un in tenues} == {Appreciation.objects.get(uid=une.uid).pk}, signature
        rendre(binome, binome.lea, envoi(binome, dit("B1M1C2", "vu", vue=tenues.get().uid)))
    assert verifier() is None
    assert list(differences()) == []


def test_rien_n_arrive_apres_l_effacement(binome: Binome) -> None:
    rendre(binome, binome.lea, envoi(binome, dit(phrase="J’ai fait une injection seule.")))
    une = dit("B1M1C2", phrase="J’ai rangé le chariot.")
    livret = binome.parcours.pk
    siens = cotes_de_livret(binome.lea, binome.parcours)
    Dossier.objects.filter(parcours=livret).update(etat="clos", clos_le=timezone.now())
    assert anonymiser(binome.parcours.dossier_id, auteur="systeme", motif="terme")
    from binome.livret.recevoir import recevoir  # noqa: PLC0415 - this test alone

    (rendu,) = recevoir(
        binome.lea, binome.parcours, siens, [envoi(binome, une)], maintenant=timezone.now()
    )
    assert rendu.phrase == "Ce livret est effacé : rien ne s’y écrit plus."
    assert not Appreciation.objects.exclude(phrase="").exists()
    assert Glissement.objects.get().etat == EtatDeGlissement.RETIRE


def test_un_parcours_fini_depuis_plus_d_un_mois_ne_change_plus(binome: Binome) -> None:
    fin = timezone.now() - APRES_LA_FIN - timedelta(days=1)
    Parcours.objects.update(
        etat="abandonne", fini_le=fin, raison="autre", ouvert_le=fin - timedelta(weeks=3)
    )
    semaine = binome.semaine - timedelta(weeks=5)
    tard = envoi(binome, dit(), semaine=semaine, dit_le=fin - timedelta(minutes=1))
    (rendu,) = rendre(binome, binome.lea, tard)
    assert rendu.phrase.startswith("Le parcours est terminé depuis plus d’un mois")
    a_temps = fin + timedelta(days=3)
    assert rendre(binome, binome.lea, tard, maintenant=a_temps)[0].issue == "recue"


def test_on_ne_redessine_pas_a_la_place_de_qui_a_conteste(binome: Binome) -> None:
    une = dit()
    rendre(
        binome, binome.lea,
        envoi(binome, une), envoi(binome, signature=signe(TUTEUR, une, image=dessin())),
    )  # fmt: skip
    sienne = SignatureDeCarte.objects.get(cote=TUTEUR)
    assert sienne.pour is None
    faire(SIGNATURES, "contester", sienne, binome.tutrice, version=sienne.version)
    encore_une = envoi(binome, signature=signe(TUTEUR, une, image=dessin(20)))
    (rendu,) = rendre(binome, binome.lea, encore_une)
    assert "signe elle-même" in rendu.phrase
    assert (
        rendre(binome, binome.tutrice, envoi(binome, signature=signe(TUTEUR, une)))[0].issue
        == "recue"
    )


def test_la_tutrice_d_apres_ne_conteste_pas_pour_celle_d_avant(binome: Binome) -> None:
    nommer(binome.tutrice, binome.parcours, binome.tara.pk)
    une = dit()
    rendre(
        binome, binome.lea,
        envoi(binome, une), envoi(binome, signature=signe(TUTEUR, une, image=dessin())),
    )  # fmt: skip
    tom = personne("tom")
    donner_role(tom, binome.cabinet, "tuteur")
    nommer(binome.tutrice, binome.parcours, tom.pk)
    sienne = SignatureDeCarte.objects.get(cote=TUTEUR)
    assert sienne.pour == binome.tara
    from binome.comptes.acteur import Acteur  # noqa: PLC0415 - this test alone

    with pytest.raises(GesteImpossible):
        faire(SIGNATURES, "contester", sienne, Acteur(tom), version=sienne.version)
    faire(SIGNATURES, "contester", sienne, Acteur(binome.tara), version=sienne.version)


def test_qui_n_est_plus_du_cabinet_n_est_plus_tuteur_ni_rappele(
    binome: Binome, monkeypatch: pytest.MonkeyPatch
) -> None:
    tom = personne("tom")
    role = donner_role(tom, binome.cabinet, "tuteur")
    nommer(binome.tutrice, binome.parcours, tom.pk)
    from binome.comptes.acteur import Acteur  # noqa: PLC0415 - this test alone

    midi = timezone.localtime().replace(hour=12)
    demander(Acteur(tom), binome.parcours, midi.isoweekday(), 12)
    retirer_role(Appartenance.objects.get(pk=role.pk), auteur="exploitation")
    assert tuteur_de(binome.parcours) is None
    assert not livrets_de([binome.parcours])[0].tuteur_nomme
    attendu = livrets_attendus(binome.tutrice, [binome.parcours])[binome.parcours.pk]
    assert (attendu.tuteur, attendu.a_nommer, attendu.remplit) == ("", True, True)
    assert TUTEUR in cotes_de_livret(binome.tutrice, binome.parcours)
    monkeypatch.setattr(timezone, "now", lambda: midi)
    assert rappeler() == 0
    assert RappelDeCarte.objects.get().etat == EtatDeRappel.ARRETE


def test_une_carte_illisible_ne_retient_pas_les_autres(binome: Binome, client: Client) -> None:
    client.force_login(binome.monde.lea)
    porte = f"/espace/livret/{binome.parcours.pk}/envois/"
    maintenant = timezone.now().isoformat()

    def une(**change: Any) -> dict[str, Any]:
        voulu = {"uid": str(uuid.uuid4()), "competence": "B1M1C1", "valeur": "vu"}
        return {
            "uid": str(uuid.uuid4()), "semaine": binome.semaine.isoformat(), "dit_le": maintenant,
            "dits": [voulu], "signature": None, **change,
        }  # fmt: skip

    mauvaises = [
        une(dits=["x"]), une(dits=[[1]]), une(signature="x"), une(semaine="2027-01-13"),
        une(dits=[{**une()["dits"][0], "phrase": "un \ud800 signe"}]),
        une(dits=[{**une()["dits"][0], "phrase": "un \x00 signe"}]),
        une(signature={"uid": str(uuid.uuid4()), "cote": "stagiaire", "vues": ["x"] * 201}),
    ]  # fmt: skip
    corps = json.dumps({"envoye_le": maintenant, "envois": [*mauvaises, une()]})
    reponse = client.post(porte, corps, content_type="application/json")
    etats = [un["etat"] for un in reponse.json()["envois"]]
    assert etats == [*["refusee"] * len(mauvaises), "recue"]
    for lot in ([1], [True], ["x"], [{"uid": 3}], []):
        nu = json.dumps({"envoye_le": maintenant, "envois": lot})
        assert client.post(porte, nu, content_type="application/json").status_code == 400


def test_une_carte_de_plus_de_vingt_quatre_competences_se_signe(binome: Binome) -> None:
    from binome.livret.programme import competences_du_parcours  # noqa: PLC0415 - this test alone

    toutes = [dit(un.code) for un in competences_du_parcours(binome.parcours)]
    assert len(toutes) > 24
    for debut in range(0, len(toutes), 10):
        rendre(binome, binome.lea, envoi(binome, *toutes[debut : debut + 10]))
    (rendu,) = rendre(binome, binome.lea, envoi(binome, signature=signe(STAGIAIRE, *toutes)))
    assert (rendu.issue, rendu.phrase) == ("recue", "")


def test_les_reponses_a_departager_ne_s_amassent_pas(binome: Binome) -> None:
    rendre(binome, binome.lea, envoi(binome, dit(valeur="vu")))
    issues = [
        rendre(binome, binome.tutrice, envoi(binome, dit(phrase=f"Essai n° {rang}.")))[0].issue
        for rang in range(RIVALES + 3)
    ]
    assert issues == [*["recue"] * RIVALES, *["refusee"] * 3]


def test_le_numero_d_une_autre_personne_n_est_pas_deja_recu(binome: Binome) -> None:
    une = dit(phrase="La mienne.")
    rendre(binome, binome.lea, envoi(binome, une))
    (rendu,) = rendre(binome, binome.tutrice, encore(envoi(binome, une)))
    assert rendu.issue == "refusee"


@pytest.mark.parametrize(
    "phrase",
    [
        "Vu avec M\ufe0fme Dupont", "Vu avec Mme\u3164Dupont", "Vu avec Mme_Dupont", "Vu avec Mme *Dupont*",
        "Appelé le 06\u2064 12 34 56 78", "Appelé le ٠٦ ١٢ ٣٤ ٥٦ ٧٨",
        "Vu avec Мme Dupont", "Vu avec M\U000e0041me Dupont",
    ],
)  # fmt: skip
def test_ce_qui_ne_se_voit_pas_ne_cache_aucun_nom(binome: Binome, phrase: str) -> None:
    (rendu,) = rendre(binome, binome.lea, envoi(binome, dit(phrase=phrase)))
    assert rendu.issue == "refusee", phrase
    assert not Appreciation.objects.exists()


def test_la_porte_des_notifications_refuse_un_formulaire_et_un_signe_qui_ne_s_ecrit_pas(
    binome: Binome, client: Client
) -> None:
    client.force_login(binome.monde.lea)
    porte = f"/espace/livret/{binome.parcours.pk}/notifications/"
    assert client.post(porte, {"autre": "1"}).status_code == 400
    corps = json.dumps({"adresse": "https://fcm.googleapis.com/\ud800"})
    assert client.post(porte, corps, content_type="application/json").status_code in (400, 422)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_six_touches_au_meme_instant_nomment_et_rappellent_une_fois(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    binome = former(construire())
    ensemble(*[lambda: nommer(binome.tutrice, binome.parcours, binome.tara.pk)] * 4)
    ensemble(*[lambda: demander(binome.lea, binome.parcours, 2, 9)] * 4)
    assert tuteur_de(binome.parcours) is not None
    assert RappelDeCarte.objects.count() == 1
    assert list(differences()) == []
