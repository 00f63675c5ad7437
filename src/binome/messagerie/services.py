"""Writing a message or a note, and keeping the texts that a branch writes often."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from binome.courrier.services import AMettre, cle_pour, mettre_tous_en_file
from binome.dossiers.destinataires import s_ecrit
from binome.dossiers.flows import EXAMEN, ORGANISME
from binome.dossiers.models import Dossier
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.lettres.carnet import A_QUI, EXEMPLE, SANS_ADRESSE, Carnet, nom_de_la_branche, pourquoi
from binome.messagerie.models import Cote, Modele, Mot
from binome.messagerie.permissions import notes_ouvertes
from binome.regles.calendrier import heure_du_jour
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.texte_recu import trop_long
from binome.typographie import elider, majuscule

if TYPE_CHECKING:
    from typing import Any

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation

LONGUEUR: Final = 5000
ENCORE: Final = timedelta(minutes=10)
"""How long the same words, sent twice in a row by one person, are one message."""
TITRE: Final = 80
EFFACE: Final = "Texte effacé"
DEJA_PRIS: Final = "Un modèle porte déjà ce titre : changez le titre, ou corrigez ce modèle."


@transaction.atomic
def ecrire_un_mot(
    dossier: Dossier, acteur: Acteur, texte: str, *, cote: Cote, interne: bool = False
) -> tuple[Mot, str]:
    """Keeps a message for the other side, who is told by mail at once, or a note that the branch alone reads.

    The mail does not carry the words. Gives what was kept, and what is said of it, in French. The same words sent again
    by the same person are known: a second press, or an answer that was lost on its way. Raises GesteImpossible.
    """
    dit = texte.strip()
    if not dit:
        raise GesteImpossible("Écrivez d’abord votre texte.")
    if exces := trop_long(dit, LONGUEUR):
        raise GesteImpossible(exces)
    if dossier.anonyme_le is not None:
        raise GesteImpossible("L’identité de ce dossier est effacée : on n’y écrit plus.")
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    if (deja := _deja(dossier, acteur, dit, interne=interne)) is not None:
        ici = timezone.localtime(deja.le)
        heure = heure_du_jour(ici.hour, ici.minute)
        quoi = "Cette note est gardée" if interne else "Ce message est parti"
        return deja, f"{quoi} à {heure} : il n’y en a pas un second."
    mot = Mot.objects.create(
        dossier=dossier, interne=interne, cote=cote, texte=dit, par=acteur.personne,
        le=timezone.now(),
    )  # fmt: skip
    ecrire(
        Ecriture(
            "mot.note" if interne else "mot.message",
            dossier.objet,
            auteur=acteur.nom_au_journal,
            apres={"mot": mot.pk, "cote": str(cote)},
            sujet=dossier.sujet,
            lignes=lignes([mot]),
        )
    )
    if interne:
        return mot, "La note est gardée. La branche seule la lit."
    dire_lus(dossier, acteur, cote=cote)
    return mot, f"Le message est gardé. {_prevenir(mot, dossier)}"


@transaction.atomic
def dire_lus(dossier: Dossier, acteur: Acteur, *, cote: Cote) -> int:
    """Says that a side has read what the other one wrote; whoever answers says it too. How many messages."""
    a_lire = Mot.objects.filter(dossier=dossier, interne=False, lu_le__isnull=True).exclude(
        cote=cote
    )
    lus = list(a_lire.select_for_update().order_by("pk"))
    if not lus:
        return 0
    Mot.objects.filter(pk__in=[un.pk for un in lus]).update(
        lu_le=timezone.now(), lu_par=acteur.personne
    )
    ecrire(
        Ecriture(
            "mot.lu",
            dossier.objet,
            auteur=acteur.nom_au_journal,
            apres={"mots": [un.pk for un in lus]},
            sujet=dossier.sujet,
            lignes=lignes(lus, "lu_le", "lu_par"),
        )
    )
    return len(lus)


def _deja(dossier: Dossier, acteur: Acteur, texte: str, *, interne: bool) -> Mot | None:
    """What the same person wrote a moment ago, word for word, if nothing was written since."""
    dernier = Mot.objects.filter(dossier=dossier, interne=interne).order_by("-le", "-pk").first()
    if dernier is None or dernier.le < timezone.now() - ENCORE:
        return None
    return dernier if (dernier.par_id, dernier.texte) == (acteur.personne.pk, texte) else None


def _prevenir(mot: Mot, dossier: Dossier) -> str:
    """Tells the other side that a message waits, and where; what the page may say of it, in French."""
    carnet = Carnet([dossier])
    cote = ORGANISME if mot.cote == Cote.BRANCHE else EXAMEN
    adresses = _adresses(carnet, dossier, cote)
    if not s_ecrit(dossier):
        return EXEMPLE
    if not adresses:
        return SANS_ADRESSE[cote]
    de = majuscule(nom_de_la_branche(dossier)) if cote == ORGANISME else dossier.organisme.nom
    page = f"{reverse('dossier', args=[dossier.reference])}#messages"
    mettre_tous_en_file(
        [
            AMettre(
                cle=cle_pour(f"mot:{mot.pk}", courriel),
                destinataire=courriel,
                sujet=f"Dossier {dossier.reference} : un message {elider('de', de)}",
                gabarit="nouvelle",
                contexte={
                    "phrase": f"{de} vous a écrit au sujet du dossier {dossier.reference}.",
                    "suite": "Il faut vous connecter : le message n’est pas dans ce courriel.",
                    "action": "Lire le message et y répondre",
                    "adresse": adresse_entiere(page),
                    "pourquoi": pourquoi(dossier, cote),
                    "demonstration": dossier.exemple,
                },
                expediteur=de,
                reference=dossier.reference,
                repondant=Carnet.repond(dossier, cote),
                ecrit_par=dossier.branche_id if cote == ORGANISME else dossier.organisme_id,
            )
            for courriel in adresses
        ]
    )
    if carnet.empeche:
        return carnet.empeche
    return f"Un courriel part {A_QUI[cote]}, sans son texte."


def _adresses(carnet: Carnet, dossier: Dossier, cote: str) -> list[str]:
    """The organisation's managers; for the branch, who examines the dossier, or else all who may."""
    qui = dossier.examine_par
    if cote == EXAMEN and qui is not None and qui.is_active:
        return [qui.courriel]
    return list(dict.fromkeys(carnet.de(dossier, cote)))


