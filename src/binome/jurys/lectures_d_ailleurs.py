"""How the juries of other branches are composed: what was found, with its source, beside the parameters that this branch must give.

None of it is a rule here: nothing public says how the juries of the CPNEFP des cabinets médicaux decide (`sources/parcours.md` §3).
"""

from __future__ import annotations

from typing import Final, NamedTuple


class LectureDAilleurs(NamedTuple):
    """What a text says of the juries of another branch, in our words."""

    source: str
    dit: str


LECTURES: Final = (
    LectureDAilleurs(
        "Accord de branche KALIARTI000030641472",
        "Trois membres employeurs et trois membres salariés. Majorité absolue des membres présents ou représentés. "
        "Une personne peut réussir en partie. Le jury propose, la CPNEFP délivre.",
    ),
    LectureDAilleurs(
        "Accord de branche KALIARTI000032508807",
        "Un siège par syndicat de salariés, autant d’employeurs, au moins une personne de chaque collège. "
        "Majorité absolue des membres présents.",
    ),
    LectureDAilleurs(
        "Accord de branche KALIARTI000029324366 (négoce de matériaux, 2014, abrogé)",
        "Deux membres par syndicat, autant d’employeurs. Majorité des membres. Cinq ans pour compléter.",
    ),
    LectureDAilleurs(
        "Accord de branche KALIARTI000005823151",
        "Un membre par syndicat signataire, autant d’employeurs. Recours écrit devant la commission.",
    ),
    LectureDAilleurs(
        "Guide des CQP d’Ocapiat",
        "Jury paritaire national ; la présidence cherche l’accord de tous. Les blocs validés se gardent à vie.",
    ),
    LectureDAilleurs(
        "Mycertif, 11 avril 2023, d’après France compétences",
        "Jamais une personne seule. Au moins la moitié des membres hors du certificateur et de l’organisme qui a formé. "
        "Aucun lien personnel ou professionnel avec les personnes candidates ; qui les a formées ne siège pas.",
    ),
)
A_DEMANDER: Final = (
    "combien de personnes siègent, et combien par collège",
    "quelle part vient de l’extérieur, et si les membres de la CPNEFP en sont",
    "combien de pouvoirs une personne peut porter",
    "combien de jours une personne a pour contester",
)
"""What the branch must say, and nobody else can."""
