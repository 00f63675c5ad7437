"""The sealed letter: what it says, that its seal holds, who may read it, and when it is notified."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.utils import timezone
from pypdf import PdfReader

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.comptes.etat_civil import nom_en_entier
from binome.courrier.models import Message, Reservation
from binome.courrier.reservations import reserver
from binome.dossiers import rayons
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Nature
from binome.dossiers.jugement import MANQUES
from binome.dossiers.models import Decision, Dossier
from binome.etagere.registre import balayer
from binome.gestes.refus import GesteImpossible
from binome.impression.pdf import pdf_de_la_lettre
from binome.journal.chaine import verifier
from binome.journal.histoire import histoire
from binome.lettres.lettre import attendent_leur_sceau, lettre_de, sceller, verifier_sceau
from binome.lettres.notification import notifier
from binome.regles.calendrier import duree_en_clair
from binome.regles.metiers.gardee import lire_gardee
from binome.sceau.cle import sceau
from tests.dossiers.monde import propose, trancher_tout
from tests.dossiers.noms import VINGT
from tests.paroles import tours

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from tests.dossiers.monde import Monde


@pytest.fixture(autouse=True)
def rayon(tmp_path: Path, settings: Settings) -> None:
    """Each test has a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"


def decidee(monde: Monde, *, mure: bool = True, **autres: Any) -> Decision:
    """A decision whose hour is past, unless told otherwise."""
    dossier = propose(monde)
    decision = decisions.decider(dossier, Acteur(monde.emma), version=dossier.version, **autres)
    if mure:
        decision.notifiable_des = timezone.now() - timedelta(minutes=1)
        decision.save(update_fields=["notifiable_des"])
    return decision


def texte(decision: Decision) -> str:
    lecteur = PdfReader(BytesIO(rayons.LETTRES.chemin_de(decision.sceau).read_bytes()))
    brut = "\n".join(page.extract_text() for page in lecteur.pages)
    # Between the two f of a hash, where the font would bind them.
    return " ".join(
        brut.replace("\u202f", " ").replace("\u00a0", " ").replace("\u200b", "").split()
    )


def test_la_lettre_dit_la_decision_ses_raisons_et_l_empreinte(monde: Monde) -> None:
    decision = decidee(monde)
    etat, version = decision.dossier.etat, decision.dossier.version
    assert sceller() == 1
    decision.refresh_from_db()
    contenu = rayons.LETTRES.chemin_de(decision.sceau).read_bytes()
    assert hashlib.sha256(contenu).hexdigest() == decision.sceau_empreinte
    assert b"pdfaid:part" in contenu
    assert b"ETSI.CAdES.detached" in contenu
    assert verifier_sceau(decision) is None
    dit = texte(decision)
    for attendu in (
        "Léa Exemple",
        decision.dossier.reference,
        "Votre entrée en formation est accordée",
        "Emma Exemple, pour la branche",
        "Les raisons",
        "Les heures",
        "recours gracieux",
        "L. 311-3-1",
        "Démonstration : cette lettre n’a aucune valeur",
    ):
        assert attendu in dit, attendu
    assert len(decision.base) >= 64
    assert decision.base in dit.replace(" ", "")
    retenu = next(un for un in decision.reponse["motifs"] if un["issue"] == "oui")
    assert retenu["texte"][:40] in dit
    assert [
        un for un in tours(dit) if "chaîne" not in un
    ] == []  # a page has no sentences, only lines
    dossier = Dossier.objects.get(pk=decision.dossier_id)
    assert (dossier.etat, dossier.version) == (etat, version)
    assert histoire(dossier.objet)[-1]["geste"] == "decision.scellee"
    assert sceller() == 0
    assert not Reservation.objects.exists()


