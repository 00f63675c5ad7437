"""What came in pays invoices, never more than is left of either; the same file, or the same line, is noted once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from binome.banque.lire_a_part import lire_un_releve
from binome.factures.comptes_de_factures import compte_de, comptes_de
from binome.factures.emettre import faire_un_avoir
from binome.factures.flows import REGLEMENTS
from binome.factures.models import Facture, Reglement
from binome.factures.reglements import Importation, deja_dits, importer, saisir
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from tests.factures.monde import Facturable, facturable, un_fichier

pytestmark = pytest.mark.django_db


@pytest.fixture
def gens() -> Facturable:
    return facturable()


def lire(gens: Facturable, *lignes: tuple[str, str, str]) -> Importation:
    return importer(gens.prise.organisme, gens.alice, lire_un_releve(un_fichier(*lignes)))


def lettrer(gens: Facturable, numero: str, montant: str = "") -> Reglement:
    recu = Reglement.objects.latest("pk")
    faire(
        REGLEMENTS, "lettrer", recu, gens.alice, version=recu.version, donnees={"numero": numero, "montant": montant}
    )  # fmt: skip
    return Reglement.objects.get(pk=recu.pk)


def test_un_virement_qui_nomme_sa_facture_la_paie(gens: Facturable) -> None:
    facture = gens.facturer()
    fait = lire(gens, ("02/11/2026", "210,00", f"VIR OPCO {facture.numero}"), ("03/11/2026", "5,00", "AUTRE"))  # fmt: skip
    assert (fait.nouveaux, fait.connus, fait.rapproches) == (2, 0, 1)
    assert compte_de(facture).reste_cents == 0
    assert list(Reglement.objects.order_by("pk").values_list("etat", flat=True)) == [
        "rapproche",
        "recu",
    ]


@pytest.mark.parametrize("ecrit", ["{} {}", "{}{}", "{}/{}", "FACT {}–{}", "FAC{}.{} OPCO 2026123"])
def test_une_banque_change_le_trait_d_union_et_la_facture_se_reconnait(
    gens: Facturable, ecrit: str
) -> None:
    facture = gens.facturer()
    dit = ecrit.format(facture.annee, f"{facture.rang:05}")
    assert lire(gens, ("02/11/2026", "210,00", f"VIR {dit}")).rapproches == 1
    assert compte_de(facture).reste_cents == 0


def test_un_virement_paie_ensemble_les_factures_qu_il_nomme(gens: Facturable) -> None:
    premiere, seconde = (gens.facturer(un) for un in gens.mois())
    texte = f"VIR OPCO {premiere.numero} ET {seconde.numero}"
    assert lire(gens, ("02/11/2026", "209,99", texte)).rapproches == 0
    assert lire(gens, ("03/11/2026", "210,00", texte)).rapproches == 1
    assert [compte_de(une).reste_cents for une in (premiere, seconde)] == [0, 0]
    paye = Reglement.objects.get(montant_cents=21_000)
    assert (paye.etat, paye.lettrages.count()) == ("rapproche", 2)


def test_un_numero_se_tape_comme_on_le_dit(gens: Facturable) -> None:
    facture = gens.facturer()
    lire(gens, ("02/11/2026", "110,00", "VIR"))
    assert lettrer(gens, f"Facture n° {facture.numero}").etat == "rapproche"
    lire(gens, ("03/11/2026", "100,00", "VIR"))
    assert lettrer(gens, f"{facture.annee}-{facture.rang}").etat == "rapproche"
    assert compte_de(facture).reste_cents == 0


def test_le_meme_fichier_ou_la_meme_ligne_se_note_une_fois(gens: Facturable) -> None:
    jumelles = (("02/11/2026", "10,00", "VIR"), ("02/11/2026", "10,00", "VIR"))
    lire(gens, *jumelles)
    with pytest.raises(GesteImpossible, match="déjà lu"):
        lire(gens, *jumelles)
    fait = lire(gens, *jumelles, ("03/11/2026", "10,00", "VIR"))
    assert (fait.nouveaux, fait.connus) == (1, 2)
    assert Reglement.objects.count() == 3


@pytest.mark.parametrize(
    ("montant", "dit"), [("210,01", "rien"), ("100,00", "moins"), ("210,00", "deux")]
)
def test_ce_qui_ne_correspond_pas_attend_une_personne(
    gens: Facturable, montant: str, dit: str
) -> None:
    facture = gens.facturer()
    libelle = f"VIR {facture.numero}" + (f" ET {facture.annee}-00099" if dit == "deux" else "")
    assert lire(gens, ("02/11/2026", montant, libelle)).rapproches == 0
    assert compte_de(facture).reste_cents == 21_000


def test_un_reglement_trop_grand_est_dit_et_rien_n_est_ecrit(gens: Facturable) -> None:
    facture = gens.facturer()
    lire(gens, ("02/11/2026", "300,00", "VIR"))
    with pytest.raises(GesteImpossible, match="C’est trop : il reste 210 €"):
        lettrer(gens, facture.numero)
    assert compte_de(facture).reste_cents == 21_000
    assert lettrer(gens, facture.numero, "210 €").etat == "recu"
    assert compte_de(facture).reste_cents == 0
    with pytest.raises(GesteImpossible, match="déjà payée"):
        lettrer(gens, facture.numero)


@pytest.mark.parametrize(
    ("numero", "dit"),
    [
        ("2026-00099", "ne porte le numéro"),
        ("bonjour", "pas un numéro"),
        ("2026-", "pas un numéro"),
    ],
)
def test_un_numero_tape_a_la_main_est_verifie(gens: Facturable, numero: str, dit: str) -> None:
    gens.facturer()
    lire(gens, ("02/11/2026", "10,00", "VIR"))
    with pytest.raises(GesteImpossible, match=dit):
        lettrer(gens, numero)


def test_la_facture_d_un_autre_n_est_pas_trouvee(gens: Facturable) -> None:
    facture = gens.facturer()
    Facture.objects.filter(pk=facture.pk).update(organisme=gens.paye.monde.autre)
    lire(gens, ("02/11/2026", "10,00", "VIR"))
    with pytest.raises(GesteImpossible, match="Aucune facture de votre organisme"):
        lettrer(gens, facture.numero)


def test_un_avoir_ne_se_paie_pas_et_un_trop_percu_se_voit(gens: Facturable) -> None:
    facture = gens.facturer()
    lire(gens, ("02/11/2026", "210,00", f"VIR {facture.numero}"), ("03/11/2026", "1,00", "VIR"))
    avoir = faire_un_avoir(facture, [une.pk for une in facture.lignes.all()], gens.alice, "erreur")
    with pytest.raises(GesteImpossible, match="celui d’un avoir"):
        lettrer(gens, avoir.numero)
    assert compte_de(facture).trop_cents == 21_000


def test_un_rapprochement_se_defait(gens: Facturable) -> None:
    facture = gens.facturer()
    lire(gens, ("02/11/2026", "210,00", f"VIR {facture.numero}"))
    recu = Reglement.objects.get()
    faire(REGLEMENTS, "delettrer", recu, gens.alice, version=recu.version)
    assert compte_de(facture).reste_cents == 21_000
    assert lettrer(gens, facture.numero).etat == "rapproche"


def test_un_reglement_note_a_la_main_l_est_une_fois(gens: Facturable) -> None:
    facture = gens.facturer()
    jour = timezone.localdate()
    saisir(gens.prise.organisme, gens.alice, jour, 21_000, f"Chèque {facture.numero}", "clé")
    with pytest.raises(GesteImpossible, match="vient d’être noté"):
        saisir(gens.prise.organisme, gens.alice, jour, 21_000, "Chèque", "clé")
    (compte,) = comptes_de(Facture.objects.order_by("pk"))
    assert compte.reste_cents == 0
    assert compte.retard(jour) == 0


def lire_en_camt(gens: Facturable, *virements: tuple[str, str, str]) -> Importation:
    """The same kind of lines, as a camt.053 tells them."""
    ecritures = "".join(
        f'<Ntry><Amt Ccy="EUR">{montant}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{jour}</Dt></BookgDt>'
        f"<NtryDtls><TxDtls><RmtInf><Ustrd>{dit}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        for jour, montant, dit in virements
    )
    espace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
    fichier = f'<Document xmlns="{espace}"><BkToCstmrStmt><Stmt>{ecritures}</Stmt></BkToCstmrStmt></Document>'
    return importer(gens.prise.organisme, gens.alice, lire_un_releve(fichier.encode()))


def test_le_meme_virement_dit_par_deux_formats_se_propose_et_ne_paie_pas_seul(
    gens: Facturable,
) -> None:
    facture = gens.facturer()
    assert lire(gens, ("02/11/2026", "210,00", "VIR OPCO")).ressemblent == 0
    fait = lire_en_camt(
        gens,
        ("2026-11-02", "210.00", f"Facture {facture.numero}"),
        ("2026-11-02", "210.00", "Autre virement du même jour"),
        ("2026-11-03", "210.00", "Un autre jour"),
    )
    assert fait == Importation(nouveaux=3, connus=0, rapproches=0, ressemblent=1)
    assert compte_de(facture).reste_cents == 21_000
    premier, double, *_, autre = Reglement.objects.order_by("pk")
    assert double in deja_dits(premier)
    assert deja_dits(double) == [premier]
    assert deja_dits(autre) == []
    faire(REGLEMENTS, "ecarter", double, gens.alice, version=double.version)
    assert double not in deja_dits(premier)
    assert (saisir(gens.prise.organisme, gens.alice, autre.jour, 21_000, "VIR", "a")) in deja_dits(
        autre
    )


def test_un_virement_deja_mis_de_cote_n_en_retient_pas_un_autre(gens: Facturable) -> None:
    facture = gens.facturer()
    lire(gens, ("02/11/2026", "210,00", "VIR OPCO"))
    premier = Reglement.objects.get()
    faire(REGLEMENTS, "ecarter", premier, gens.alice, version=premier.version)
    fait = lire_en_camt(gens, ("2026-11-02", "210.00", f"Facture {facture.numero}"))
    assert (fait.rapproches, fait.ressemblent) == (1, 0)
