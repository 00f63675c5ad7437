"""Signatures that come in: once or a hundred times, early, late, by a clock that is wrong, for the wrong slot."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image

from binome.etagere.registre import balayer
from binome.gestes.auteur import Maison
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.parcours.etats import EtatDeParcours
from binome.parcours.models import Parcours
from binome.presences.indices import avant
from binome.presences.models import Signature
from binome.presences.rayons import SIGNATURES
from binome.presences.recevoir import Issue, Reception, recevoir
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.horloge import dire_l_heure
from binome.sessions.models import Creneau
from tests.presences.suivi import Suivi, dessin, poser, recue

if TYPE_CHECKING:
    from binome.gestes.auteur import Auteur
    from binome.presences.recevoir import SignatureRecue


def remettre(suivi: Suivi, *lot: SignatureRecue, par: Auteur | None = None) -> list[Reception]:
    """What becomes of a lot that Bob sends now."""
    creneau = Creneau.objects.get(pk=suivi.creneau.pk)
    return recevoir(par or suivi.bob, creneau, lot, maintenant=timezone.now())


def refus(suivi: Suivi, par: Auteur | None = None, **autres: Any) -> str:
    """The sentence that refuses one signature; nothing is then written."""
    (reception,) = remettre(suivi, recue(suivi.parcours, **autres), par=par)
    assert reception.issue == Issue.REFUSEE
    assert not Signature.objects.exists()
    assert not list(SIGNATURES.dossier().glob("*")) if SIGNATURES.dossier().is_dir() else True
    return reception.phrase


def changer(suivi: Suivi, **colonnes: Any) -> None:
    Creneau.objects.filter(pk=suivi.creneau.pk).update(**colonnes)


def test_cent_envois_font_une_signature(suivi: Suivi) -> None:
    une = recue(suivi.parcours)
    issues = [remettre(suivi, une)[0].issue for _ in range(100)]
    assert issues == [Issue.RECUE, *[Issue.DEJA_RECUE] * 99]
    signature = Signature.objects.get()
    assert (signature.parcours, signature.creneau) == (suivi.parcours, suivi.creneau)
    assert SIGNATURES.intact(signature.image, signature.empreinte) is not None
    assert not list(differences())
    assert verifier() is None


def test_deux_fois_dans_un_lot_font_une(suivi: Suivi) -> None:
    une = recue(suivi.parcours)
    assert [un.issue for un in remettre(suivi, une, une)] == [Issue.RECUE, Issue.RECUE]
    assert Signature.objects.count() == 1


def test_deux_appareils_font_deux_signatures(suivi: Suivi) -> None:
    remettre(suivi, recue(suivi.parcours, appareil="a"))
    remettre(suivi, recue(suivi.parcours, appareil="b"))
    assert set(Signature.objects.values_list("appareil", flat=True)) == {"a", "b"}


def test_le_reste_d_un_lot_survit_a_un_refus(suivi: Suivi) -> None:
    bonne, mauvaise = recue(suivi.parcours), recue(suivi.parcours, image=b"rien")
    assert [un.issue for un in remettre(suivi, mauvaise, bonne)] == [Issue.REFUSEE, Issue.RECUE]
    assert Signature.objects.get().uid == bonne.uid


def test_l_horloge_de_l_appareil_est_corrigee_et_gardee(suivi: Suivi) -> None:
    vraie = timezone.now() - timedelta(minutes=3)
    une = recue(suivi.parcours, signee_le=vraie + timedelta(hours=1), retard_d_horloge=-3600)
    assert remettre(suivi, une)[0].issue == Issue.RECUE
    signature = Signature.objects.get()
    assert signature.signee_le == vraie
    assert signature.heure_de_l_appareil == une.signee_le
    assert signature.retard_d_horloge == -3600


@pytest.mark.parametrize(
    ("autres", "dite"),
    [
        ({"retard_d_horloge": 400 * 86400}, "trop fausse"),
        ({"image": b"\xff\xd8\xff rien"}, "pas une image PNG"),
        ({"image": dessin()[:-20]}, "abîmé"),
        ({"image": dessin() + b"x" * 30_000}, "dépasse 30 ko"),
        ({"image": b""}, "dessinée manque"),
        ({"appareil": "tablette de Bob"}, "numéro de l’appareil"),
        ({"moyen": "voix"}, "n’existe pas"),
        ({"moyen": "code"}, "ne pouvez pas"),
    ],
)
def test_ce_qui_ne_se_lit_pas_est_refuse(suivi: Suivi, autres: dict[str, Any], dite: str) -> None:
    assert dite in refus(suivi, **autres)


def test_un_instant_dans_l_avenir_est_refuse(suivi: Suivi) -> None:
    juste = timezone.now() + timedelta(minutes=4)
    assert "dans l’avenir" in refus(suivi, signee_le=juste + timedelta(minutes=2))
    assert remettre(suivi, recue(suivi.parcours, signee_le=juste))[0].issue == Issue.RECUE


def test_qui_n_est_pas_attendu_est_refuse(suivi: Suivi) -> None:
    changer(suivi, module="B9M9")
    assert refus(suivi) == "Cette personne n’est pas attendue à ce créneau."


def test_un_parcours_fini_avant_est_refuse_fini_apres_ne_l_est_pas(suivi: Suivi) -> None:
    Parcours.objects.update(
        etat=EtatDeParcours.ABANDONNE, fini_le=timezone.now() - timedelta(minutes=30), raison="emploi"
    )  # fmt: skip
    assert "terminé" in refus(suivi)
    Parcours.objects.update(fini_le=timezone.localtime() - timedelta(days=1))
    assert refus(suivi) == "Ce parcours est terminé."
    Parcours.objects.update(fini_le=timezone.now())
    assert remettre(suivi, recue(suivi.parcours))[0].issue == Issue.RECUE


def test_un_creneau_annule_ou_a_distance_ne_se_signe_pas(suivi: Suivi) -> None:
    changer(suivi, etat=EtatDeCreneau.ANNULE)
    assert refus(suivi) == "Ce créneau est annulé."
    changer(suivi, etat=EtatDeCreneau.PREVU, modalite=ModaliteDeCreneau.A_DISTANCE)
    assert refus(suivi) == "Ce créneau à distance se suit sans signature."


def test_signee_avant_le_gel_elle_est_gardee_apres_elle_est_refusee(suivi: Suivi) -> None:
    gele = timezone.now() - timedelta(minutes=10)
    changer(suivi, etat=EtatDeCreneau.GELE, gele_le=gele, gele_par=suivi.monde.bob)
    assert "déjà contresigné" in refus(suivi, signee_le=gele + timedelta(seconds=1))
    (reception,) = remettre(suivi, recue(suivi.parcours, signee_le=gele))
    assert reception.issue == Issue.RECUE
    assert "attend une correction" in reception.phrase


@pytest.mark.parametrize("par_la_personne", [False, True], ids=["tablette", "code"])
def test_avant_l_ouverture_rien_ne_se_signe(suivi: Suivi, par_la_personne: bool) -> None:
    ouvre = suivi.creneau.debut - avant()
    qui: dict[str, Any] = (
        {"moyen": "code", "image": b"", "par": suivi.lea} if par_la_personne else {}
    )
    dite = refus(suivi, signee_le=ouvre - timedelta(seconds=1), **qui)
    assert dite.startswith("Cette signature est faite trop tôt")
    assert dire_l_heure(ouvre, suivi.creneau.session.site.fuseau) in dite
    par = qui.pop("par", None)
    (reception,) = remettre(suivi, recue(suivi.parcours, signee_le=ouvre, **qui), par=par)
    assert reception.issue == Issue.RECUE


def test_l_horloge_corrigee_dit_si_c_est_trop_tot(suivi: Suivi) -> None:
    """A tablet an hour late signed on time; one an hour ahead did not."""
    ouvre = suivi.creneau.debut - avant()
    en_retard, en_avance = remettre(
        suivi,
        recue(suivi.parcours, signee_le=ouvre - timedelta(hours=1), retard_d_horloge=3600),
        recue(suivi.parcours, signee_le=ouvre + timedelta(minutes=59), retard_d_horloge=-3600),
    )
    assert (en_retard.issue, en_avance.issue) == (Issue.RECUE, Issue.REFUSEE)
    assert Signature.objects.count() == 1


def test_le_numero_d_une_autre_signature_est_refuse(suivi: Suivi) -> None:
    une = recue(suivi.parcours)
    remettre(suivi, une)
    ailleurs = poser(suivi.creneau.session, suivi.monde)
    (reception,) = recevoir(suivi.bob, ailleurs, [une], maintenant=timezone.now())
    assert reception.phrase == "Cette signature est celle d’un autre créneau."
    (reception,) = remettre(suivi, replace(une, parcours=une.parcours + 1))
    assert reception.phrase == "Cette signature est celle d’une autre personne."


def test_chacun_ne_remet_que_ce_qui_est_de_lui(suivi: Suivi) -> None:
    assert "ne pouvez pas" in refus(suivi, par=suivi.lea)
    code = recue(suivi.parcours, moyen="code", image=b"")
    assert remettre(suivi, code, par=suivi.lea)[0].issue == Issue.RECUE
    assert Signature.objects.get().par == suivi.monde.lea
    remettre(suivi, recue(suivi.parcours, moyen="code", image=b""), par=Maison())
    assert Signature.objects.filter(par=None).count() == 1


def test_le_balai_garde_les_dessins_et_prend_les_orphelins(suivi: Suivi) -> None:
    remettre(suivi, recue(suivi.parcours))
    SIGNATURES.ranger(dessin(7))
    assert balayer(timedelta(0)) == 1
    signature = Signature.objects.get()
    assert SIGNATURES.intact(signature.image, signature.empreinte) is not None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_deux_envois_au_meme_instant_font_une_signature(suivi: Suivi) -> None:
    une = recue(suivi.parcours)
    issues: list[Issue] = []
    depart = threading.Barrier(4)

    def envoyer() -> None:
        depart.wait()
        try:
            issues.append(remettre(suivi, une)[0].issue)
        finally:
            connection.close()

    fils = [threading.Thread(target=envoyer) for _ in range(4)]
    for un in fils:
        un.start()
    for un in fils:
        un.join()
    assert sorted(issues) == [Issue.DEJA_RECUE] * 3 + [Issue.RECUE]
    assert Signature.objects.count() == 1


def test_une_personne_ne_signe_pas_sans_fin(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten signatures of one slot are more than evidence needs; those that came stay, the same one sent again too."""
    lot = [recue(suivi.parcours) for _ in range(12)]
    issues = [une.issue for une in remettre(suivi, *lot)]
    assert issues == [Issue.RECUE] * 10 + [Issue.REFUSEE] * 2
    assert [une.issue for une in remettre(suivi, lot[0])] == [Issue.DEJA_RECUE]
    monkeypatch.setattr("binome.presences.recevoir.PAR_PERSONNE", 99)
    monkeypatch.setattr("binome.presences.recevoir.PAR_CRENEAU", 10)
    (rendue,) = remettre(suivi, recue(suivi.parcours))
    assert "10 signatures" in rendue.phrase


def test_un_cadre_vide_n_est_pas_une_signature(suivi: Suivi) -> None:
    vide = BytesIO()
    Image.new("RGBA", (640, 240), "white").save(vide, "PNG")
    (rendue,) = remettre(suivi, recue(suivi.parcours, image=vide.getvalue()))
    assert (rendue.issue, "vide" in rendue.phrase) == (Issue.REFUSEE, True)