def effacer(dossier: Dossier) -> None:
    """Takes off the words of a dossier that is erased; the mails that told of them go with its other ones."""
    Mot.objects.filter(dossier=dossier).update(texte=EFFACE)


def archiver(dossier: Dossier) -> list[dict[str, Any]]:
    """What was written about the candidate, as their archive tells it.

    A note about a person is theirs to read, when it tells of nothing that is still to come.
    """
    mots = Mot.objects.filter(dossier=dossier).order_by("le", "pk")
    if not notes_ouvertes(dossier):
        mots = mots.filter(interne=False)
    return [
        {"note_interne": un.interne, "de": un.get_cote_display(), "le": un.le, "texte": un.texte}
        for un in mots
    ]


@transaction.atomic
def garder_un_modele(branche: Organisation, acteur: Acteur, titre: str, texte: str) -> Modele:
    """Keeps a text that the branch writes often. Raises GesteImpossible."""
    nom, dit = _lire_un_modele(titre, texte)
    try:
        with transaction.atomic():
            modele = Modele.objects.create(
                branche=branche, titre=nom, texte=dit, par=acteur.personne, le=timezone.now()
            )
    except IntegrityError:
        raise GesteImpossible(DEJA_PRIS) from None
    _inscrire(modele, acteur, "modele.garder")
    return modele


@transaction.atomic
def corriger_un_modele(modele: Modele, acteur: Acteur, titre: str, texte: str) -> None:
    """Writes a text again, under the same title or another; who wrote it last is kept. Raises GesteImpossible."""
    modele.titre, modele.texte = _lire_un_modele(titre, texte)
    modele.par, modele.le = acteur.personne, timezone.now()
    colonnes = ("titre", "texte", "par", "le")
    try:
        with transaction.atomic():
            modele.save(update_fields=colonnes)
    except IntegrityError:
        raise GesteImpossible(DEJA_PRIS) from None
    _inscrire(modele, acteur, "modele.corriger", *colonnes)


def _lire_un_modele(titre: str, texte: str) -> tuple[str, str]:
    """The title and the text, cleaned. Raises GesteImpossible."""
    nom, dit = " ".join(titre.split()), texte.strip()
    if not nom or not dit:
        raise GesteImpossible("Donnez un titre et un texte à ce modèle.")
    if len(nom) > TITRE:
        raise GesteImpossible(f"Le titre tient en {TITRE} caractères.")
    if exces := trop_long(dit, LONGUEUR):
        raise GesteImpossible(exces)
    return nom, dit


@transaction.atomic
def oter_un_modele(modele: Modele, acteur: Acteur) -> None:
    """Takes a text out of those that are offered."""
    modele.ote_le = timezone.now()
    modele.save(update_fields=["ote_le"])
    _inscrire(modele, acteur, "modele.oter", "ote_le")


def _inscrire(modele: Modele, acteur: Acteur, geste: str, *colonnes: str) -> None:
    ecrire(
        Ecriture(
            geste,
            f"modele:{modele.pk}",
            auteur=acteur.nom_au_journal,
            apres={"branche": modele.branche_id},
            lignes=lignes([modele], *colonnes),
        )
    )
