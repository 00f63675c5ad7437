"""Who acts: a person with every role they hold, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from binome.comptes.adresses_tenues import a_change, d_aujourd_hui, tenues_par
from binome.comptes.facteurs import pose, prouve
from binome.comptes.models import Appartenance
from binome.comptes.roles import (
    BRANCHE,
    CERTIFIENT,
    CPAM,
    EMPLOYEUR,
    EXAMINENT,
    GROUPEMENT,
    LISENT,
    OPCO,
    ORGANISME,
    ROLES,
)
from binome.regles.courante import code_par_defaut

if TYPE_CHECKING:
    from binome.comptes.adresses_tenues import Tenues
    from binome.comptes.models import Personne


@dataclass(frozen=True)
class Acteur:
    """A person and what they may be. `soutien`: who looks through their eyes, and may change nothing.

    `ici`: the organisation that they chose to act for, among several. `preuves`: the numbers of the second
    factors that their session proved.
    """

    personne: Personne
    soutien: Personne | None = None
    ici: int | None = None
    preuves: tuple[int, ...] = ()

    @cached_property
    def appartenances(self) -> tuple[Appartenance, ...]:
        """The roles that the person acts by: those of the organisation they chose, else all."""
        ici = tuple(un for un in self.toutes if un.organisation_id == self.ici)
        return ici or self.toutes

    @property
    def maisons(self) -> list[tuple[int, str]]:
        """The organisations where the person holds a role, by number and name, whichever they chose."""
        return list({un.organisation_id: un.organisation.nom for un in self.toutes}.items())

    @property
    def plusieurs(self) -> bool:
        """Whether the person has roles in several organisations, and may choose one."""
        return len(self.maisons) > 1

    @property
    def en_tant_que(self) -> str:
        """By which roles, and for which house, the person acts now, in words; empty without a role."""
        maisons: dict[str, list[str]] = {}
        for un in self.appartenances:
            maisons.setdefault(un.organisation.nom, []).append(ROLES[un.role].mot)
        if len(maisons) > 1:
            return f"pour vos {len(maisons)} organisations"
        return "".join(
            nom if ", ".join(mots) in nom else f"{', '.join(mots)} · {nom}"
            for nom, mots in maisons.items()
        )

    @property
    def liste(self) -> bool:
        """Whether some list of dossiers may ever be theirs."""
        return any(ROLES[un.role].genre in LISENT for un in self.toutes)

    @property
    def toutes(self) -> tuple[Appartenance, ...]:
        """The open roles, each with its organisation and whether a second factor is set, then proven."""
        return tuple(un for un in self.tenues if un.close_le is None)

    @cached_property
    def tenues(self) -> tuple[Appartenance, ...]:
        """The roles that the person holds or held, closed ones included; one query."""
        lues = (
            Appartenance.objects.filter(personne=self.personne)
            .select_related("organisation")
            .annotate(
                facteur_pose=pose(),
                facteur_prouve=prouve(self.preuves),
                a_change=a_change(self.personne),
            )
            .order_by()
        )
        # Every page of a member asks: putting them in order here costs a quarter less than in the query.
        return tuple(sorted(lues, key=lambda un: (un.organisation.nom, un.role, un.pk)))

    @cached_property
    def identite(self) -> Tenues:
        """Every address that who holds a role ever had, and their accounts; no query while they changed none."""
        if any(getattr(un, "a_change", False) for un in self.tenues):
            return tenues_par(self.personne)
        return d_aujourd_hui(self.personne)

    @cached_property
    def liens(self) -> tuple[Appartenance, ...]:
        """The roles that the person holds or held by any of their accounts: what ties them, never what they may."""
        autres = self.identite.comptes - {self.personne.pk}
        if not autres:
            return self.tenues
        tenues = Appartenance.objects.filter(personne__in=autres).select_related("organisation")
        return (*self.tenues, *tenues.order_by("pk"))

    def organisations(self, *roles: str) -> frozenset[int]:
        """The organisations where the person holds one of the roles; any role when none is named."""
        return frozenset(
            un.organisation_id for un in self.appartenances if not roles or un.role in roles
        )

    def a_role(self, *roles: str) -> bool:
        """Whether the person holds one of the roles, anywhere."""
        return any(un.role in roles for un in self.appartenances)

    @property
    def de_la_branche(self) -> bool:
        """Whether the person works for the branch."""
        return any(ROLES[un.role].genre == BRANCHE for un in self.appartenances)

    def branches(self, *roles: str) -> frozenset[int]:
        """The branches that the person works for, by one of the roles; any role when none is named."""
        return frozenset(un.organisation_id for un in self._a_la_branche(*roles))

    def certifications(self, *roles: str) -> frozenset[str]:
        """What these branches deliver, by code."""
        return frozenset(un.organisation.delivre for un in self._a_la_branche(*roles))

    def delivrances(self, *roles: str) -> frozenset[tuple[str, bool]]:
        """What these branches deliver, by code, each with whether the branch is made up."""
        return frozenset(
            (un.organisation.delivre, un.organisation.exemple) for un in self._a_la_branche(*roles)
        )

    def _a_la_branche(self, *roles: str) -> tuple[Appartenance, ...]:
        return tuple(
            un
            for un in self.appartenances
            if ROLES[un.role].genre == BRANCHE and (not roles or un.role in roles)
        )

    @property
    def rejoue(self) -> bool:
        """Whether the person works for the branch of the certification by default, whose rules are replayed."""
        return code_par_defaut() in self.certifications()

    @property
    def d_un_organisme(self) -> bool:
        """Whether the person works for a training organisation."""
        return any(ROLES[un.role].genre == ORGANISME for un in self.appartenances)

    @property
    def gere(self) -> bool:
        """Whether the person may open dossiers: they manage an organisation, and look with their own eyes."""
        return self.soutien is None and self.a_role("gestionnaire")

    @property
    def examine(self) -> bool:
        """Whether the person examines for the branch, with their own eyes."""
        return self.soutien is None and self.a_role(*EXAMINENT)

    @property
    def certifie(self) -> bool:
        """Whether the person organises the juries of a branch, delivers its titles and declares them."""
        return self.a_role(*CERTIFIENT)

    @property
    def paie(self) -> bool:
        """Whether the person asks payers, answers for one, or is owed something by one."""
        return self.a_role("gestionnaire", OPCO, EMPLOYEUR, GROUPEMENT)

    @property
    def a_de_l_argent(self) -> bool:
        """Whether the page of money is theirs: who holds no role follows a training, and may have advanced something."""
        return self.paie or not self.appartenances

    @property
    def a_des_contrats_d_aide(self) -> bool:
        """Whether the page of aid contracts is theirs: who employs, and the caisses."""
        return self.a_role(EMPLOYEUR, GROUPEMENT, CPAM)

    @property
    def page_des_contrats_d_aide(self) -> str:
        """The page of aid contracts that is theirs, by name: a caisse has a table of its own."""
        sans_cabinet = not self.a_role(EMPLOYEUR, GROUPEMENT)
        return "contrats-de-la-caisse" if sans_cabinet and self.a_role(CPAM) else "contrats-d-aide"

    @property
    def pilote(self) -> bool:
        """Whether a dashboard is theirs: who manages an organisation, works for a branch, pays, signs aid contracts or steers."""
        return self.de_la_branche or self.a_role("gestionnaire", OPCO, CPAM, "pilote")

    @property
    def repond_des_courriels(self) -> bool:
        """Whether the person answers for mails: those of an organisation, of a branch, or of the house."""
        return self.a_role("gestionnaire", "soutien", *EXAMINENT)

    @property
    def nom_au_journal(self) -> str:
        """How the journal names the author: never by a name, which could not be erased."""
        return f"personne:{(self.soutien or self.personne).pk}"