def test_la_lettre_dit_la_reserve_l_ecart_et_la_position_de_la_branche(monde: Monde) -> None:
    dossier = propose(monde)
    trancher_tout(monde, dossier)
    decision = decisions.decider(
        dossier,
        Acteur(monde.emma),
        version=dossier.version,
        nature=Nature.RESERVE,
        reserve="Fournir l’attestation avant le jury.",
        ecart="Le diplôme étranger a été reconnu.",
    )
    Decision.objects.update(notifiable_des=timezone.now())
    assert sceller() == 1
    decision.refresh_from_db()
    dit = texte(decision)
    assert "Fournir l’attestation avant le jury." in dit
    assert "Le diplôme étranger a été reconnu." in dit
    assert "Le programme proposait" in dit
    assert decision.reponse["alertes"], "the branch has a position to tell"
    assert "Position d’exemple." in dit


def test_une_lettre_qui_s_ecarte_ne_se_contredit_pas_et_parle_pour_la_branche(monde: Monde) -> None:
    """What the program proposed is not what was decided, and what the dossier said is not what was retained."""
    dossier = propose(monde)
    proposition = dossier.propositions.get()
    decisions.decider(
        dossier, Acteur(monde.emma), version=dossier.version, nature=Nature.ACCORDE, heures="100",
        raison="preuve", ecart="Dix mois seulement sont prouvés.", confirme=" ".join(MANQUES),
    )  # fmt: skip
    decision = Decision.objects.get()
    assert decision.reponse["minutes"]["total"] != proposition.prouve["minutes"]["total"]
    Decision.objects.update(notifiable_des=timezone.now())
    assert sceller() == 1
    decision.refresh_from_db()
    dit = texte(decision)
    base = base_de(dossier.certification)
    proposees = duree_en_clair(lire_gardee(proposition.prouve, base).comptees or 0)
    assert f"Le programme proposait : le CQP, {proposees}." in dit
    assert "Ce que disait le dossier" in dit
    assert "Ce que répondent les règles" in dit
    for mot in ("Les faits retenus", "Les raisons", "emandez-les à la branche", "Nous n’avons pas trouvé",
                "demander à la branche", "que nous ayons lu"):  # fmt: skip
        assert mot not in dit, mot
    assert "Vous pouvez nous demander de revoir cette décision" in dit
    assert "Nous n’avons pas fixé de délai pour ce recours" in dit


def test_ce_qui_attend_son_sceau_se_compte_comme_on_le_scelle(monde: Monde) -> None:
    decision = decidee(monde, mure=False)
    assert not attendent_leur_sceau().exists(), "it may still be undone"
    Decision.objects.update(notifiable_des=timezone.now())
    assert list(attendent_leur_sceau()) == [decision]
    sceller()
    assert not attendent_leur_sceau().exists()


