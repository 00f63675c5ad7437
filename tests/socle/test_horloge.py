"""The clock of the machine is set back an hour: what follows goes on, or is refused in words; nothing wrong is written."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import retirer_role
from binome.courrier.envoi import envoyer
from binome.courrier.models import Message
from binome.courrier.services import AMettre, mettre_en_file
from binome.dossiers import services
from binome.dossiers.models import Dossier
from binome.journal.chaine import verifier
from binome.journal.histoire import histoire
from binome.socle.dans_l_ordre import noms
from binome.socle.empechements import EN_ARRIERE, empechement
from tests.dossiers.monde import Monde, brouillon, construire, depose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VRAIE = timezone.now
ANCRE = {"jour": date(2026, 1, 5), "ancre": "1:a", "effacements": "0:b", "rang": 1, "somme": "c", "empreinte": "d",
         "horodatee": False}  # fmt: skip
MOT_DE_PASSE = "une phrase assez longue"


@contextmanager
def en_avance() -> Iterator[None]:
    """An hour ahead, for what happens before the clock is set right."""
    with pytest.MonkeyPatch.context() as rustine:
        rustine.setattr(timezone, "now", lambda: VRAIE() + timedelta(hours=1))
        yield


@pytest.fixture
def monde(db: None) -> Monde:
    """The made-up world, on time."""
    return construire()


def test_qui_est_entre_reste_et_l_on_entre_encore(client: Client, monde: Monde) -> None:
    monde.alice.set_password(MOT_DE_PASSE)
    monde.alice.save()
    donnees = {"login": monde.alice.courriel, "password": MOT_DE_PASSE}
    with en_avance():
        assert client.post("/compte/connexion/", donnees).status_code == 302
        # Counted wrong an hour ahead: what waits then does not wait longer than its time now.
        assert Client().post("/compte/connexion/", {**donnees, "password": "x"}).status_code == 200
    assert client.get("/espace/").status_code == 200
    assert Client().post("/compte/connexion/", donnees).status_code == 302


def test_le_journal_garde_l_ordre_des_rangs(monde: Monde) -> None:
    with en_avance():
        dossier = brouillon(monde)
    services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    entrees = histoire(dossier.objet)
    assert entrees[-1]["geste"] == "dossier.deposer"
    assert entrees[-1]["instant"] < entrees[0]["instant"]
    assert verifier() is None


def test_la_boite_d_envoi_attend_et_n_envoie_rien_deux_fois(settings: Any, monde: Monde) -> None:
    settings.COURRIER_OUVERT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with en_avance():
        mettre_en_file(AMettre(
            cle="essai:1", destinataire=monde.alice.courriel, sujet="Essai",
            gabarit="ancre", contexte=ANCRE,
        ))  # fmt: skip
    assert (envoyer(), envoyer()) == (0, 0)
    assert Message.objects.get().essais == 0
    with en_avance():
        assert envoyer() == 1
    assert envoyer() == 0


def _retirer(monde: Monde) -> Callable[[], object]:
    dossier = depose(monde)
    return lambda: services.retirer(dossier, Acteur(monde.alice), version=dossier.version)


def _quitter(monde: Monde) -> Callable[[], object]:
    role = monde.bob.appartenances.get()
    type(role).objects.filter(pk=role.pk).update(ouverte_le=timezone.now())
    return lambda: retirer_role(role, auteur=monde.alice.sujet)


@pytest.mark.parametrize("preparer", [_retirer, _quitter])
def test_ce_qui_serait_date_d_avant_se_refuse_comme_l_horloge(
    monde: Monde, preparer: Callable[[Monde], Callable[[], object]]
) -> None:
    with en_avance():
        faire = preparer(monde)
    with pytest.raises(IntegrityError) as leve, transaction.atomic():
        faire()
    assert empechement(leve.value) is EN_ARRIERE
    with en_avance():
        faire()


def test_la_page_le_dit_et_rien_n_est_ecrit(monde: Monde) -> None:
    with en_avance():
        dossier = depose(monde)
    client = Client(raise_request_exception=False)
    client.force_login(monde.alice)
    geste = f"/espace/dossiers/{dossier.reference}/gestes/retirer/"
    with transaction.atomic():
        reponse = client.post(geste, {"version": dossier.version})
        transaction.set_rollback(True)
    assert reponse.status_code == 503
    page = reponse.content.decode()
    assert "L’horloge du serveur a été reculée" in page
    assert "n’est pas enregistré" in page
    assert reponse.headers["Retry-After"]
    assert Dossier.objects.get().etat == "depose"
    with en_avance():
        assert client.post(geste, {"version": dossier.version}).status_code == 302


def test_une_autre_contrainte_reste_une_faute_a_nous(monde: Monde) -> None:
    assert noms() >= {"dossiers_clos_apres_depot", "comptes_close_apres", "courrier_envoye_apres"}
    with pytest.raises(IntegrityError) as leve, transaction.atomic():
        Dossier.objects.create(organisme=monde.organisme, reference="X", certification="")
    assert empechement(leve.value) is None
