"""The invoices of the made-up world: some months billed, one paid, one late, an expense that waits. Every figure is made up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from binome.banque.mouvements import Mouvement, ReleveDeBanque, empreinte_de
from binome.comptes.acteur import Acteur
from binome.comptes.models import Organisation
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.factures.emettre import AcheteurDit, a_facturer, emettre
from binome.factures.mentions import MentionsDites, donner_les_mentions, mentions_en_vigueur
from binome.factures.models import Facture
from binome.factures.reglements import importer
from binome.journal.inventaire import GESTE
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu
    from binome.prises_en_charge.models import EtatDeService, PriseEnCharge

SUR: Final = 3
"""One agreement in so many keeps its months to bill, one is billed and paid, one is billed and waits."""
DELAI: Final = 30
ADRESSE: Final = "1 rue de l’Exemple"
SIRET: Final = "0" * 14
"""Of nobody, which anybody sees: an invoice needs one."""


def _verifier() -> None:
    if Facture.objects.exists():
        raise DejaServie(
            "La base a déjà des factures : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    organisme, gere = scene.organismes[0], Acteur(scene.personnes["gestionnaire"])
    if not organisme.identifiant:
        organisme.identifiant = SIRET
        Organisation.objects.filter(pk=organisme.pk).update(identifiant=SIRET)
        ecrire(
            Ecriture(
                GESTE, f"organisation:{organisme.pk}", lignes=lignes([organisme], "identifiant")
            )
        )
    tenues = mentions_en_vigueur(organisme.pk)
    donner_les_mentions(
        organisme, gere,
        MentionsDites(
            {
                "adresse": ADRESSE, "code_postal": "75001", "ville": "Paris", "declaration": "EXEMPLE",
                "penalites": "Exemple : les pénalités que cet organisme écrirait.",
                "indemnite": "Exemple : l’indemnité que cet organisme écrirait.", "escompte": "Exemple : pas d’escompte.",
            },
            date(voulu.jour.year - 1, 1, 15),
            DELAI,
        ),
        vues=0 if tenues is None else tenues.pk,
    )  # fmt: skip
    par_prise: defaultdict[int, list[EtatDeService]] = defaultdict(list)
    prises: dict[int, PriseEnCharge] = {}
    for etat in a_facturer([organisme.pk]).select_related(
        "prise_en_charge__organisme", "prise_en_charge__employeur", "prise_en_charge__payeur",
        "prise_en_charge__parcours__dossier",
    ):  # fmt: skip
        par_prise[etat.prise_en_charge_id].append(etat)
        prises[etat.prise_en_charge_id] = etat.prise_en_charge
    payees: list[Facture] = []
    for rang, (numero, mois) in enumerate(par_prise.items()):
        if rang % SUR == SUR - 1:
            continue
        acheteur = AcheteurDit("Cabinet d’exemple", ADRESSE, "69001", "Lyon")
        facture = emettre(prises[numero], [un.pk for un in mois], gere, acheteur)
        if rang % SUR == 0:
            payees.append(facture)
    if payees:
        entrees = tuple(
            Mouvement(une.le, une.total_cents, f"Virement d’exemple {une.numero}") for une in payees
        )
        releve = ReleveDeBanque(entrees, format_lu="CSV", empreinte=empreinte_de(b"exemple"))
        importer(organisme, gere, releve)


CHAPITRE: Final = Chapitre("factures", _verifier, _ecrire)
