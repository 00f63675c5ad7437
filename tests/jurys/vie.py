"""A made-up jury: its trial rules, four people who sit, and Léa presented for her four blocs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.epreuves.propositions import IssueProposee, PropositionDeBloc
from binome.gestes.services import faire
from binome.jurys.flows import JURYS, PLACES, PRESENTATIONS
from binome.jurys.models import Jury, MembreDeJury, PlaceAuJury, Presentation, ReglementDeJury
from binome.jurys.propositions_lues import PropositionLue
from binome.jurys.seance import reglement_le
from binome.jurys.services import (
    deposer_un_recours,
    donner_des_places,
    ecrire_le_reglement,
    inscrire_un_membre,
    preparer_un_jury,
    presenter,
)
from binome.jurys.vae import demander
from binome.parcours.flows import FLUX as PARCOURS
from binome.parcours.models import Parcours
from tests.dossiers.monde import Monde, notifiee, propose
from tests.presences.suivi import suivre
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pytest

    from binome.gestes.passage import Passage


REGLES: dict[str, Any] = {
    "presents": 3, "par_college": 1, "exterieurs_num": 1, "exterieurs_den": 2, "pouvoirs": 1,
    "recours_jours": 30, "source": "Valeurs d’essai, d’aucun texte.", "essai": True,
}  # fmt: skip
ACQUIS, NON_ACQUIS, A_RELIRE = IssueProposee
RELU = "Le jury a entendu la personne sur ce qui manque au dossier."
"""Why a bloc is valid where the file was to be read again."""


@dataclass
class VieDeJury:
    """The world, the path of Léa, the jury, who sits there in the order of their numbers, and Léa presented."""

    monde: Monde
    parcours: Parcours
    jury: Jury
    membres: list[MembreDeJury]
    presentation: Presentation

    @property
    def ana(self) -> Acteur:
        """Who organises the juries of the branch."""
        return Acteur(self.monde.ana)

    @property
    def lea(self) -> Acteur:
        """Who is presented."""
        return Acteur(self.monde.lea)

    def relire(self) -> VieDeJury:
        """The same, as the database has it now."""
        jury = Jury.objects.select_related("branche", "reglement").get(pk=self.jury.pk)
        presentation = Presentation.objects.select_related(
            "jury__reglement", "jury__branche", "parcours__dossier"
        ).get(pk=self.presentation.pk)
        return replace(self, jury=jury, presentation=presentation)


def membre(monde: Monde, nom: str, college: str = "employeurs", **autres: Any) -> MembreDeJury:
    """Somebody made up who may sit."""
    dites: dict[str, Any] = {
        "prenom": nom, "nom": "D’essai", "courriel": f"{nom.lower()}@jury.exemple.fr", "college": college,
        "exterieur": True, "jours": [timezone.localdate().isoformat()], **autres,
    }  # fmt: skip
    return inscrire_un_membre(Acteur(monde.ana), monde.branche, dites)


def regles_d_essai(monde: Monde) -> ReglementDeJury:
    """The trial rules of the juries of the branch, from today; written once."""
    jour = timezone.localdate()
    return reglement_le(monde.branche.pk, jour) or ecrire_le_reglement(
        Acteur(monde.ana), monde.branche, {"du": jour, **REGLES}
    )


@remembre
def preparer_le_jury(monde: Monde) -> VieDeJury:
    """A jury today under trial rules, four people who sit, Léa presented for four blocs."""
    return jury_de(monde, suivre(monde).parcours)


def jury_de(monde: Monde, parcours: Parcours) -> VieDeJury:
    """The same, of any path."""
    ana, jour = Acteur(monde.ana), timezone.localdate()
    regles_d_essai(monde)
    membres = [
        membre(monde, "Aude"),
        membre(monde, "Basile"),
        membre(monde, "Chloé", "salaries"),
        membre(monde, "Denis", "salaries", exterieur=False),
    ]
    jury = preparer_un_jury(
        ana, monde.branche, {"jour": jour, "heure": "09:30", "lieu": "Salle d’essai"}
    )
    donner_des_places(ana, jury, [un.pk for un in membres])
    presentation = presenter(ana, jury, parcours)
    return VieDeJury(monde, parcours, jury, membres, presentation)


def geste(flux: Any, nom: str, objet: Any, acteur: Acteur, **donnees: Any) -> Passage[Any]:
    """A gesture on an object as it is now."""
    passage: Passage[Any] = faire(flux, nom, objet, acteur, version=objet.version, donnees=donnees)
    return passage


def place(vie: VieDeJury, membre: MembreDeJury) -> PlaceAuJury:
    """The seat of somebody, as it is now."""
    return PlaceAuJury.objects.select_related("jury__reglement", "membre").get(
        jury=vie.jury, membre=membre
    )


def ouvrir(vie: VieDeJury, *, absents: tuple[int, ...] = ()) -> VieDeJury:
    """The jury sits: everybody is there but some, by rank; the first of those present chairs."""
    vie = vie.relire()
    geste(JURYS, "convoquer", vie.jury, vie.ana)
    geste(JURYS, "ouvrir", vie.jury, vie.ana)
    for rang, un in enumerate(vie.membres):
        geste(PLACES, "manquer" if rang in absents else "arriver", place(vie, un), vie.ana)
    premier = next(un for rang, un in enumerate(vie.membres) if rang not in absents)
    geste(PLACES, "presider", place(vie, premier), vie.ana)
    return vie.relire()


def voter(vie: VieDeJury, bloc: int, issue: str = "valide", **autres: Any) -> Passage[Any]:
    """The jury decides of a bloc of Léa's, all of one mind."""
    presentation = vie.relire().presentation
    nombre = autres.pop("votants", len(vie.membres))
    voix = (
        {"pour": str(nombre), "contre": "0"}
        if issue == "valide"
        else {"pour": "0", "contre": str(nombre)}
    )
    donnees = {"bloc": str(bloc), "issue": issue, **voix, **autres}
    return geste(PRESENTATIONS, "decider", presentation, vie.ana, **donnees)


