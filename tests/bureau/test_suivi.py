"""Going through a list: what comes next, who examines what, and many documents read in one gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pytest
from django.utils import timezone

from binome.bureau.decisions import contester, decider
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.services import donner_role
from binome.dossiers import services
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.models import Deport, Dossier
from binome.journal.models import Entree
from tests.dossiers.monde import depose, joindre, notifiee, personne, propose, prouve
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne
    from binome.dossiers.models import Piece
    from tests.dossiers.monde import Monde

LISTE: Final = "etat=a_regarder&tri=recent"
SUITE: Final = f"?liste={quote(LISTE, safe='')}"


def collegue(monde: Monde) -> Personne:
    """Another person who examines for the branch."""
    une = personne("eric")
    donner_role(une, monde.branche, "examinateur")
    poser_application(une)
    return une


def a_lire(monde: Monde) -> tuple[Dossier, list[Piece]]:
    """A filed dossier whose four documents wait."""
    dossier = depose(monde)
    natures = ("diplomes", "experience", "contrat", "afgsu")
    return dossier, [joindre(monde, dossier, nature) for nature in natures]


def lus(pieces: list[Piece], **autres: Any) -> dict[str, Any]:
    """What the page sends when every document proves what is declared."""
    return {
        **{f"avis-{une.pk}": "acceptee" for une in pieces},
        "posee": ["diplomes", "niveau_diplome", "experience_secretaire_mois", "situation", "contrat",
                  "afgsu_niveau"],
        "diplomes": "secretaire_medical", "niveau_diplome": "4", "experience_secretaire_mois": "60",
        "situation": "salarie_cabinet", "contrat": "cdi", "afgsu_niveau": "0", **autres,
    }  # fmt: skip


def test_la_liste_d_ou_l_on_vient_suit_chaque_geste(client: Client, monde: Monde) -> None:
    un, deux, trois = (propose(monde) for _ in range(3))
    dit = page(client, monde.emma, f"/espace/dossiers/?{LISTE}")
    assert f"{adresse(deux)}{SUITE}" in dit
    dit = page(client, monde.emma, f"{adresse(deux)}{SUITE}")
    assert f'rel="prev" data-touche="k" href="{adresse(trois)}{SUITE}"' in dit
    assert f'rel="next" data-touche="j" href="{adresse(un)}{SUITE}"' in dit
    assert 'href="/espace/dossiers/?etat=a_regarder&amp;tri=recent"' in dit
    geste = adresse(deux, f"gestes/decider/{SUITE}")
    assert geste in dit
    reponse = envoyer(client, monde.emma, geste, version=deux.version, nature="accorde")
    assert reponse.headers["Location"] == f"{adresse(deux)}{SUITE}"
    # It has left the list, and still stands where it was in it.
    dit = page(client, monde.emma, f"{adresse(deux)}{SUITE}")
    assert f"{adresse(trois)}{SUITE}" in dit
    assert f"{adresse(un)}{SUITE}" in dit
    # A refused gesture keeps it too.
    refus = envoyer(client, monde.emma, geste, 422, version=deux.version + 1, nature="accorde")
    assert SUITE in refus.content.decode()


def test_on_decide_et_le_suivant_s_ouvre(client: Client, monde: Monde) -> None:
    un, deux, trois = (propose(monde) for _ in range(3))
    geste = adresse(deux, f"gestes/decider/{SUITE}")
    envoi = envoyer(
        client, monde.emma, geste, version=deux.version, nature="accorde", puis="suivant"
    )
    suite = client.get(envoi.headers["Location"])
    assert suite.headers["Location"] == f"{adresse(un)}{SUITE}"
    dit = page(client, monde.emma, suite.headers["Location"])
    # Whose decision it was, and how to come back on it, on the page of another.
    assert f'<a href="{adresse(deux)}{SUITE}">Léa Exemple</a> : la décision est enregistrée.' in dit
    assert f'<a href="{adresse(deux)}{SUITE}#annuler-motif">Revenir sur la décision</a>' in dit
    assert 'id="annuler-motif"' in page(client, monde.emma, f"{adresse(deux)}{SUITE}")
    # Past the last one, what was skipped; then the list, once nothing is left.
    envoi = envoyer(
        client, monde.emma, adresse(un, f"gestes/decider/{SUITE}"),
        version=un.version, nature="accorde", puis="suivant",
    )  # fmt: skip
    assert client.get(envoi.headers["Location"]).headers["Location"].startswith(adresse(trois))
    envoi = envoyer(
        client, monde.emma, adresse(trois, f"gestes/decider/{SUITE}"),
        version=trois.version, nature="accorde", puis="suivant",
    )  # fmt: skip
    fin = client.get(envoi.headers["Location"])
    assert fin.headers["Location"] == f"/espace/dossiers/?{LISTE}"


def test_le_suivant_n_est_jamais_celui_d_un_collegue(client: Client, monde: Monde) -> None:
    eric = collegue(monde)
    pris, libre = prouve(monde), depose(monde)
    Dossier.objects.filter(pk=pris.pk).update(examine_par=eric)
    client.force_login(monde.emma)
    assert client.get("/espace/dossiers/suivant/").headers["Location"].startswith(adresse(libre))
    client.force_login(eric)
    assert client.get("/espace/dossiers/suivant/").headers["Location"].startswith(adresse(pris))


def test_le_premier_geste_prend_le_dossier_et_le_dit_a_l_autre(
    client: Client, monde: Monde
) -> None:
    eric = collegue(monde)
    dossier, pieces = a_lire(monde)
    vu_par_eric = page(client, eric, adresse(dossier, "pieces/examen/"))
    assert "Personne n’examine ce dossier." in vu_par_eric
    envoyer(
        client, monde.emma, adresse(dossier, "pieces/examen/"),
        version=dossier.version, **lus(pieces[:1]),
    )  # fmt: skip
    # Eric, whose page is older, is refused and told.
    refus = envoyer(
        client, eric, adresse(dossier, "pieces/examen/"), 409,
        version=dossier.version, **lus(pieces[1:]),
    )  # fmt: skip
    assert "l’examine depuis" in refus.content.decode()
    dit = page(client, eric, adresse(dossier))
    assert "Emma Exemple l’examine depuis" in dit
    assert "Emma Exemple l’examine" in page(client, eric, "/espace/dossiers/")
    assert "Vous examinez ce dossier depuis" in page(client, monde.emma, adresse(dossier))
    assert dossier.reference in page(client, monde.emma, "/espace/dossiers/?suivi=moi")
    assert dossier.reference not in page(client, eric, "/espace/dossiers/?suivi=moi")
    # The organisation is told nothing of who examines.
    assert "l’examine" not in page(client, monde.alice, adresse(dossier))


def tenu_par(dossier: Dossier) -> int | None:
    """Who examines the dossier now, by number."""
    dossier.refresh_from_db()
    return dossier.examine_par_id


def test_on_prend_on_remet_on_rend(client: Client, monde: Monde) -> None:
    eric = collegue(monde)
    dossier = depose(monde)
    prise = adresse(dossier, "examen/")
    envoyer(client, monde.emma, f"{prise}prendre/", version=dossier.version)
    assert tenu_par(dossier) == monde.emma.pk
    for a_qui in (monde.alice.pk, "", "x"):
        envoyer(client, monde.emma, f"{prise}remettre/", version=dossier.version, a=a_qui)
    assert tenu_par(dossier) == monde.emma.pk, "nobody from outside the branch is given it"
    envoyer(client, monde.emma, f"{prise}remettre/", version=dossier.version, a=eric.pk)
    assert "Le dossier est remis à Eric Exemple." in page(client, monde.emma, adresse(dossier))
    assert tenu_par(dossier) == eric.pk
    envoyer(client, eric, f"{prise}rendre/", version=dossier.version)
    assert tenu_par(dossier) is None
    dits = Entree.objects.filter(objet=dossier.objet).values_list("geste", flat=True)
    assert {"dossier.prendre", "dossier.remettre", "dossier.rendre"} <= set(dits)
    envoyer(client, monde.alice, f"{prise}prendre/", 403, version=dossier.version)
    envoyer(client, monde.charlie, f"{prise}prendre/", 404, version=dossier.version)


def test_les_pieces_se_lisent_sur_une_page_et_la_reponse_est_prete(
    client: Client, monde: Monde
) -> None:
    dossier, pieces = a_lire(monde)
    dit = page(client, monde.emma, adresse(dossier, "pieces/examen/"))
    assert dit.count("Votre avis") == 4
    assert dit.count('value="" selected') + dit.count('acceptee" selected') == 0
    envoyer(
        client, monde.emma, adresse(dossier, f"pieces/examen/{SUITE}"),
        version=dossier.version, **lus(pieces),
    )  # fmt: skip
    dossier.refresh_from_db()
    assert dossier.etat == Etat.PROPOSITION
    assert set(dossier.pieces.values_list("etat", flat=True)) == {EtatDePiece.ACCEPTEE}
    assert dossier.propositions.get().faits_prouves["experience_secretaire_mois"] == 60
    examens = Entree.objects.filter(objet=dossier.objet, geste="dossier.examiner")
    assert examens.count() == 4, "each document has its own entry"


def test_une_piece_refusee_mene_a_la_demande(client: Client, monde: Monde) -> None:
    dossier, pieces = a_lire(monde)
    refusee = pieces[1]
    avis = {f"avis-{refusee.pk}": "illisible", f"precision-{refusee.pk}": "Photo floue."}
    envoi = envoyer(
        client, monde.emma, adresse(dossier, "pieces/examen/"),
        version=dossier.version, **lus(pieces, **avis),
    )  # fmt: skip
    assert envoi.headers["Location"].endswith("#geste-demander")
    refusee.refresh_from_db()
    assert (refusee.etat, refusee.precision) == (EtatDePiece.REFUSEE, "Photo floue.")
    assert not dossier.faits.filter(nom="experience_secretaire_mois", origine="prouve").exists()
    dit = page(client, monde.emma, adresse(dossier))
    assert '<details class="detail geste" id="geste-demander" open>' in dit
    assert "le document ne se lit pas (Photo floue.)" in dit
    dossier.refresh_from_db()
    envoi = envoyer(
        client, monde.emma, adresse(dossier, "gestes/demander/"),
        version=dossier.version, motif="- Attestation.", puis="suivant",
    )  # fmt: skip
    assert envoi.headers["Location"] == adresse(dossier, "suivant/")


def test_rien_n_est_examine_a_moitie(client: Client, monde: Monde) -> None:
    dossier, pieces = a_lire(monde)
    for ratee in ({"experience_secretaire_mois": "mille"}, {f"avis-{pieces[3].pk}": "inconnu"}):
        envoyer(
            client, monde.emma, adresse(dossier, "pieces/examen/"), 422,
            version=dossier.version, **lus(pieces, **ratee),
        )  # fmt: skip
        assert set(dossier.pieces.values_list("etat", flat=True)) == {EtatDePiece.RECUE}
    # A document that came in since the page was shown is not said to be read.
    tard = joindre(monde, dossier, "identite")
    envoyer(
        client, monde.emma, adresse(dossier, "pieces/examen/"),
        version=dossier.version, **lus(pieces),
    )  # fmt: skip
    tard.refresh_from_db()
    assert tard.etat == EtatDePiece.RECUE
    dossier.refresh_from_db()
    assert dossier.etat == Etat.DEPOSE
    assert page(client, monde.emma, adresse(dossier, "pieces/examen/")).count("Votre avis") == 1


def test_une_piece_dont_on_n_a_rien_dit_n_est_pas_examinee(client: Client, monde: Monde) -> None:
    """One press on a page that nobody read accepted seven documents, and made a fact proven."""
    dossier, pieces = a_lire(monde)
    rien = {f"avis-{une.pk}": "" for une in pieces}
    refus = envoyer(
        client, monde.emma, adresse(dossier, "pieces/examen/"), 422,
        version=dossier.version, **lus(pieces, **rien),
    )  # fmt: skip
    assert "Vous n’avez encore rien dit" in refus.content.decode()
    assert not dossier.faits.filter(origine="prouve").exists()
    une = pieces[0]
    envoyer(
        client, monde.emma, adresse(dossier, "pieces/examen/"),
        version=dossier.version, **lus(pieces, **{**rien, f"avis-{une.pk}": "acceptee"}),
    )  # fmt: skip
    etats = dict(dossier.pieces.values_list("pk", "etat"))
    assert [pk for pk, etat in etats.items() if etat != EtatDePiece.RECUE] == [une.pk]
    prouves = set(dossier.faits.filter(origine="prouve").values_list("nom", flat=True))
    assert prouves == {"diplomes", "niveau_diplome"}
    dossier.refresh_from_db()
    assert dossier.etat == Etat.DEPOSE
    assert "3 pièces attendent encore" in page(client, monde.emma, adresse(dossier))


def test_ce_qu_un_collegue_examine_se_dit_avant_de_confirmer(client: Client, monde: Monde) -> None:
    eric = collegue(monde)
    dossier, autre = propose(monde), depose(monde)
    Dossier.objects.filter(pk=dossier.pk).update(claire=True, alertes=0, examine_par=eric)
    coches = [f"{un.reference}:{un.version}" for un in (dossier, autre)]
    dit = envoyer(client, monde.emma, "/espace/dossiers/confirmer/", 200, dossier=coches)
    lu = " ".join(dit.content.decode().split())
    assert "Confirmer 1 proposition ?" in lu.replace("\u202f", " ").replace("\xa0", " ")
    assert "Eric Exemple l’examine" in lu
    assert "aucune proposition n’attend" in lu, "what is left is named, with its reason"


def test_la_branche_a_le_telephone_et_le_siret(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    Dossier.objects.filter(pk=dossier.pk).update(
        telephone="06 12 34 56 78", employeur_identifiant="73282932000074"
    )
    dit = page(client, monde.emma, adresse(dossier))
    assert 'href="tel:0612345678"' in dit
    assert "732 829 320 00074" in dit


def test_sans_liste_l_adresse_ne_porte_rien(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    dit = page(client, monde.emma, adresse(dossier))
    assert "liste=" not in dit
    assert 'class="voisins"' not in dit
    services.demander(dossier, Acteur(monde.emma), version=dossier.version, motif="Le titre.")


@pytest.mark.parametrize("lien", ["deport", "courriel", "organisme"])
def test_un_dossier_ne_se_remet_a_personne_qui_y_est_partie(
    client: Client, monde: Monde, lien: str
) -> None:
    dossier = propose(monde)
    if lien == "deport":
        Deport.objects.create(dossier=dossier, personne=monde.ana, le=timezone.now())
        assert f'value="{monde.ana.pk}"' not in page(client, monde.emma, adresse(dossier))
    elif lien == "courriel":
        Dossier.objects.filter(pk=dossier.pk).update(candidat=None, courriel="ana@exemple.fr")
    else:
        donner_role(monde.ana, monde.organisme, "formateur")
    geste = adresse(dossier, "examen/remettre/")
    envoyer(client, monde.emma, geste, version=dossier.version, a=monde.ana.pk)
    lue = page(client, monde.emma, adresse(dossier))
    assert "Ana Exemple ne peut pas examiner ce dossier" in lue
    dossier.refresh_from_db()
    assert dossier.examine_par != monde.ana
    eric = collegue(monde)
    envoyer(client, monde.emma, geste, version=dossier.version, a=eric.pk)
    dossier.refresh_from_db()
    assert dossier.examine_par == eric


def test_le_premier_a_examiner_n_est_ni_le_recours_d_un_autre_ni_celui_d_un_proche(
    client: Client, monde: Monde
) -> None:
    """Emma decided the first one, now contested, and stood aside from the second: she opens the third."""
    conteste, ecarte, libre = (propose(monde) for _ in range(3))
    decider(conteste, Acteur(monde.emma), version=conteste.version, raison="autre", ecart="Pour l’essai.")  # fmt: skip
    conteste = notifiee(conteste)
    contester(conteste, Acteur(monde.lea), version=conteste.version, texte="Je conteste.")
    envoyer(client, monde.emma, adresse(ecarte, "gestes/se_deporter/"), version=ecarte.version)
    recours, propositions = "?liste=etat%3Drecours", "?liste=etat%3Dproposition"
    for qui, liste, attendu in (
        (monde.emma, recours, "/espace/dossiers/?etat=recours"),
        (monde.emma, propositions, adresse(libre)),
        (monde.ana, recours, adresse(conteste)),
        (monde.ana, propositions, adresse(ecarte)),
    ):
        client.force_login(qui)
        ouvert = client.get(f"/espace/dossiers/suivant/{liste}").headers["Location"]
        assert ouvert.startswith(attendu), (qui, liste, ouvert)
