"""A contract from its preparation to its end: what each gesture writes, and what it refuses, by its reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.comptes.models import Organisation
from binome.contrats_d_aide.etats import EtatDeContrat, FiniPar
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.medecins import MedecinDit, dire_un_medecin
from binome.contrats_d_aide.models import Contrat, EvenementDeContrat, PosteDuContrat
from binome.contrats_d_aide.permissions import visibles
from binome.contrats_d_aide.rpps import lire_un_rpps
from binome.contrats_d_aide.services import preparer, renouveler
from binome.contrats_d_aide.termes import terminer_les_contrats
from binome.gestes.passage import Passage
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire_tous
from tests.contrats_d_aide.cabinets import FAITS, RPPS, SIGNE, Cabinets, deux_medecins

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur

pytestmark = pytest.mark.django_db
COLLECTIF: Final = date(2026, 3, 2)


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


@pytest.mark.parametrize(
    ("le", "version", "premiere"),
    [
        (date(2019, 8, 20), "avenant7", 1_800_000),
        (date(2023, 4, 30), "avenant7", 1_800_000),
        (date(2023, 5, 1), "reglement_arbitral", 1_800_000),
        (date(2024, 6, 21), "reglement_arbitral", 1_800_000),
        (date(2024, 6, 22), "convention_2024", 1_900_000),
    ],
)
def test_un_contrat_garde_la_version_du_jour_de_sa_signature(
    ici: Cabinets, le: date, version: str, premiere: int
) -> None:
    contrat = Contrat.objects.get(pk=ici.signe(le=le).pk)
    assert (contrat.version_signee, contrat.etat) == (version, EtatDeContrat.SIGNE)
    assert contrat.reponse["annees"][0]["aide_max_cents"] == premiere
    assert contrat.base
    assert contrat.fin == date(le.year + 5, le.month, le.day) - timedelta(days=1)


def test_un_contrat_d_avant_l_aide_est_refuse_meme_a_la_caisse(ici: Cabinets) -> None:
    contrat = ici.prepare()
    for par in (ici.emma, ici.carole):
        with pytest.raises(GesteImpossible, match="20 août 2019"):
            ici.geste(contrat, "signer", par, signe_le=date(2019, 8, 19))


def test_ce_que_les_regles_refusent_la_caisse_seule_le_signe(ici: Cabinets) -> None:
    contrat = ici.prepare(faits={**FAITS, "secteur": "2"})
    with pytest.raises(GesteImpossible, match="Optam"):
        ici.geste(contrat, "signer", signe_le=SIGNE)
    ici.geste(contrat, "signer", ici.carole, signe_le=SIGNE)
    assert contrat.etat == EtatDeContrat.SIGNE


def test_une_signature_a_venir_est_refusee(ici: Cabinets) -> None:
    from binome.contrats_d_aide.lectures_de_champs import lire_un_jour_passe  # noqa: PLC0415

    demain = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValueError, match="pas encore venu"):
        lire_un_jour_passe(demain.isoformat())


def test_un_contrat_commence_quand_les_parts_tombent_juste(ici: Cabinets) -> None:
    contrat = ici.signe()
    with pytest.raises(GesteImpossible, match="qui travaille"):
        ici.geste(contrat, "commencer", le=SIGNE)
    ici.geste(contrat, "poser", genre="assistant", emploi=ici.emploi, part=4_000, du=SIGNE)
    with pytest.raises(GesteImpossible, match=r"50 % .* 40 %"):
        ici.geste(contrat, "commencer", le=SIGNE)
    ici.geste(contrat, "poser", genre="assistant", nom="Une autre personne", part=1_000, du=SIGNE)
    ici.geste(contrat, "commencer", le=SIGNE)
    assert contrat.etat == EtatDeContrat.EN_COURS
    assert contrat.evenements.get().nature == "recrutement"


def test_une_personne_est_partagee_jamais_payee_deux_fois(ici: Cabinets) -> None:
    premier, second = ici.en_cours(), ici.en_cours(ici.deux)
    assert {premier.etat, second.etat} == {EtatDeContrat.EN_COURS}
    troisieme = ici.signe(
        dire_un_medecin(MedecinDit("Essai", "Trois", RPPS[2], "medecine_generale"), ici.emma)
    )
    with pytest.raises(GesteImpossible, match="payé deux fois"):
        ici.geste(troisieme, "poser", genre="assistant", emploi=ici.emploi, part=5_000, du=SIGNE)
    # Once one of them stops, its half is free again.
    ici.geste(
        second,
        "resilier",
        par="medecin",
        lettre_le=date(2025, 1, 2),
        fini_le=date(2025, 3, 2),
        explication="",
    )
    ici.geste(
        troisieme, "poser", genre="assistant", emploi=ici.emploi, part=5_000, du=date(2025, 3, 3)
    )
    assert PosteDuContrat.objects.filter(emploi=ici.emploi, au=None).count() == 2


def test_une_personne_a_cent_vingt_pour_cent_est_refusee(ici: Cabinets) -> None:
    un, deux = ici.signe(option="un"), ici.signe(ici.deux)
    ici.geste(un, "poser", genre="assistant", nom="Sacha Exemple", part=7_000, du=SIGNE)
    with pytest.raises(GesteImpossible, match="120 % d’un temps plein"):
        ici.geste(deux, "poser", genre="assistant", nom="sacha  EXEMPLE", part=5_000, du=SIGNE)
    with pytest.raises(GesteImpossible, match="ne tombent pas juste"):
        ici.geste(un, "poser", genre="assistant", nom="Une autre", part=3_001, du=SIGNE)


def test_un_poste_a_un_seul_contrat_par_medecin(ici: Cabinets) -> None:
    ici.en_cours()
    ailleurs = ici.signe(caisse=ici.autre_caisse)
    with pytest.raises(GesteImpossible, match="un contrat par médecin"):
        ici.geste(ailleurs, "poser", genre="assistant", emploi=ici.emploi, part=5_000, du=SIGNE)


def test_un_medecin_ne_signe_pas_deux_fois_avec_une_caisse(ici: Cabinets) -> None:
    ici.en_cours()
    second = ici.prepare()
    with pytest.raises(GesteImpossible, match="amendez-le"):
        ici.geste(second, "signer", signe_le=date(2025, 1, 6))
    with pytest.raises(IntegrityError), transaction.atomic():
        Contrat.objects.filter(pk=second.pk).update(
            etat="en_cours",
            signe_le=SIGNE,
            debut=SIGNE,
            fin=SIGNE,
            version_signee="avenant7",
            base="x",
        )


def test_une_secretaire_promue_laisse_un_poste_a_remplacer(ici: Cabinets) -> None:
    contrat = ici.signe()
    ici.geste(contrat, "poser", genre="assistant", nom="Sacha Exemple", part=5_000, du=SIGNE, promue=True, part_du_secretariat=8_000)  # fmt: skip
    secretariat = contrat.postes.get(genre="secretaire_a_remplacer")
    assert (secretariat.part, secretariat.pourvu_le) == (8_000, None)
    ici.geste(contrat, "noter", nature="secretariat", du=date(2025, 1, 6), poste=secretariat, pourvu_par="telesecretariat")  # fmt: skip
    secretariat.refresh_from_db()
    assert (secretariat.pourvu_le, secretariat.pourvu_par) == (date(2025, 1, 6), "telesecretariat")


def test_suspendre_puis_reprendre(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "suspendre", du=date(2025, 3, 1))
    with pytest.raises(GesteImpossible, match="il reprend après"):
        ici.geste(contrat, "reprendre", du=date(2025, 2, 1))
    ici.geste(contrat, "reprendre", du=date(2025, 6, 2))
    assert contrat.etat == EtatDeContrat.EN_COURS
    with pytest.raises(GesteImpossible, match="n’est pas dans le contrat"):
        ici.geste(contrat, "suspendre", du=date(2031, 1, 1))


def test_un_medecin_donne_deux_mois_de_preavis(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    fin = {"par": "medecin", "explication": "Départ"}
    with pytest.raises(GesteImpossible, match="lettre recommandée"):
        ici.geste(contrat, "resilier", **fin, lettre_le=None, fini_le=date(2026, 1, 1))
    with pytest.raises(GesteImpossible, match="1er mars 2026 au plus tôt"):
        ici.geste(contrat, "resilier", **fin, lettre_le=date(2026, 1, 1), fini_le=date(2026, 2, 28))
    with pytest.raises(GesteImpossible, match="La caisse seule"):
        ici.geste(
            contrat,
            "resilier",
            par="caisse",
            lettre_le=None,
            fini_le=date(2026, 2, 28),
            explication="",
        )
    ici.geste(contrat, "resilier", **fin, lettre_le=date(2026, 1, 1), fini_le=date(2026, 3, 1))
    assert (contrat.etat, contrat.fini_par) == (EtatDeContrat.FINI, FiniPar.MEDECIN)
    assert contrat.postes.get().au == date(2026, 3, 1)


def test_un_contrat_de_l_avenant_7_n_a_pas_de_preavis_lu(ici: Cabinets) -> None:
    contrat = ici.signe(le=date(2023, 1, 9))
    ici.geste(
        contrat, "resilier", par="medecin", lettre_le=None, fini_le=date(2024, 1, 9), explication=""
    )
    assert contrat.etat == EtatDeContrat.FINI


def test_un_renouvellement_remplace_le_contrat_quand_il_commence(ici: Cabinets) -> None:
    ancien = ici.signe(le=date(2021, 3, 1))
    ici.geste(
        ancien, "poser", genre="assistant", nom="Sacha Exemple", part=5_000, du=date(2021, 3, 1)
    )
    ici.geste(ancien, "commencer", le=date(2021, 3, 1))
    suite = renouveler(ancien, ici.dit(), ici.emma)
    with pytest.raises(GesteImpossible, match="déjà préparée"):
        renouveler(ancien, ici.dit(), ici.emma)
    with pytest.raises(GesteImpossible, match="du même médecin"):
        renouveler(ici.signe(ici.deux), ici.dit(), ici.emma)
    ici.geste(suite, "signer", signe_le=date(2026, 3, 1))
    ici.geste(
        suite, "poser", genre="assistant", nom="Sacha Exemple", part=5_000, du=date(2026, 3, 1)
    )
    ici.geste(suite, "commencer", le=date(2026, 3, 1))
    ancien.refresh_from_db()
    assert (ancien.etat, ancien.fini_le, ancien.fini_par) == (
        "remplace",
        date(2026, 2, 28),
        "autre_contrat",
    )
    assert ancien.postes.get().au == date(2026, 2, 28)
    assert suite.version_signee == "convention_2024"


def test_un_contrat_a_son_terme_et_pas_avant(ici: Cabinets) -> None:
    with pytest.raises(GesteImpossible, match="pas encore à son terme"):
        ici.geste(ici.signe(ici.deux), "terminer")
    vieux = ici.signe(le=date(2020, 2, 3))
    ici.geste(vieux, "terminer")
    assert (vieux.fini_le, vieux.fini_par) == (date(2025, 2, 2), FiniPar.TERME)


def test_un_second_assistant_demande_ce_que_les_regles_disent(ici: Cabinets) -> None:
    contrat = ici.signe(option="un")
    with pytest.raises(GesteImpossible, match="sous-dense"):
        ici.geste(contrat, "amender", du=date(2026, 9, 2), option="deux", etp=None)
    ici.geste(contrat, "amender", du=date(2026, 9, 2), option="demi", etp=None)
    assert contrat.option == "demi"
    with pytest.raises(GesteImpossible, match="Rien ne change"):
        ici.geste(contrat, "amender", du=date(2026, 9, 2), option="demi", etp=None)


def test_un_evenement_ne_se_change_pas_il_se_rectifie(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    poste = contrat.postes.get()
    with pytest.raises(GesteImpossible, match="Aucune absence"):
        ici.geste(contrat, "noter", nature="retour", du=date(2025, 6, 2), poste=poste)
    ici.geste(contrat, "noter", nature="absence", du=date(2025, 3, 1), poste=poste)
    absence = EvenementDeContrat.objects.get(nature="absence")
    ici.geste(contrat, "noter", nature="rectification", du=date(2025, 3, 1), annule=absence)
    with pytest.raises(GesteImpossible, match="déjà rectifié"):
        ici.geste(contrat, "noter", nature="rectification", du=date(2025, 3, 1), annule=absence)
    with pytest.raises(GesteImpossible, match="Aucune absence"):
        ici.geste(contrat, "noter", nature="retour", du=date(2025, 6, 2), poste=poste)


def test_un_rpps_a_sa_cle_et_un_seul_medecin(ici: Cabinets) -> None:
    assert lire_un_rpps("1000 000 0009") == RPPS[0]
    for faux, dit in (
        ("10000000008", "sa clé"),
        ("123", "onze chiffres"),
        ("1000000000²", "onze chiffres"),
    ):
        with pytest.raises(ValueError, match=dit):
            lire_un_rpps(faux)
    assert dire_un_medecin(MedecinDit("ESSAI", "un", RPPS[0]), ici.emma) == ici.un
    with pytest.raises(GesteImpossible, match="autre médecin"):
        dire_un_medecin(MedecinDit("Autrement", "Un", RPPS[0]), ici.emma)


def test_deux_onglets_ne_font_pas_deux_gestes(ici: Cabinets) -> None:
    contrat = ici.prepare()
    autre_onglet = Contrat.objects.get(pk=contrat.pk)
    ici.geste(contrat, "signer", signe_le=SIGNE)
    with pytest.raises(Depasse):
        ici.geste(autre_onglet, "signer", signe_le=SIGNE)


def test_chacun_ne_lit_que_les_siens(ici: Cabinets) -> None:
    prepare, signe = ici.prepare(), ici.signe(ici.deux)

    def lus(qui: Acteur) -> set[int]:
        return set(visibles(qui).values_list("pk", flat=True))

    assert lus(ici.emma) == {prepare.pk, signe.pk}
    assert lus(ici.carole) == {signe.pk}
    assert lus(ici.etrangere) == set()
    with pytest.raises(GesteImpossible):
        ici.geste(signe, "commencer", ici.etrangere, le=SIGNE)
    with pytest.raises(GesteImpossible):
        preparer(ici.dit(signataire=Organisation.objects.get(pk=ici.autre.pk)), ici.emma)


def test_un_cabinet_n_apprend_rien_du_contrat_d_un_autre(ici: Cabinets) -> None:
    ici.en_cours()
    meme = preparer(ici.dit(signataire=ici.autre), ici.etrangere)
    with pytest.raises(GesteImpossible, match="La caisse seule") as refus:
        ici.geste(meme, "signer", ici.etrangere, signe_le=SIGNE)
    assert "Essai" not in str(refus.value)
    with pytest.raises(GesteImpossible, match="amendez-le"):
        ici.geste(meme, "signer", ici.carole, signe_le=SIGNE)


def test_un_lot_ne_signe_pas_deux_fois_le_meme_medecin(ici: Cabinets) -> None:
    deux_fois = [ici.prepare(), ici.prepare(), ici.prepare(ici.deux)]
    bilan = faire_tous(
        CONTRATS,
        "signer",
        [Passage(un, un.version, {"signe_le": SIGNE}) for un in deux_fois],
        ici.carole,
    )
    assert [un.objet.pk for un in bilan.passes] == [deux_fois[0].pk, deux_fois[2].pk]
    assert "déjà un contrat" in str(bilan.laisses[0].refus)


def test_un_versement_dit_son_annee_et_rien_n_arrive_apres_la_fin(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    with pytest.raises(GesteImpossible, match="quelle année"):
        ici.geste(contrat, "noter", nature="versement", du=date(2024, 10, 2), montant_cents=1)
    with pytest.raises(GesteImpossible, match="jusqu’au 1er septembre 2029"):
        ici.geste(
            contrat, "noter", nature="absence", du=date(2031, 1, 1), poste=contrat.postes.get()
        )


def test_la_maison_dit_le_terme_de_ce_que_personne_ne_finit(ici: Cabinets) -> None:
    vieux, neuf = ici.signe(le=date(2020, 2, 3)), ici.signe(ici.deux)
    assert terminer_les_contrats() == 1
    assert terminer_les_contrats() == 0
    vieux.refresh_from_db()
    neuf.refresh_from_db()
    assert (vieux.etat, vieux.fini_le, neuf.etat) == ("fini", date(2025, 2, 2), "signe")
