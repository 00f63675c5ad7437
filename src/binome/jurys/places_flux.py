"""The flow of a seat at a jury, as one table."""

from __future__ import annotations

from typing import Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.jurys import passages
from binome.jurys.etats import EtatDePlace
from binome.jurys.models import PlaceAuJury
from binome.jurys.permissions import JURY, MEMBRE, cotes_de_place


def _numero(texte: str) -> int:
    if not texte.isdecimal() or len(texte) > 15:
        raise ValueError("Choisissez une personne de la liste.")
    return int(texte)


PLACES: Final = Flux(
    nom="places_au_jury",
    modele=PlaceAuJury,
    mot="la place",
    ce_mot="cette place",
    cotes=cotes_de_place,
    dits={MAISON: "", JURY: "par la branche", MEMBRE: "par la personne"},
    table=(
        Geste(
            nom="donner", mot="Donner une place", de=(), vers=EtatDePlace.PROPOSEE, qui=(JURY,),
            dit="La place est donnée.", recit="Place donnée", formulaire=False,
        ),
        Geste(
            nom="convoquer", mot="Convoquer", de=(EtatDePlace.PROPOSEE,), vers=EtatDePlace.CONVOQUEE, qui=(JURY,),
            dit="La convocation part.", recit="Convocation", prepare=(chacun(passages.donner_rendez_vous),),
        ),
        Geste(
            nom="deplacer", mot="Dire le nouveau rendez-vous", de=(EtatDePlace.CONVOQUEE,), vers=None, qui=(JURY,),
            dit="Le nouveau rendez-vous part.", recit="Rendez-vous changé", formulaire=False, marque=False,
            prepare=(chacun(passages.donner_rendez_vous),),
        ),
        Geste(
            nom="arriver", mot="Est là", de=(EtatDePlace.PROPOSEE, EtatDePlace.CONVOQUEE, EtatDePlace.ABSENTE),
            vers=EtatDePlace.PRESENTE, qui=(JURY,), dit="La présence est notée.", recit="Présence",
            garde=passages.en_seance, prepare=(chacun(passages.arriver),),
        ),
        Geste(
            nom="manquer", mot="N’est pas là", de=(EtatDePlace.PROPOSEE, EtatDePlace.CONVOQUEE, EtatDePlace.PRESENTE, EtatDePlace.ABSENTE),
            vers=EtatDePlace.ABSENTE, qui=(JURY,), dit="L’absence est notée.", recit="Absence",
            garde=passages.en_seance, champs=(Champ("pouvoir", "Qui porte son pouvoir", lire=_numero),),
            prepare=(passages.rendre_les_pouvoirs, chacun(passages.manquer)),
        ),
        Geste(
            nom="presider", mot="Préside", de=(EtatDePlace.PRESENTE,), vers=None, qui=(JURY,),
            dit="La présidence est notée.", recit="Préside le jury",
            garde=passages.en_seance, prepare=(passages.presider,),
        ),
        Geste(
            nom="ne_plus_presider", mot="Ne préside plus", de=(EtatDePlace.PRESENTE,), vers=None, qui=(JURY,),
            dit="Cette personne ne préside plus.", recit="Ne préside plus",
            garde=passages.en_seance, prepare=(chacun(passages.ne_plus_presider),),
        ),
        Geste(
            nom="retirer", mot="Retirer du jury", de=(EtatDePlace.PROPOSEE, EtatDePlace.CONVOQUEE),
            vers=EtatDePlace.RETIREE, qui=(JURY, MAISON), dit="La place est libre.", recit="Place retirée",
            prepare=(chacun(passages.oter),),
        ),
        Geste(
            nom="decliner", mot="Je ne pourrai pas venir", de=(EtatDePlace.PROPOSEE, EtatDePlace.CONVOQUEE),
            vers=EtatDePlace.RETIREE, qui=(MEMBRE,), dit="C’est noté : la branche est prévenue.",
            recit="Ne pourra pas venir", formulaire=False, garde=passages.pas_encore_tenu, prepare=(chacun(passages.oter),),
        ),
    ),
)  # fmt: skip
