"""Nothing of a decision is seen by anyone but the branch until it is notified, by any door that reads.

Every door answers what it answered before the decision: no list of words to look for, whatever is a trace differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from django.core.cache import caches
from django.utils import timezone

from binome.bureau import decisions
from binome.bureau.filtres import ALERTES, FILES
from binome.comptes.acteur import Acteur
from binome.conservation import ouvertures
from binome.courrier.models import Avis, Message
from binome.dossiers.etats import Etat, Nature
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.registre import devenirs, exporter
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.lettres.lettre import sceller
from binome.lettres.notification import notifier
from binome.lettres.rappels import rappeler
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import lire

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde
    from tests.matrice.objets import Objets

_, LIGNES = lire()
DE_LA_BRANCHE: Final = ("examinateur", "administrateur", "jury")
CHANGENT: Final = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|name="version" value="\d+"|"X-CSRFToken": ?"\w+"|nonce="[^"]+"|DTSTAMP:\w+'
    r'|value="[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"|data-rendu="[^"]+"'
)
"""What differs from one page to the next by itself: a calendar says when it was written, a form says which version it saw, and nothing of what changed; a card draws the names of what it will send, and says when it was made."""
AVEC_LISTES: Final = ("gestionnaire", "employeur")
SANS_DOSSIER: Final = ("opco", "cpam", "employeur-autre", "candidat-autre", "tuteur")
"""Who reads no dossier of the others, or the same as another role."""
APART: Final = re.compile(
    "modele|lectures/|donnees/|envois/jeton/|(presences|tableau|livret)[.](pdf|xlsx)"
)
"""A file or a token that holds the instant when it was made; who opened what, which this walk adds to and the test reads apart."""
MOTIF: Final = "Zébulon"


def _portes(objets: Objets, role: str, une_sur: int) -> list[str]:
    """The pages that the role reads, one in so many, then its lists by every state, order and search."""
    reference = objets.valeurs["espace/dossiers/"]["reference"]
    pages = [
        objets.chemin(une.adresse)
        for une in LIGNES
        if une.methode == "GET"
        and not une.partout
        and not une.defi
        and une.attendus[role] == 200
        and une.adresse.startswith("espace/")
        and not APART.search(une.adresse)
    ]
    if role not in AVEC_LISTES:
        return pages[::une_sur]
    etats = [*FILES, *Etat.values]
    listes = [f"?etat={un}" for un in etats] + [f"?alertes={un}" for un in ALERTES]
    listes += [f"?q={reference}", "?q=exemple", "?tri=recent", "?tri=echeance"]
    pages += [f"/espace/dossiers/{une}" for une in listes if "/espace/dossiers/" in pages]
    return pages[::une_sur]


def _lues(objets: Objets, role: str, une_sur: int) -> dict[str, str]:
    client, lues = entrer(objets.qui[role]), {}
    for porte in _portes(objets, role, une_sur):
        caches["processus"].clear()
        reponse = client.get(porte)
        contenu = b"".join(reponse) if reponse.streaming else reponse.content
        lues[porte] = CHANGENT.sub("", contenu.decode("utf-8", "replace"))
    return lues


def _emporte(personne: Personne | None) -> str:
    """What a person takes away of their data, and what would become of it."""
    assert personne is not None
    dites = exporter(personne)
    return f"{dites['dossiers']} {devenirs(personne)}"


def _tableau(personne: Personne | None, etat: str = "") -> str:
    reponse = entrer(personne).post("/espace/exports/", {"sorte": "csv", "etat": etat})
    return CHANGENT.sub("", (b"".join(reponse) if reponse.streaming else reponse.content).decode())


def _refus(dossier: Dossier, personne: Personne | None, geste: str) -> str:
    """What a gesture that is not open answers, out of a page of yesterday."""
    assert personne is not None
    with pytest.raises(GesteImpossible) as refus:
        faire(FLUX, geste, dossier, Acteur(personne), version=dossier.version)
    return str(refus.value)


def _tout(objets: Objets, dossier: Dossier, une_sur: int) -> dict[str, object]:
    """What everybody but the branch may read, by door."""
    qui = objets.qui
    neuf = Dossier.objects.get(pk=dossier.pk)
    return {
        **{
            role: _lues(objets, role, une_sur)
            for role in qui
            if role not in (*DE_LA_BRANCHE, *SANS_DOSSIER) and qui[role]
        },
        "donnees": _emporte(qui["candidat"]),
        "tableau": _tableau(qui["gestionnaire"]),
        "tableau des propositions": _tableau(qui["gestionnaire"], Etat.PROPOSITION),
        "tableau des arrêtées": _tableau(qui["gestionnaire"], Etat.ARRETE),
        "contester": _refus(neuf, qui["candidat"], "contester"),
        "completer": _refus(neuf, qui["gestionnaire"], "completer"),
        "messages": list(Message.objects.order_by("pk").values("destinataire", "sujet", "texte")),
        "avis": list(Avis.objects.order_by("pk").values("destinataire", "texte")),
    }


def _traces(avant: dict[str, object], apres: dict[str, object]) -> list[str]:
    """Where a door no longer answers what it did, and by what."""
    dites = []
    for porte, lu in apres.items():
        vus, neufs = avant[porte], lu
        if not isinstance(vus, dict) or not isinstance(neufs, dict):
            vus, neufs = {"": str(vus)}, {"": str(neufs)}
        dites += [
            f"{porte} {adresse} : {sorted(set(texte.split()) ^ set(vus[adresse].split()))[:20]}"
            for adresse, texte in neufs.items()
            if texte != vus[adresse]
        ]
    return dites


def _decider(dossier: Dossier, monde: Monde) -> Decision:
    """Departs by the route and the hours too: lists show both."""
    return decisions.decider(
        dossier, Acteur(monde.emma), version=dossier.version, nature=Nature.ACCORDE, ecart=MOTIF,
        voie="fae", heures="77", confirme=("hors_bornes",),
    )  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize("une_sur", [2, pytest.param(1, marks=pytest.mark.long(8))])
def test_rien_d_une_decision_ne_se_voit_avant_sa_notification(monde: Monde, une_sur: int) -> None:
    objets = preparer(monde)
    dossier = Dossier.objects.get(reference=objets.valeurs["espace/dossiers/"]["reference"])
    avant = _tout(objets, dossier, une_sur)
    assert (
        len([porte for lues in avant.values() if isinstance(lues, dict) for porte in lues])
        > 90 // une_sur
    )
    _decider(dossier, monde)
    dossier.refresh_from_db()
    decisions.annuler(dossier, Acteur(monde.emma), version=dossier.version, motif=MOTIF)
    dossier.refresh_from_db()
    _decider(dossier, monde)
    rappeler()
    Decision.objects.filter(dossier=dossier).update(notifiable_des=timezone.now())
    assert sceller() == 1
    decision = Decision.objects.get(dossier=dossier, annulee_le__isnull=True)
    emma = entrer(monde.emma)
    assert emma.get(f"/espace/lettres/{decision.pk}/").status_code == 200
    ouvertures.verser()
    assert "Décision annulée" in emma.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    # The letter of another dossier of hers was read too: that one is told.
    ouvertes = exporter(monde.lea)["lectures"]["de_vos_dossiers"]
    siennes = {str(une["objet"]) for une in ouvertes if une["dossier"] == dossier.reference}
    assert siennes
    assert "La lettre de décision" not in siennes
    page = entrer(monde.lea).get(f"/espace/dossiers/{dossier.reference}/lectures/").content.decode()
    assert "la lettre de décision" not in page
    assert "le dossier" in page.lower()
    traces_vues = _traces(avant, _tout(objets, dossier, une_sur))
    assert not traces_vues, "\n".join(traces_vues)
    assert notifier() == 1
    for role in ("gestionnaire", "formateur", "candidat", "employeur"):
        assert _lues(objets, role, une_sur) != avant[role], role
    assert _emporte(monde.lea) != avant["donnees"]
    assert _tableau(monde.alice) != avant["tableau"]
    assert MOTIF in str(_lues(objets, "candidat", 1))
