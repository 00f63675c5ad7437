"""The employers of a dossier's candidate: who follows it, from when it is said until the job is over or unsaid."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils import timezone

from binome.comptes.models import Organisation
from binome.comptes.roles import EMPLOYEUR, GROUPEMENT, TUTEUR
from binome.comptes.services import ChangementImpossible
from binome.dossiers.employeurs.models import EmploiSuivi
from binome.emplois import registre
from binome.emplois.models import Adhesion, Emploi
from binome.emplois.permissions import emplois_lus, en_cours
from binome.emplois.services import dire_l_emploi, preciser, reconnaitre, retirer_tous, salarie_de
from binome.journal.lignes import lignes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from binome.emplois.models import Salarie
    from binome.journal.lignes import LigneEcrite

LOT: Final = 500


def ouverts() -> QuerySet[EmploiSuivi]:
    """What is followed now: the reading is not closed, and the job lasts."""
    return EmploiSuivi.objects.filter(clos_le__isnull=True, emploi__in=en_cours())


def suivis_par(acteur: Acteur) -> QuerySet[EmploiSuivi, Any]:
    """The dossiers, by number, that a person follows as an employer, a tutor or a group."""
    siens = EmploiSuivi.objects.filter(clos_le__isnull=True, emploi__in=emplois_lus(acteur))
    return siens.order_by().values("dossier")


def qui_suivent(dossier: Dossier) -> list[Organisation]:
    """The employers that follow a dossier, in the order in which they were said."""
    suivis = ouverts().filter(dossier=dossier).select_related("emploi__employeur")
    return [un.emploi.employeur for un in suivis]


def de_quel_cote(acteur: Acteur, dossier: Dossier) -> frozenset[int]:
    """The organisations by which a person who follows a dossier reads it: their practice, their group."""
    lus = EmploiSuivi.objects.filter(
        dossier=dossier, clos_le__isnull=True, emploi__in=emplois_lus(acteur)
    )
    return _avec_leurs_groupements(_employeurs(lus))


def lies(acteur: Acteur, dossier: Dossier) -> frozenset[int]:
    """Every employer that a dossier names, or that follows it or did, with its groups.

    Nothing is asked for who employs nowhere.
    """
    if all(un.role not in (EMPLOYEUR, TUTEUR, GROUPEMENT) for un in acteur.liens):
        return frozenset()
    dits = _employeurs(EmploiSuivi.objects.filter(dossier=dossier))
    if dossier.employeur_identifiant:
        nommes = Organisation.objects.filter(identifiant=dossier.employeur_identifiant).order_by()
        dits = dits.union(nommes.values_list("pk", flat=True))
    return _avec_leurs_groupements(dits)


def lies_a(organisations: Iterable[int]) -> Q:
    """The dossiers that name employers, or that these follow or did, themselves or as members of a group."""
    membres = Adhesion.objects.filter(groupement__in=organisations).order_by().values("membre")
    employeurs = Organisation.objects.filter(Q(pk__in=organisations) | Q(pk__in=membres)).order_by()
    suivis = EmploiSuivi.objects.filter(emploi__employeur__in=employeurs.values("pk"))
    nommes = employeurs.exclude(identifiant="").values("identifiant")
    return Q(pk__in=suivis.order_by().values("dossier")) | Q(employeur_identifiant__in=nommes)


def _employeurs(suivis: QuerySet[EmploiSuivi]) -> frozenset[int]:
    return frozenset(suivis.order_by().values_list("emploi__employeur", flat=True))


def _avec_leurs_groupements(employeurs: frozenset[int]) -> frozenset[int]:
    groupes = Adhesion.objects.filter(membre__in=employeurs).order_by()
    return employeurs | frozenset(groupes.values_list("groupement", flat=True))


def suivre(
    dossier: Dossier,
    employeur: Organisation,
    *,
    auteur: str,
    part: int | None = None,
    du: date | None = None,
) -> tuple[LigneEcrite, ...]:
    """An employer follows a dossier from now on; the rows of the dossier that it wrote.

    A job that is said already, in another dossier of the same person, is the one: a share that was not known is then
    known. Raises ChangementImpossible, when what is said contradicts what is known too.
    """
    salarie = _salarie_du(dossier, auteur=auteur)
    deja = en_cours().filter(salarie=salarie, employeur=employeur).first()
    if deja is None:
        emploi = dire_l_emploi(salarie, employeur, auteur=auteur, part=part, du=du)
    else:
        emploi = _deja_dit(deja, part, du, auteur=auteur)
    if EmploiSuivi.objects.filter(dossier=dossier, emploi=emploi, clos_le=None).exists():
        raise ChangementImpossible("Cet employeur suit déjà ce dossier.")
    return lignes([EmploiSuivi.objects.create(dossier=dossier, emploi=emploi)])


def _deja_dit(emploi: Emploi, part: int | None, du: date | None, *, auteur: str) -> Emploi:
    """A job under way, with the share that completes it. What one knows of it is not told to who says otherwise."""
    if du is not None and du != emploi.du:
        raise ChangementImpossible("Cet emploi est déjà dit : laissez vide son premier jour.")
    if part is None or part == emploi.part:
        return emploi
    if emploi.part is not None:
        raise ChangementImpossible("Cet emploi est déjà dit, avec une autre part de temps.")
    return preciser(emploi, part, auteur=auteur)


def emplois_du(dossier: Dossier) -> list[EmploiSuivi]:
    """The jobs for which a dossier is followed or was, over or not; those that were replaced are left."""
    suivis = EmploiSuivi.objects.filter(
        dossier=dossier, clos_le__isnull=True, emploi__retire_le__isnull=True
    )
    return list(suivis.select_related("emploi__employeur", "emploi__salarie").order_by("pk"))


def _salarie_du(dossier: Dossier, *, auteur: str) -> Salarie:
    """Who the dossier is about, at work: known by the account of the candidate, else by the dossier alone."""
    if dossier.candidat is None:
        suivi = EmploiSuivi.objects.filter(dossier=dossier).select_related("emploi__salarie").last()
        if suivi is not None and suivi.emploi.salarie.personne_id is None:
            return suivi.emploi.salarie
    return salarie_de(dossier.candidat, auteur=auteur)


def quitter(
    changent: Mapping[int, tuple[str, str]], *, auteur: str
) -> dict[int, tuple[LigneEcrite, ...]]:
    """Closes the reading of employers whose number is replaced; the rows of each dossier that it wrote.

    `changent` is, by number of a dossier, the number of the employer that it named and the one that it names.
    Another employer keeps following, if its number is known: a candidate may have two. A job that no dossier
    follows any longer is no longer held true; when it ended is not known.
    """
    fermes: list[EmploiSuivi] = []
    numeros = sorted(changent)
    for debut in range(0, len(numeros), LOT):
        suivis = EmploiSuivi.objects.select_related("emploi__employeur").filter(
            dossier__in=numeros[debut : debut + LOT], clos_le__isnull=True
        )
        for suivi in suivis.order_by("pk"):
            avant, apres = changent[suivi.dossier_id]
            if suivi.emploi.employeur.identifiant in {"", avant} - {apres}:
                fermes.append(suivi)
    if not fermes:
        return {}
    EmploiSuivi.objects.filter(pk__in=[un.pk for un in fermes]).update(clos_le=timezone.now())
    _retirer_les_abandonnes({un.emploi_id for un in fermes}, auteur=auteur)
    par_dossier: defaultdict[int, tuple[LigneEcrite, ...]] = defaultdict(tuple)
    for suivi in fermes:
        par_dossier[suivi.dossier_id] += lignes([suivi], "clos_le")
    return dict(par_dossier)


def _retirer_les_abandonnes(emplois: Iterable[int], *, auteur: str) -> None:
    restent = EmploiSuivi.objects.filter(clos_le__isnull=True).order_by()
    seuls = Emploi.objects.filter(pk__in=emplois).exclude(pk__in=restent.values("emploi"))
    retirer_tous(list(seuls), auteur=auteur)


def reconnaitre_le_candidat(
    dossier: Dossier, personne: Personne, *, auteur: str
) -> tuple[LigneEcrite, ...]:
    """The candidate has an account: the jobs that the dossier said are theirs; the rows that it wrote."""
    suivis = list(EmploiSuivi.objects.filter(dossier=dossier).select_related("emploi__salarie"))
    salaries = {un.emploi.salarie_id: un.emploi.salarie for un in suivis}
    remplaces: dict[int, int] = {}
    for _, salarie in sorted(salaries.items()):
        remplaces |= reconnaitre(salarie, personne, auteur=auteur)
    changes = [un for un in suivis if un.emploi_id in remplaces]
    for suivi in changes:
        suivi.emploi_id = remplaces[suivi.emploi_id]
        suivi.save(update_fields=["emploi"])
    return lignes(changes, "emploi")


def detacher_le_candidat(dossier: Dossier, *, auteur: str) -> tuple[LigneEcrite, ...]:
    """The account that followed the dossier was another person's: its jobs are said of somebody not known yet.

    The rows of the dossier that it wrote. Raises ChangementImpossible.
    """
    suivis = list(ouverts().filter(dossier=dossier).select_related("emploi__employeur"))
    if not suivis:
        return ()
    salarie, quittes = salarie_de(None, auteur=auteur), {un.emploi_id for un in suivis}
    for suivi in suivis:
        dit = suivi.emploi
        suivi.emploi = dire_l_emploi(
            salarie, dit.employeur, auteur=auteur, part=dit.part, du=dit.du, au=dit.au
        )
        suivi.save(update_fields=["emploi"])
    _retirer_les_abandonnes(quittes, auteur=auteur)
    return lignes(suivis, "emploi")


def emplois_suivis(personne: Personne) -> frozenset[int]:
    """The jobs of a person, by number, that a dossier leans on."""
    suivis = EmploiSuivi.objects.filter(emploi__salarie__personne=personne).order_by()
    return frozenset(suivis.values_list("emploi", flat=True))


def effacer(dossier: Dossier, *, auteur: str, motif: str) -> Sequence[LigneEcrite]:
    """Nothing says who employed the candidate of a dossier that is erased; the rows that are no longer there.

    A job that another dossier of theirs leans on stays.
    """
    suivis = EmploiSuivi.objects.filter(dossier=dossier)
    otees = lignes(suivis.order_by("pk"))
    emplois = set(suivis.order_by().values_list("emploi", flat=True))
    suivis.delete()
    seuls = Emploi.objects.filter(pk__in=emplois, suivis__isnull=True).order_by("pk")
    registre.effacer(list(seuls.values_list("pk", flat=True)), auteur=auteur, motif=motif)
    return otees
