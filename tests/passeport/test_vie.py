"""What surrounds a declaration: a title withdrawn, a person erased, a number that is asked, and who is told when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from django.db import transaction
from django.utils import timezone

from binome.accrochage.schema import VERSIONS
from binome.comptes.acteur import Acteur
from binome.conservation.rejouer import _refaire
from binome.courrier.models import Avis
from binome.dossiers.effacement import anonymiser
from binome.exemples.acces import Scene
from binome.exemples.chapitre import DejaServie, Voulu
from binome.exemples.passeport import CHAPITRE
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal import trousseau
from binome.journal.effacements import Effacement
from binome.journal.reconciliation import differences
from binome.passeport.a_part import FichierDuPasseportRefuse
from binome.passeport.etats import ActionDeclaree, EtatDeDeclaration
from binome.passeport.fiches import fiche_de, lire_la_fiche, nir_de
from binome.passeport.flows import PASSAGES
from binome.passeport.lots import deposer, preparer
from binome.passeport.models import LotDePassages, PassageADeclarer, ReglagesDuPasseport
from binome.passeport.nouvelles import alerter, ranger
from binome.passeport.rayons import contenu_du_lot
from binome.passeport.registre import archiver
from binome.passeport.reglages import choisir_le_schema, regler
from binome.titres.etats import MotifDeRetrait
from binome.titres.flows import TITRES
from tests.passeport.vie import FICHE, SCHEMA, regler_d_essai

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.passeport.vie import Certifies

E = EtatDeDeclaration
NIR = "284054008812345"
"""Made up; its key is worked out below."""
NIR_JUSTE = f"{NIR[:13]}{97 - int(NIR[:13]) % 97:02}"


def schema_115() -> bytes:
    """A schema for these tests alone: that of 1.1.2 with the two additions that are reported of 1.1.5; never official."""
    action = (
        b'<xsd:element name="action"><xsd:simpleType><xsd:restriction base="xsd:string">'
        b'<xsd:enumeration value="CREATION"/><xsd:enumeration value="SUPPRESSION"/>'
        b'</xsd:restriction></xsd:simpleType></xsd:element><xsd:element name="emetteur"'
    )
    national = (
        b'<xsd:element name="identifiantNational"><xsd:complexType><xsd:all>'
        b'<xsd:element name="nir" type="xsd:string"/><xsd:element name="nomNaissance" type="xsd:string"/>'
        b'</xsd:all></xsd:complexType></xsd:element><xsd:element name="dossierFormation"'
    )
    return (
        SCHEMA.replace(b'version="1.1.2"', b'version="1.1.5"', 1)
        .replace(b'<xsd:element name="emetteur"', action, 1)
        .replace(b'<xsd:element name="dossierFormation"', national, 1)
    )


def passer_a_la_1_1_5(gens: Certifies) -> None:
    regler_d_essai(gens.monde)
    choisir_le_schema(gens.monde.branche, gens.ana, schema_115(), "essai.xsd", date(2026, 11, 30))


def retirer(gens: Certifies, rang: int) -> None:
    titre = gens.titres[rang]
    titre.refresh_from_db()
    donnees = {"motif_du_retrait": MotifDeRetrait.values[0], "raison": "Délivré par erreur."}
    faire(TITRES, "revoquer", titre, gens.ana, version=titre.version, donnees=donnees)


def test_un_titre_retire_se_supprime_ou_ne_se_declare_pas(certifies: Certifies) -> None:
    passer_a_la_1_1_5(certifies)
    certifies.completer(0)
    certifies.repondre(certifies.lot())
    certifies.completer(1)
    retirer(certifies, 0)
    retirer(certifies, 1)
    retirer(certifies, 2)
    assert certifies.etats() == [E.A_SUPPRIMER, E.ANNULEE, E.ANNULEE]
    lot = certifies.lot(ActionDeclaree.SUPPRESSION)
    contenu = contenu_du_lot(lot)
    assert contenu is not None
    assert b"<cpf:action>SUPPRESSION</cpf:action>" in contenu
    certifies.repondre(lot)
    assert certifies.passage().etat == E.SUPPRIMEE
    assert not list(differences())


def test_la_version_qui_ne_sait_que_declarer_dit_quoi_faire_a_la_main(
    certifies: Certifies,
) -> None:
    regler_d_essai(certifies.monde)
    certifies.completer(0)
    certifies.repondre(certifies.lot())
    retirer(certifies, 0)
    with pytest.raises(GesteImpossible, match="ne sait que déclarer"):
        preparer(certifies.ana, certifies.monde.branche, ActionDeclaree.SUPPRESSION)
    passage = certifies.passage()
    donnees = {"le": timezone.localdate().isoformat()}
    faire(PASSAGES, "supprimer", passage, certifies.ana, version=passage.version, donnees=donnees)
    assert (certifies.passage().etat, certifies.passage().supprime_le) == (
        E.SUPPRIMEE,
        timezone.localdate(),
    )


def test_un_titre_retire_dans_un_lot_l_empeche_de_partir_et_la_reponse_decide(
    certifies: Certifies,
) -> None:
    passer_a_la_1_1_5(certifies)
    certifies.completer(0)
    lot = preparer(certifies.ana, certifies.monde.branche, ActionDeclaree.CREATION)
    retirer(certifies, 0)
    jour = timezone.localdate().isoformat()
    with pytest.raises(GesteImpossible, match="retiré depuis"), transaction.atomic():
        deposer(certifies.ana, lot, version=lot.version, le=jour)
    certifies.completer(1)
    parti = certifies.lot()
    retirer(certifies, 1)
    certifies.repondre(parti)
    assert certifies.passage(1).etat == E.A_SUPPRIMER


def test_le_numero_est_eteint_chiffre_puis_detruit(
    certifies: Certifies, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:  # fmt: skip
    branche, ana = certifies.monde.branche, certifies.ana
    regler_d_essai(certifies.monde)
    with pytest.raises(GesteImpossible, match=VERSIONS[1]):
        regler(branche, ana, {"nir": True})
    certifies.completer(1, nir=NIR_JUSTE)
    fiche = fiche_de(certifies.titres[1].parcours.dossier)
    assert fiche is not None
    assert fiche.nir == "", "the branch asks for none: none is kept"
    passer_a_la_1_1_5(certifies)
    regler(branche, ana, {"nir": True})
    with pytest.raises(GesteImpossible, match=VERSIONS[1]):
        choisir_le_schema(branche, ana, SCHEMA, "cpf.xsd", date(2026, 11, 30))
    assert lire_la_fiche({**FICHE, "nir": NIR}, avec_nir=True).fautes == {
        "nir": "Relisez ce numéro : il a quinze chiffres, clé comprise, et celui-ci n’est pas juste."
    }
    certifies.completer(0, nir=NIR_JUSTE)
    fiche = fiche_de(certifies.titres[0].parcours.dossier)
    assert fiche is not None
    assert NIR[:13] not in fiche.nir
    assert nir_de(fiche) == NIR_JUSTE
    cle = fiche.nir_cle
    lot = certifies.lot()
    contenu = contenu_du_lot(lot)
    assert contenu is not None
    assert f"<cpf:nir>{NIR[:13]}</cpf:nir>".encode() in contenu
    assert NIR_JUSTE.encode() not in contenu
    with pytest.raises(GesteImpossible, match="jusqu’à ce qu’elle arrive"):
        regler(branche, ana, {"nir": False})
    with django_capture_on_commit_callbacks(execute=True):
        certifies.repondre(lot)
    fiche.refresh_from_db()
    lot.refresh_from_db()
    assert (fiche.nir, fiche.nir_cle, lot.fichier) == ("", "", "")
    assert not trousseau.lire([cle, lot.cle])
    # An older key store that comes back is no way to read it again.
    trousseau.poser({cle: Fernet.generate_key()})
    _refaire(Effacement(1, "2026-11-30", "nir", cle, ""))
    assert not trousseau.lire([cle])
    regler(branche, ana, {"nir": False})
    assert not ReglagesDuPasseport.objects.get().nir
    assert not list(differences())


def test_qui_est_efface_part_de_la_fiche_du_lot_et_des_reponses(
    certifies: Certifies, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:  # fmt: skip
    regler_d_essai(certifies.monde)
    certifies.completer(0)
    depose = certifies.lot()
    certifies.repondre(depose, {0: "Une phrase qui nomme Exemple"})
    for rang in (1, 2):
        certifies.completer(rang)
    dossier = certifies.titres[0].parcours.dossier
    (archive,) = archiver(dossier)["etat_civil"]
    assert archive["nom_naissance"] == "Exemple"
    passage = certifies.passage()
    faire(PASSAGES, "corriger", passage, certifies.ana, version=passage.version)
    prepare = preparer(certifies.ana, certifies.monde.branche, ActionDeclaree.CREATION)
    assert prepare.nombre == 3
    with django_capture_on_commit_callbacks(execute=True):
        anonymiser(dossier.pk, auteur="systeme", motif="Durée atteinte")
    fiche = fiche_de(dossier)
    assert fiche is not None
    assert (fiche.etat, fiche.nom_naissance, fiche.naissance) == ("effacee", "", "")
    assert certifies.etats() == [E.ANNULEE, E.PRETE, E.PRETE]
    assert certifies.passage().motif == ""
    assert not depose.lignes.exclude(motif="").exists()
    for lot in LotDePassages.objects.all():
        assert contenu_du_lot(lot) is None
        assert not trousseau.lire([lot.cle])
    assert not list(differences())


def test_un_fichier_s_en_va_trois_mois_apres_quand_rien_n_attend(
    certifies: Certifies, monkeypatch: pytest.MonkeyPatch
) -> None:
    regler_d_essai(certifies.monde)
    for rang in (0, 1):
        certifies.completer(rang)
    lot = certifies.lot()
    certifies.repondre(lot, {1: "Une phrase inconnue"})
    plus_tard = timezone.localdate() + timedelta(days=100)
    monkeypatch.setattr(timezone, "localdate", lambda *_: plus_tard)
    assert ranger() == 0, "one of them waits still"
    retirer(certifies, 1)
    assert ranger() == 1
    lot.refresh_from_db()
    assert lot.fichier == ""


def test_les_trois_mois_se_disent_a_soixante_et_quatre_vingts_jours(
    certifies: Certifies, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined] # pytest-django's settings
    jour = timezone.localdate()

    def dits() -> list[str]:
        alerter()
        return list(
            Avis.objects.filter(genre="passeport", adresse="/espace/passeport/").values_list(
                "destinataire", flat=True
            )
        )

    for apres, attendus in ((59, 0), (60, 1), (61, 1), (80, 2), (95, 2)):
        plus_tard = jour + timedelta(days=apres)
        monkeypatch.setattr(timezone, "localdate", lambda *_, le=plus_tard: le)
        assert dits() == ["ana@exemple.fr"] * attendus, apres
    demandes = Avis.objects.filter(adresse__contains="etats-civils")
    assert {un.destinataire for un in demandes} == {"alice@exemple.fr", "lea@exemple.fr"}
    assert demandes.count() == 6


def test_la_personne_acceptee_est_prevenue_une_fois(certifies: Certifies, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined] # pytest-django's settings
    regler_d_essai(certifies.monde)
    certifies.completer(0)
    certifies.repondre(certifies.lot())
    (avis,) = Avis.objects.filter(texte__contains="passeport de compétences.")
    assert avis.destinataire == "lea@exemple.fr"


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ((b'targetNamespace="urn:cdc', b'targetNamespace="urn:autre'), "n’est pas celui"),
        ((b"<xsd:complexType", b'<xsd:include schemaLocation="/etc/passwd"/><xsd:complexType'), "un seul fichier"),
        ((b'name="idClient"', b'name="autre"'), "ne prend pas le fichier que Binôme écrit"),
        ((b"<xsd:schema", b'<!DOCTYPE a [<!ENTITY b "c">]><xsd:schema'), "entités"),
    ],
)  # fmt: skip
def test_un_schema_qui_ne_va_pas_est_refuse_en_mots(
    certifies: Certifies, change: tuple[bytes, bytes], dit: str
) -> None:
    with pytest.raises(FichierDuPasseportRefuse, match=dit):
        choisir_le_schema(
            certifies.monde.branche, certifies.ana, SCHEMA.replace(*change, 1), "x.xsd", date(2026, 1, 1)
        )  # fmt: skip


def test_le_chapitre_du_monde_invente_montre_chaque_suite(certifies: Certifies) -> None:
    monde = certifies.monde
    scene = Scene(
        [monde.organisme], monde.autre, monde.branche, {"jury": monde.ana, "gestionnaire": monde.alice}
    )  # fmt: skip
    CHAPITRE.verifier()
    CHAPITRE.ecrire(scene, Voulu(3, 1, timezone.localdate(), lambda _: None))
    assert sorted(certifies.etats()) == [E.ACCEPTEE, E.REFUSEE, E.REFUSEE]
    lot = LotDePassages.objects.get()
    assert lot.essai
    assert lot.nom.startswith("binome-essai-")
    with pytest.raises(DejaServie):
        CHAPITRE.verifier()
    assert not list(differences())


def test_qui_declare_pour_une_autre_branche_ne_voit_rien(certifies: Certifies) -> None:
    regler_d_essai(certifies.monde)
    certifies.completer(0)
    passage = PassageADeclarer.objects.select_related("titre").get(titre=certifies.titres[0])
    with pytest.raises(GesteImpossible):
        faire(PASSAGES, "corriger", passage, Acteur(certifies.monde.emma), version=passage.version)
