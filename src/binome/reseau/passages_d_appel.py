"""What the gestures on a call and on its answers read, refuse and write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.regles.calendrier import date_en_clair
from binome.regles.jours import lire_jour
from binome.reseau.etats import EtatDeCandidature
from binome.reseau.exigences import compter_les_formateurs
from binome.reseau.models import Convention
from binome.reseau.offres import formateurs_de, manques
from binome.reseau.passages import changes

if TYPE_CHECKING:
    from datetime import date

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.reseau.models import Appel, Candidature

DE_L_APPEL: Final = (
    "referentiel", "titre", "texte", "du", "au", "annees", "formation_de_formateur", "part_de_soignants",
)  # fmt: skip
"""What the branch types of a call."""
DE_LA_CANDIDATURE: Final = (
    "sites", "modalites", "distance", "capacite", "formateurs", "qualiopi", "qualiopi_du", "qualiopi_au",
)  # fmt: skip
"""What an organisation types of its answer."""
D_UNE_OFFRE: Final = (
    "sites", "modalites", "distance", "capacite", "qualiopi", "qualiopi_du", "qualiopi_au",
)  # fmt: skip
"""What a convention takes of the answer that it accepts."""


def lire_le_jour(texte: str) -> date:
    """A day, out of a form. Raises ValueError."""
    jour = lire_jour(texte)
    if jour is None:
        raise ValueError("Donnez un jour qui existe, par exemple 31/03/2027.")
    return jour


def corriger(passage: Passage[Appel], _: Auteur) -> None:
    """Writes what changes of a call that is not published."""
    passage.change |= changes(passage, DE_L_APPEL)


def finit_apres_aujourd_hui(appel: Appel) -> str | None:
    """A call whose days are over is not published."""
    if appel.au < timezone.localdate():
        return f"Cet appel finissait le {date_en_clair(appel.au)} : donnez-lui d’autres jours."
    return None


def publier(passage: Passage[Appel], _: Auteur) -> None:
    """Writes when."""
    passage.change["publie_le"] = timezone.now()
    passage.apres |= {"du": passage.objet.du.isoformat(), "au": passage.objet.au.isoformat()}


def prolonger(passage: Passage[Appel], _: Auteur) -> None:
    """A later last day. Raises GesteImpossible for one that is not."""
    au = passage.donnees["au"]
    if au <= passage.objet.au:
        raise GesteImpossible(
            f"L’appel finit déjà le {date_en_clair(passage.objet.au)} : donnez un jour d’après.",
            champ="au",
        )
    passage.avant["au"] = passage.objet.au.isoformat()
    passage.change["au"] = au
    passage.apres["au"] = au.isoformat()


def ecrire(passage: Passage[Candidature], _: Auteur) -> None:
    """Keeps what is typed of an answer."""
    passage.change |= changes(passage, DE_LA_CANDIDATURE)


def peut_partir(candidature: Candidature) -> str | None:
    """What stands in the way: the window of the call, or what is missing, named."""
    appel = candidature.appel
    # What the branch asked for may come once the window is over.
    if candidature.etat != EtatDeCandidature.A_COMPLETER and not appel.ouvert_le(
        timezone.localdate()
    ):
        return (
            f"L’appel est ouvert du {date_en_clair(appel.du)} au {date_en_clair(appel.au)} inclus : "
            "on n’y répond pas aujourd’hui."
        )
    reste = manques(candidature)
    return f"Il manque encore : {', '.join(reste)}." if reste else None


def deposer(passage: Passage[Candidature], _: Auteur) -> None:
    """Counts who would train as they are that day: the answer is examined as it was sent."""
    une = passage.objet
    comptes = compter_les_formateurs(une.appel, formateurs_de(une))
    passage.change |= {"deposee_le": timezone.now(), "comptes": comptes}
    passage.apres["comptes"] = comptes


def decider(passage: Passage[Candidature], _: Auteur) -> None:
    """Writes when the branch decided."""
    passage.change["decidee_le"] = timezone.now()


def accepter(passage: Passage[Candidature], par: Auteur) -> None:
    """The days of the convention. Raises GesteImpossible where they are turned round, or where another one runs then."""
    du, au, une = passage.donnees["du"], passage.donnees["au"], passage.objet
    if au < du:
        raise GesteImpossible("Le dernier jour vient avant le premier.", champ="au")
    appel = une.appel
    autres = Convention.objects.filter(
        organisme=une.organisme_id, certification=appel.certification, referentiel=appel.referentiel,
        du__lte=au, au__gte=du,
    )  # fmt: skip
    tenue = autres.order_by("du", "pk").first()
    if tenue is not None:
        raise GesteImpossible(
            f"Une convention avec cet organisme court déjà du {date_en_clair(tenue.du)} au {date_en_clair(tenue.au)} : "
            "renouvelez-la, ou donnez d’autres jours.",
            champ="du",
        )
    passage.apres |= {"du": du.isoformat(), "au": au.isoformat()}
    decider(passage, par)


def ouvrir_a_nouveau(passage: Passage[Candidature], _: Auteur) -> None:
    """A withdrawn answer is a draft again: nothing was sent."""
    passage.change["deposee_le"] = None