def proposer(
    monkeypatch: pytest.MonkeyPatch, issues: Mapping[int, IssueProposee] | None = None
) -> None:
    """What the épreuves propose, of made-up facts: every bloc acquired, unless said otherwise."""

    def propositions_de(presentation: Presentation) -> dict[int, PropositionLue]:
        dites = {bloc: (issues or {}).get(bloc, ACQUIS) for bloc in presentation.blocs}
        return {
            bloc: PropositionLue(
                PropositionDeBloc(bloc, issue, "Fait d’essai.", ()),
                {"issue": str(issue), "raison": "Fait d’essai.", "manque": []},
            )
            for bloc, issue in dites.items()
        }

    def propositions_des(
        presentations: Sequence[Presentation],
    ) -> dict[int, dict[int, PropositionLue]]:
        return {une.pk: propositions_de(une) for une in presentations}

    for module in ("recours_flux", "vues.seance"):
        monkeypatch.setattr(f"binome.jurys.{module}.propositions_de", propositions_de)
    for module in ("presentations_flux", "vues.jury"):
        monkeypatch.setattr(f"binome.jurys.{module}.propositions_des", propositions_des)


def parcours_ouvert(monde: Monde) -> Parcours:
    """A path that a decision just opened."""
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version)
    return Parcours.objects.get(dossier=notifiee(dossier))


def vivre_les_jurys(monde: Monde) -> VieDeJury:
    """A row at least in each table of the room: a jury closed with its minutes, an appeal, a request by experience."""
    vie = ouvrir(jury_de(monde, parcours_ouvert(monde)))
    for bloc in (1, 2, 4):
        voter(vie, bloc, raison=RELU)
    voter(vie, 3, "ajourne", raison="Une situation manque.", recommandation="Revoir l’urgence.")
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    vie = vie.relire()
    deposer_un_recours(vie.lea, vie.presentation, "J’ai traité cette situation.")
    arreter = parcours_ouvert(monde)
    geste(PARCOURS, "abandonner", arreter, Acteur(monde.alice), raison="choix")
    demander(vie.ana, monde.branche, arreter.dossier, 2000)
    return vie
