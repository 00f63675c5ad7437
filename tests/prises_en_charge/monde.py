"""A path, its payer, its slots of past months counter-signed: made up; and a life that fills every table of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance
from binome.comptes.services import creer_organisation, donner_role
from binome.depot.controle import Document
from binome.gestes.services import faire, naitre
from binome.presences.etats import MoyenDeSignature, NatureDePresence
from binome.presences.flows import PRESENCES, SIGNATURES
from binome.presences.models import Presence, Signature
from binome.prises_en_charge.baremes import BaremeDit, dire_une_enveloppe, entrer_un_bareme
from binome.prises_en_charge.certificats import delivrer
from binome.prises_en_charge.conges import objet_des_conges
from binome.prises_en_charge.demandes import TermesDemandes, preparer
from binome.prises_en_charge.documents import joindre
from binome.prises_en_charge.etablir import etablir
from binome.prises_en_charge.etats import EtatDePriseEnCharge
from binome.prises_en_charge.exigences import documents_demandes
from binome.prises_en_charge.flows import PRISES_EN_CHARGE
from binome.prises_en_charge.models import EtatDeService, JoursDeConge, PriseEnCharge
from binome.regles.calendrier import ajouter_mois
from binome.reseau.models import SiteDeFormation
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS
from binome.sessions.models import Creneau, Inscription
from binome.titres.mentions import donner, mentions_de
from tests.dossiers.monde import Monde, construire, dire, personne
from tests.presences.vie import une_session
from tests.sessions.vie import un_parcours
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.comptes.models import Organisation, Personne
    from binome.parcours.models import Parcours
    from binome.sessions.models import Session

SIRET: Final = "12345678200002"
SIGNATAIRE: Final = {"lieu": "Ville d’essai", "signataire": "Signataire d’essai", "qualite": "Direction d’essai"}  # fmt: skip
UNE_PAGE: Final = Document(b"%PDF-1.4 une page d'essai %%EOF", "pdf", "application/pdf", 1)


def ce_mois(plus: int = 0) -> date:
    """The first day of this month, or of another so many months away."""
    return ajouter_mois(timezone.localdate().replace(day=1), plus)


@dataclass
class Paye:
    """Léa's path, her organisation's session, and the payer that Olga answers for."""

    monde: Monde
    parcours: Parcours
    session: Session
    opco: Organisation
    olga: Personne

    @property
    def alice(self) -> Acteur:
        """Who manages the organisation."""
        return Acteur(self.monde.alice)

    @property
    def payeur(self) -> Acteur:
        """Who answers for the payer."""
        return Acteur(self.olga)

    def termes(self, **autres: Any) -> TermesDemandes:
        """A request of 100 hours at 20 €, from two months ago on."""
        return TermesDemandes(
            **{
                "voie": "pdc", "payeur": self.opco, "autre_payeur": "", "debut": ce_mois(-2),
                "fin": ajouter_mois(ce_mois(-2), 8), "minutes": 6_000, "taux_cents": 2_000, "ecart": "Essai.",
                **autres,
            }
        )  # fmt: skip

    def demandee(self, **autres: Any) -> PriseEnCharge:
        """A request that the payer reads."""
        prise = preparer(self.parcours, self.alice, self.termes(**autres))
        for nature in documents_demandes(prise.voie) if prise.payeur_id else ():
            joindre(
                prise,
                self.alice,
                nature,
                Document(nature.value.encode(), "pdf", "application/pdf", 1),
            )
        return self.geste(prise, "demander", self.alice)

    def accordee(self, **autres: Any) -> PriseEnCharge:
        """The same, agreed as it was asked."""
        prise = self.demandee(**autres)
        return self.geste(prise, "accorder", self.payeur, numero_d_accord="A-1")

    def geste(self, prise: PriseEnCharge, nom: str, par: Acteur, **donnees: str) -> PriseEnCharge:
        """One gesture on the agreement, as it is now."""
        tenue = PriseEnCharge.objects.get(pk=prise.pk)
        faire(PRISES_EN_CHARGE, nom, tenue, par, version=tenue.version, donnees=donnees)
        return PriseEnCharge.objects.get(pk=prise.pk)

    def creneau(self, jour: date, *, heure: int = 9, minutes: int = 210, **autres: Any) -> Creneau:
        """A slot of a day that was counter-signed at its end."""
        debut = timezone.make_aware(datetime.combine(jour, time(heure)))
        fin = debut + timedelta(minutes=minutes)
        un = Creneau(**{
            "session": self.session, "debut": debut, "fin": fin, "minutes": minutes, "bloc": 1, "module": "B1M1",
            "modalite": ModaliteDeCreneau.SUR_PLACE, "formateur": self.monde.bob, **autres,
        })  # fmt: skip
        naitre(CRENEAUX, "poser", [un], self.alice)
        Creneau.objects.filter(pk=un.pk).update(
            etat=EtatDeCreneau.GELE, gele_le=fin, gele_par=self.monde.bob
        )
        gele = Creneau.objects.select_related("session__site").get(pk=un.pk)
        dire(gele.objet, gele)
        return gele

    def presence(
        self, creneau: Creneau, parcours: Parcours | None = None, **autres: Any
    ) -> Presence:
        """Somebody was there, all along, and signed it, unless said otherwise."""
        presence = Presence(**{
            "creneau": creneau, "parcours": parcours or self.parcours, "nature": NatureDePresence.PRESENT,
            "minutes": creneau.minutes, "signee": True, "par": self.monde.bob, "dite_le": creneau.fin, **autres,
        })  # fmt: skip
        naitre(PRESENCES, "constater", [presence], Acteur(self.monde.bob))
        return presence

    def suivre(self, jour: date, **autres: Any) -> Presence:
        """A morning that Léa followed."""
        creneau = self.creneau(jour, **autres)
        naitre(SIGNATURES, "signer", [
            Signature(creneau=creneau, parcours=self.parcours, moyen=MoyenDeSignature.TABLETTE,
                      signee_le=creneau.debut, recue_le=creneau.debut, par=self.monde.alice)
        ], self.alice)  # fmt: skip
        return self.presence(creneau)

    def etats(self) -> list[EtatDeService]:
        """The months that hold, in their order."""
        tous = EtatDeService.objects.exclude(etat="remplace").select_related("prise_en_charge")
        return list(tous.order_by("mois", "pk"))


def un_jour(mois: date, rang: int = 0) -> date:
    """A working day of a month: the second Tuesday, or one of those that follow."""
    jour = mois + timedelta(days=(1 - mois.weekday()) % 7 + 7)
    return jour + timedelta(days=7 * rang)


def payer(monde: Monde, parcours: Parcours, olga: Personne | None = None) -> Paye:
    """What a path needs to be paid: a payer, a session, who signs for the organisation."""
    if olga is None:
        olga = personne("olga")
        opco = creer_organisation("opco", "Opco d’essai", exemple=monde.organisme.exemple)
        donner_role(olga, opco, "opco")
    else:
        opco = Appartenance.objects.get(personne=olga, role="opco").organisation
    site = SiteDeFormation.objects.filter(organisme=monde.organisme).first()
    session = une_session(monde, site)
    inscription = Inscription(
        session=session, parcours=parcours, blocs=[1], inscrite_le=timezone.now()
    )
    naitre(INSCRIPTIONS, "inscrire", [inscription], Acteur(monde.alice))
    tenues = mentions_de(monde.organisme.pk, "")
    donner(monde.organisme, "", Acteur(monde.alice), SIGNATAIRE,
           vues=0 if tenues is None else tenues.pk, essai=True)  # fmt: skip
    return Paye(monde, parcours, session, opco, olga)


@remembre
def paye() -> Paye:
    """Léa's path and its payer; nothing is asked yet."""
    monde = construire()
    return payer(monde, un_parcours(monde))


