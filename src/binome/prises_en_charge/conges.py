"""Leave that who employs says, and the proven hours that fall on it: a controller looks for them, so does the pre-flight."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from binome.agenda.territoires import fuseau_du_departement
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.prises_en_charge.etats import EN_VIGUEUR, TENUES
from binome.prises_en_charge.models import EtatDeService, JoursDeConge, PriseEnCharge
from binome.prises_en_charge.payerait import CONTROLE, EcartDePaiement, recompter
from binome.prises_en_charge.permissions import employeurs
from binome.regles.calendrier import ajouter_mois, date_en_clair
from binome.sessions.models import Creneau

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.parcours.models import Parcours

DIRE: Final = "prises-en-charge.conge"
RETIRER: Final = "prises-en-charge.conge-retire"
AU_PLUS: Final = timedelta(days=366)
"""A longer leave is a slip, or the end of a job. A bound of ours."""
MONTRES: Final = 50


def objet_des_conges(employeur: int) -> str:
    """How the journal names what an employer says of leave."""
    return f"conges:{employeur}"


def conges_dits(acteur: Acteur) -> QuerySet[JoursDeConge]:
    """The leave that the employers of a person said and did not take back; nobody else lists it."""
    siens = JoursDeConge.objects.filter(employeur__in=employeurs(acteur), retires_le__isnull=True)
    return siens.select_related("employeur", "parcours__dossier").order_by("-du", "-pk")


def dire_un_conge(
    employeur: Organisation, parcours: Parcours | None, par: Acteur, du: date, au: date
) -> JoursDeConge:
    """Days of leave of somebody in training, or of all the practice; the months that they touch are checked again. Raises GesteImpossible."""
    if employeur.pk not in employeurs(par):
        raise GesteImpossible("Seul l’employeur dit ses jours de congé.")
    if au < du:
        raise GesteImpossible("Ce congé finit avant de commencer : relisez ces deux jours.", champ="au")  # fmt: skip
    if au - du > AU_PLUS:
        raise GesteImpossible("Un congé dure un an au plus : relisez ces deux jours.", champ="au")
    if parcours is not None and not _employe(employeur, parcours):
        raise GesteImpossible("Choisissez une personne de la liste.", champ="qui")
    dits = JoursDeConge(
        employeur=employeur, parcours=parcours, du=du, au=au, dits_le=timezone.now(), par=par.personne
    )  # fmt: skip
    try:
        with transaction.atomic():
            dits.save(force_insert=True)
            ecrire(
                Ecriture(DIRE, objet_des_conges(employeur.pk), auteur=par.nom_au_journal, lignes=lignes([dits]))
            )  # fmt: skip
            recompter(_touches(dits))
    except IntegrityError:
        raise GesteImpossible("Ces jours sont déjà dits.") from None
    return dits


def _employe(employeur: Organisation, parcours: Parcours) -> bool:
    siennes = PriseEnCharge.objects.filter(employeur=employeur, parcours=parcours, etat__in=TENUES)
    return siennes.exists()


@transaction.atomic
def retirer_un_conge(numero: int, par: Acteur) -> None:
    """What was said by mistake; the months are checked again. Twice is once. Raises GesteImpossible."""
    tenus = JoursDeConge.objects.select_for_update(of=("self",)).filter(
        employeur__in=employeurs(par)
    )
    dits = tenus.filter(pk=numero).first()
    if dits is None:
        raise GesteImpossible("Ces jours de congé ne sont pas les vôtres.")
    if dits.retires_le is not None:
        return
    dits.retires_le = timezone.now()
    dits.save(update_fields=["retires_le"])
    ecrire(
        Ecriture(RETIRER, objet_des_conges(dits.employeur_id), auteur=par.nom_au_journal,
                 lignes=lignes([dits], "retires_le"))
    )  # fmt: skip
    recompter(_touches(dits))


def _touches(dits: JoursDeConge) -> list[EtatDeService]:
    """The months that hold of the agreements that the days may matter to."""
    siens = EtatDeService.objects.filter(
        prise_en_charge__employeur=dits.employeur_id, etat__in=EN_VIGUEUR,
        mois__gte=dits.du.replace(day=1), mois__lte=dits.au,
    )  # fmt: skip
    if dits.parcours_id is not None:
        siens = siens.filter(prise_en_charge__parcours=dits.parcours_id)
    return list(siens.order_by("pk").defer("detail"))


def heures_en_conge(etats: Sequence[EtatDeService]) -> Mapping[int, list[EcartDePaiement]]:
    """The months whose hours fall on leave: one query where nobody said any."""
    dits = _dits(etats)
    if not dits:
        return {}
    jours = _jours([un for un in etats if _siens(un, dits)])
    trouves = {}
    for un in etats:
        sur = {
            jour: conge.parcours_id is None
            for creneau, _ in un.detail
            if (jour := jours.get(creneau)) is not None
            for conge in _siens(un, dits)
            if conge.du <= jour <= conge.au
        }
        if sur:
            mots = ", ".join(
                f"le {date_en_clair(jour)} ({'cabinet fermé' if ferme else 'jour de congé'})"
                for jour, ferme in sorted(sur.items())
            )
            trouves[un.pk] = [
                EcartDePaiement(
                    "conge", f"Des heures tombent {mots}, d’après l’employeur.",
                    "Voyez avec lui qui se trompe : corrigez le créneau, ou gardez ce qui explique ce jour.", CONTROLE,
                )
            ]  # fmt: skip
    return trouves


def _dits(
    etats: Sequence[EtatDeService],
) -> dict[tuple[int | None, int | None], list[JoursDeConge]]:
    """The leave that may matter, by employer and path."""
    if not etats:
        return {}
    prises = [un.prise_en_charge for un in etats]
    tenus = JoursDeConge.objects.filter(
        Q(parcours__in={une.parcours_id for une in prises}) | Q(parcours__isnull=True),
        employeur__in={une.employeur_id for une in prises if une.employeur_id},
        retires_le__isnull=True,
        au__gte=min(un.mois for un in etats),
        du__lt=ajouter_mois(max(un.mois for un in etats), 1),
    )
    par: defaultdict[tuple[int | None, int | None], list[JoursDeConge]] = defaultdict(list)
    for dit in tenus.order_by("pk"):
        par[dit.employeur_id, dit.parcours_id].append(dit)
    return par


def _siens(
    etat: EtatDeService, dits: Mapping[tuple[int | None, int | None], list[JoursDeConge]]
) -> list[JoursDeConge]:
    prise = etat.prise_en_charge
    qui = prise.employeur_id
    # A person's own is said last: it is what is told of a day that both name.
    return [*dits.get((qui, None), ()), *dits.get((qui, prise.parcours_id), ())]


def _jours(etats: Sequence[EtatDeService]) -> dict[int, date]:
    """The day of each slot of these months, by the clock of its site."""
    numeros = {creneau for un in etats for creneau, _ in un.detail}
    lus = Creneau.objects.filter(pk__in=numeros).order_by()
    return {
        numero: debut.astimezone(fuseau_du_departement(departement)).date()
        for numero, debut, departement in lus.values_list(
            "pk", "debut", "session__site__departement"
        )
    }
