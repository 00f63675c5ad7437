"""Who employs the candidate follows the dossier while the job lasts, and learns of nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.exploitation import ouvrir
from binome.comptes.models import Appartenance, Organisation
from binome.comptes.services import ChangementImpossible, creer_organisation, donner_role
from binome.conservation.cloture import clore_le_compte
from binome.diagnostic.reconciliation import differences
from binome.dossiers import services
from binome.dossiers.effacement import anonymiser
from binome.dossiers.employeurs.models import EmploiSuivi
from binome.dossiers.employeurs.services import qui_suivent, reconnaitre_le_candidat
from binome.dossiers.etats import Etat
from binome.dossiers.impartialite import est_partie
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import visibles
from binome.emplois.models import Emploi, Salarie
from binome.emplois.services import adherer, finir, quitter
from binome.employeurs.services import associer
from binome.gestes.refus import GesteImpossible
from binome.journal import trousseau
from tests.dossiers.monde import Monde, brouillon, depose, dire, personne, suivi_par

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from binome.comptes.models import Personne

TILLEULS, ORMES = "73282932000074", "44306184100047"
QUI = "systeme"


def cabinet(nom: str, identifiant: str = "") -> tuple[Organisation, Personne]:
    """A proven practice, and who answers for it."""
    ici = creer_organisation("cabinet", f"Cabinet {nom}", identifiant=identifiant, exemple=True)
    employeur = personne(nom)
    donner_role(employeur, ici, "employeur")
    return ici, employeur


def associe(monde: Monde, dossier: Dossier, numero: str, qui: Personne, **autres: Any) -> Dossier:
    return associer(
        Dossier.objects.get(pk=dossier.pk), Acteur(monde.alice),
        version=Dossier.objects.get(pk=dossier.pk).version, identifiant=numero,
        courriel=qui.courriel, **autres,
    )  # fmt: skip


def lus(qui: Personne) -> list[Dossier]:
    return list(visibles(Acteur(qui)).order_by("pk"))


def sans_compte(dossier: Dossier) -> Dossier:
    """The same, before its candidate has an account."""
    Dossier.objects.filter(pk=dossier.pk).update(candidat=None)
    dossier.refresh_from_db()
    dire(dossier.objet, dossier)
    return dossier


def test_deux_employeurs_lisent_et_aucun_n_apprend_qui_est_l_autre(
    monde: Monde, client: Client
) -> None:
    (_, paul), (_, rose) = cabinet("tilleuls", TILLEULS), cabinet("ormes", ORMES)
    dossier = depose(monde)
    associe(monde, dossier, TILLEULS, paul)
    associe(monde, dossier, ORMES, rose, nom="Cabinet des Ormes")
    assert lus(paul) == lus(rose) == [dossier]
    assert Dossier.objects.get(pk=dossier.pk).employeur_identifiant == TILLEULS
    with pytest.raises(GesteImpossible, match="suit déjà"):
        associe(monde, dossier, ORMES, rose)
    for qui, autre in ((paul, "ormes"), (rose, "tilleuls")):
        client.force_login(qui)
        for ou in ("/espace/", f"/espace/dossiers/{dossier.reference}/"):
            page = client.get(ou).content.decode()
            assert dossier.personne in page
            assert autre not in page
    client.force_login(monde.alice)
    page = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "associé au dossier (Cabinet tilleuls, Cabinet ormes)" in page
    assert list(differences()) == []


def test_la_page_demande_le_nom_d_un_autre_employeur(monde: Monde, client: Client) -> None:
    dossier = depose(monde)
    (_, paul) = cabinet("tilleuls", TILLEULS)
    dossier = associe(monde, dossier, TILLEULS, paul)
    adresse = f"/espace/dossiers/{dossier.reference}/employeur/"
    client.force_login(monde.alice)
    tape = {"version": dossier.version, "identifiant": ORMES, "courriel": "rose@exemple.fr"}
    refus = client.post(adresse, tape)
    assert refus.status_code == 422
    assert "Il nous faut son nom" in refus.content.decode()
    client.post(adresse, {**tape, "nom": "Maison des Ormes"})
    dits = [str(un) for un in qui_suivent(dossier)]
    assert dits == ["Cabinet tilleuls", "Maison des Ormes"]


def test_un_employeur_lit_chacune_des_personnes_qu_il_emploie(monde: Monde) -> None:
    _, paul = cabinet("tilleuls", TILLEULS)
    un, autre, ailleurs = depose(monde), sans_compte(depose(monde)), depose(monde)
    for dossier in (un, autre):
        associe(monde, dossier, TILLEULS, paul)
    assert lus(paul) == [un, autre]
    assert ailleurs not in lus(paul)
    assert Salarie.objects.filter(personne=None).count() == 1


def test_changer_d_employeur_ferme_la_lecture_de_l_ancien_et_de_lui_seul(monde: Monde) -> None:
    (_, paul), (_, rose) = cabinet("tilleuls", TILLEULS), cabinet("ormes", ORMES)
    dossier = brouillon(monde)
    associe(monde, dossier, TILLEULS, paul)
    associe(monde, dossier, ORMES, rose, nom="Cabinet des Ormes")
    dossier.refresh_from_db()
    services.ecrire_identite(
        dossier, {"employeur_identifiant": "10000000000"}, Acteur(monde.alice),
        version=dossier.version,
    )  # fmt: skip
    assert [str(un) for un in qui_suivent(dossier)] == ["Cabinet ormes"]
    # Nobody said when the job ended, nor that it did: it is no longer held true.
    ote = Emploi.objects.get(employeur__identifiant=TILLEULS)
    assert ote.retire_le is not None
    assert ote.au is None
    assert list(differences()) == []


def test_un_emploi_que_l_autre_dossier_dit_encore_reste(monde: Monde) -> None:
    _, paul = cabinet("tilleuls", TILLEULS)
    un, autre = brouillon(monde), depose(monde)
    for dossier in (un, autre):
        associe(monde, dossier, TILLEULS, paul)
    un.refresh_from_db()
    services.ecrire_identite(
        un, {"employeur_identifiant": ORMES}, Acteur(monde.alice), version=un.version
    )
    assert (qui_suivent(un), [str(une) for une in qui_suivent(autre)]) == ([], ["Cabinet tilleuls"])
    assert Emploi.objects.get().retire_le is None


def test_la_lecture_s_arrete_apres_le_dernier_jour(monde: Monde) -> None:
    _, paul = cabinet("tilleuls", TILLEULS)
    dossier = depose(monde)
    associe(monde, dossier, TILLEULS, paul)
    emploi = finir(Emploi.objects.get(), timezone.localdate(), auteur=QUI)
    assert lus(paul) == [dossier]
    Emploi.objects.filter(pk=emploi.pk).update(au=timezone.localdate() - timedelta(days=1))
    assert lus(paul) == []
    assert qui_suivent(dossier) == []


def test_un_groupement_lit_ce_que_lisent_ses_membres(monde: Monde) -> None:
    ici, _ = cabinet("tilleuls", TILLEULS)
    groupement = creer_organisation("groupement", "Groupement d’exemple", exemple=True)
    gaelle = personne("gaelle")
    donner_role(gaelle, groupement, "groupement")
    suivi, brouille = depose(monde), brouillon(monde)
    for dossier in (suivi, brouille):
        suivi_par(dossier, ici)
    assert lus(gaelle) == []
    adhesion = adherer(groupement, ici, date(2026, 1, 1), auteur=QUI)
    assert lus(gaelle) == [suivi]
    assert est_partie(Acteur(gaelle), suivi)
    quitter(adhesion, timezone.localdate() - timedelta(days=1), auteur=QUI)
    assert lus(gaelle) == []


def test_un_groupement_qui_emploie_s_associe_par_son_numero(monde: Monde) -> None:
    with pytest.raises(ChangementImpossible, match="un cabinet se confirme"):
        ouvrir("cabinet", "C", "gaelle@exemple.fr", prenom="G", nom="E", identifiant=ORMES)
    gaelle = ouvrir(
        "groupement", "Groupement", "gaelle@exemple.fr", prenom="G", nom="E", identifiant=ORMES
    )
    dossier = depose(monde)
    with pytest.raises(GesteImpossible, match="Une autre adresse"):
        associe(monde, dossier, ORMES, monde.bob)
    associe(monde, dossier, ORMES, gaelle)
    assert lus(gaelle) == [dossier]
    assert not Organisation.objects.filter(genre="cabinet").exists()


def test_qui_employait_ne_juge_pas(monde: Monde) -> None:
    """Whoever employed the candidate while the dossier lived is no judge of it, even after."""
    ici, _ = cabinet("tilleuls", TILLEULS)
    dossier = depose(monde)
    suivi_par(dossier, ici)
    tenue = donner_role(monde.ana, ici, "tuteur")
    assert est_partie(Acteur(monde.ana), dossier)
    EmploiSuivi.objects.update(clos_le=timezone.now())
    assert est_partie(Acteur(monde.ana), dossier)
    Appartenance.objects.filter(pk=tenue.pk).update(
        ouverte_le=dossier.cree_le - timedelta(days=2), close_le=dossier.cree_le - timedelta(days=1)
    )
    assert not est_partie(Acteur(monde.ana), dossier)


@pytest.mark.postgresql
def test_reconnue_une_personne_est_une_pour_tous_ses_dossiers(monde: Monde) -> None:
    _, paul = cabinet("tilleuls", TILLEULS)
    un, autre = depose(monde), sans_compte(depose(monde))
    for dossier in (un, autre):
        associe(monde, dossier, TILLEULS, paul)
    assert Emploi.objects.filter(retire_le=None).count() == 2
    Dossier.objects.filter(pk=autre.pk).update(candidat=monde.lea)
    autre.refresh_from_db()
    dire(autre.objet, autre)
    ecrites = reconnaitre_le_candidat(autre, monde.lea, auteur=QUI)
    dire(autre.objet, *(EmploiSuivi.objects.filter(pk__in=[une.numero for une in ecrites])))
    assert Emploi.objects.filter(retire_le=None).count() == 1
    assert lus(paul) == [un, autre]
    assert list(differences()) == []


@pytest.mark.postgresql
def test_un_dossier_efface_ne_dit_plus_qui_employait(
    monde: Monde, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    _, paul = cabinet("tilleuls", TILLEULS)
    efface, garde = brouillon(monde), sans_compte(depose(monde))
    for dossier in (efface, garde):
        associe(monde, dossier, TILLEULS, paul)
    emploi = Emploi.objects.get(salarie__personne=monde.lea)
    with django_capture_on_commit_callbacks(execute=True):
        anonymiser(efface.pk, auteur=QUI, motif="Durée atteinte")
    assert lus(paul) == [garde]
    assert list(EmploiSuivi.objects.values_list("dossier", flat=True)) == [garde.pk]
    assert not Emploi.objects.filter(pk=emploi.pk).exists()
    assert not trousseau.lire([emploi.objet])
    assert list(differences()) == []


def test_un_compte_clos_laisse_au_dossier_garde_un_emploi_sans_nom(
    monde: Monde, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    _, paul = cabinet("tilleuls", TILLEULS)
    garde, efface = depose(monde), brouillon(monde)
    for dossier in (garde, efface):
        associe(monde, dossier, TILLEULS, paul)
    Dossier.objects.filter(pk=garde.pk).update(etat=Etat.CLOS, clos_le=timezone.now())
    dire(garde.objet, Dossier.objects.get(pk=garde.pk))
    with django_capture_on_commit_callbacks(execute=True):
        clore_le_compte(monde.lea, auteur=QUI, motif="Demandé")
    assert [un.pk for un in lus(paul)] == [garde.pk]
    assert Salarie.objects.get().personne is None
    # The gap of the state is this test's own, which no gesture wrote.
    assert {une.colonne for une in differences()} <= {"etat"}