@remembre
def deux_mois() -> Paye:
    """An agreement of 100 hours at 20 €, two months proven: seven hours, then three hours and a half."""
    gens = paye()
    gens.accordee()
    gens.suivre(un_jour(ce_mois(-2)))
    gens.suivre(un_jour(ce_mois(-2), 1))
    gens.suivre(un_jour(ce_mois(-1)))
    etablir([ce_mois(-2), ce_mois(-1)])
    return gens


def vivre_les_prises_en_charge(monde: Monde, parcours: Parcours) -> Paye:
    """A row in each table of the room."""
    gens = payer(monde, parcours)
    bareme = BaremeDit("pdc", ce_mois(-3), None, 2_000, None, None, "Décision d’essai")
    entrer_un_bareme(gens.opco, gens.payeur, bareme, UNE_PAGE)
    dire_une_enveloppe(gens.opco, gens.payeur, 2026, 10_000_000)
    prise = gens.accordee()
    assert prise.etat == EtatDePriseEnCharge.ACCORDEE
    gens.suivre(un_jour(ce_mois(-1)))
    (etat,) = etablir([ce_mois(-1)]).etats
    delivrer(etat, gens.alice)
    dits = JoursDeConge.objects.create(
        employeur=gens.opco, parcours=parcours, du=ce_mois(-1), au=ce_mois(-1), dits_le=timezone.now(), par=gens.olga
    )  # fmt: skip
    dire(objet_des_conges(gens.opco.pk), dits)
    return gens