def test_une_lettre_touchee_ne_tient_plus(monde: Monde) -> None:
    decision = decidee(monde)
    sceller()
    decision.refresh_from_db()
    chemin = rayons.LETTRES.chemin_de(decision.sceau)
    touche = bytearray(chemin.read_bytes())
    touche[len(touche) // 3] ^= 1
    chemin.write_bytes(bytes(touche))
    assert verifier_sceau(decision) == "le fichier n’est plus celui qui a été scellé"
    decision.sceau_empreinte = hashlib.sha256(touche).hexdigest()
    assert verifier_sceau(decision) == "le fichier a été modifié après son sceau"
    chemin.unlink()
    assert verifier_sceau(decision) == "le fichier est introuvable"


def test_avant_l_heure_rien_ni_apres_une_annulation(monde: Monde) -> None:
    decision = decidee(monde, mure=False)
    assert (sceller(), notifier()) == (0, 0)
    decisions.annuler(
        Dossier.objects.get(pk=decision.dossier_id),
        Acteur(monde.emma),
        version=decision.dossier.version,
        motif="Erreur de lecture",
    )
    Decision.objects.update(notifiable_des=timezone.now() - timedelta(hours=2))
    assert (sceller(), notifier()) == (0, 0)
    assert not Message.objects.filter(cle__startswith="geste:notifier").exists()


def test_notifier_ecrit_au_candidat_et_a_l_organisme_une_seule_fois(monde: Monde) -> None:
    decision = decidee(monde)
    assert notifier() == 0  # not sealed yet
    sceller()
    assert notifier() == 1
    assert notifier() == 0
    decision.refresh_from_db()
    assert decision.notifiee_le is not None
    messages = {
        un.destinataire: un for un in Message.objects.filter(cle__startswith="geste:notifier")
    }
    assert set(messages) == {"alice@exemple.fr", "lea@exemple.fr"}
    assert f"/espace/lettres/{decision.pk}/" in messages["lea@exemple.fr"].texte
    assert not messages["lea@exemple.fr"].pieces_jointes
    assert histoire(decision.dossier.objet)[-1]["geste"] == "dossier.notifier"
    assert verifier() is None


def test_qui_lit_la_lettre(monde: Monde, client: Client) -> None:
    decision = decidee(monde)
    adresse = f"/espace/lettres/{decision.pk}/"

    def codes() -> dict[str, int]:
        vus = {}
        for nom in ("alice", "bob", "charlie", "emma", "lea"):
            client.force_login(getattr(monde, nom))
            vus[nom] = client.get(adresse).status_code
        client.logout()
        vus["personne"] = client.get(adresse).status_code
        return vus

    ferme = dict.fromkeys(("alice", "bob", "charlie", "emma", "lea"), 404) | {"personne": 302}
    assert codes() == ferme
    sceller()
    assert codes() == ferme | {"emma": 200}
    notifier()
    assert codes() == ferme | {"emma": 200, "alice": 200, "bob": 200, "lea": 200}
    client.force_login(monde.lea)
    reponse = client.get(adresse)
    assert reponse["Content-Type"] == "application/pdf"
    assert decision.dossier.reference in reponse["Content-Disposition"]
    assert client.post(adresse).status_code == 405
    decision.refresh_from_db()
    rayons.LETTRES.chemin_de(decision.sceau).write_bytes(b"autre chose")
    assert client.get(adresse).status_code == 404


def test_ce_qu_un_autre_tient_attend_puis_se_reprend(monde: Monde) -> None:
    decision = decidee(monde)
    assert reserver("lettre", [decision.pk], "autre") == [decision.pk]
    assert reserver("lettre", [decision.pk], "moi") == []
    assert sceller() == 0
    Reservation.objects.update(jusqu_a=timezone.now())
    assert sceller() == 1


def test_le_balai_ne_prend_que_ce_que_nul_ne_nomme(monde: Monde) -> None:
    decision = decidee(monde)
    sceller()
    decision.refresh_from_db()
    orpheline = rayons.LETTRES.ranger(b"orpheline")
    (Path(settings.MEDIA_ROOT) / "lettres" / "a.partiel").write_bytes(b"moi")
    assert balayer() == 0
    assert balayer(timedelta(0)) == 2
    assert not rayons.LETTRES.chemin_de(orpheline).exists()
    assert verifier_sceau(decision) is None


def test_sans_cle_hors_demonstration_les_decisions_attendent(
    monde: Monde, settings: Settings
) -> None:
    decision = decidee(monde)
    settings.DEMONSTRATION = False
    with pytest.raises(Exception, match="Aucune clé ne scelle"):
        sceller()
    decision.refresh_from_db()
    assert decision.sceau == ""


RESERVE = "• Fournir l’AFGSU → avant le 1ᵉʳ mars\n‑ “ﬁn” ; x² ≥ 2\n☐ Contrat signé\n\tTabulation"


def test_vingt_noms_sont_dans_la_lettre_comme_ils_sont_tapes(monde: Monde) -> None:
    decision = decidee(monde)
    personnes = [nom_en_entier(un.prenom, un.nom) for un in VINGT]
    lettre = replace(lettre_de(decision, sceau()), personne=" ; ".join(personnes))
    pdf = pdf_de_la_lettre(lettre, base_de(decision.dossier.certification))
    lu = "".join(une.extract_text() for une in PdfReader(BytesIO(pdf)).pages)
    # Where a long name is cut at the end of a line is no matter here.
    assert [un for un in personnes if "".join(un.split()) not in "".join(lu.split())] == []


def test_un_nom_d_ailleurs_est_scelle_avec_celui_de_naissance(monde: Monde) -> None:
    decision = decidee(monde)
    Dossier.objects.filter(pk=decision.dossier_id).update(
        prenom="Łukasz", nom="Żółć", nom_de_naissance="Məmmədov", naissance=None, naissance_annee=1962
    )  # fmt: skip
    sceller()
    decision.refresh_from_db()
    assert "Łukasz Żółć (nom de naissance : Məmmədov)" in texte(decision)
    assert "1962, jour inconnu" in texte(decision)
    assert verifier_sceau(decision) is None


def test_une_reserve_est_dans_la_lettre_comme_elle_est_tapee(monde: Monde) -> None:
    decision = decidee(monde, nature=Nature.RESERVE, reserve=RESERVE, ecart="Ə → ≥")
    sceller()
    decision.refresh_from_db()
    lue = texte(decision).replace("fin", "ﬁn")
    for morceau in ("• Fournir l’AFGSU → avant le 1ᵉʳ mars", "“ﬁn” ; x² ≥ 2", "☐ Contrat signé"):
        assert morceau in lue
    assert "Ə → ≥" in lue
    assert "?" not in lue


@pytest.mark.parametrize("ou", ["reserve", "ecart"])
def test_ce_que_la_lettre_ne_dessine_pas_est_refuse_avant_de_decider(monde: Monde, ou: str) -> None:
    dits: dict[str, Any] = {"reserve": "Fournir l’AFGSU", "ecart": "Vu en commission"}
    dits[ou] = "avant mars ✅"
    with pytest.raises(GesteImpossible, match="« ✅ » : aucune lettre ne peut l’imprimer"):
        decidee(monde, nature=Nature.RESERVE, **dits)
    assert not Decision.objects.exists()


def test_ce_qui_fut_decide_avant_est_nomme_par_son_numero(monde: Monde) -> None:
    """A decision of an earlier version waits for its seal: its letter is printed, and says what is missing."""
    decision = decidee(monde)
    Dossier.objects.filter(pk=decision.dossier_id).update(nom="李")
    sceller()
    decision.refresh_from_db()
    assert "[U+674E]" in texte(decision)


def test_un_refus_ne_dit_que_les_raisons_du_refus(monde: Monde, client: Client) -> None:
    """Of the rules when they refuse; the branch's own when it departs from them."""
    ferme = propose(monde, diplomes=[], niveau_diplome=3, experience_secretaire_mois=0)
    ouvert, emma = propose(monde), Acteur(monde.emma)
    decisions.decider(ferme, emma, version=ferme.version, nature=Nature.REFUSE)
    decisions.decider(
        ouvert, emma, version=ouvert.version, nature=Nature.REFUSE, raison="preuve",
        ecart="Titre illisible.",
    )  # fmt: skip
    Decision.objects.update(notifiable_des=timezone.now())
    assert (sceller(), notifier()) == (2, 2)
    des_regles, de_la_branche = (texte(un.decisions.get()) for un in (ferme, ouvert))
    assert "Aucune formation n’est ouverte" in des_regles
    for tu in ("Dispense", "AFGSU valable", "À savoir", "Les heures", "heures de formation"):
        assert tu not in des_regles.split("Les faits retenus")[0], tu
    assert "Une pièce ne prouve pas ce que la règle demande. Titre illisible." in de_la_branche
    assert "Les raisons" not in de_la_branche
    assert "Dispense accordée" not in de_la_branche
    client.force_login(monde.lea)
    lue = client.get(f"/espace/dossiers/{ferme.reference}/").context["annonce"]
    assert {une.regle.split(".")[0] for une in lue.raisons} <= {"voie", "prerequis", "entree"}
    assert lue.raisons


def test_la_lettre_part_au_nom_de_la_branche(monde: Monde) -> None:
    decision = decidee(monde)
    Dossier.objects.filter(pk=decision.dossier_id).update(branche=monde.branche)
    sceller()
    decision.refresh_from_db()
    dit = texte(decision)
    assert dit.startswith("Branche d’exemple Décision de positionnement")
    assert "Binôme" in dit, "what prepared it is said"
