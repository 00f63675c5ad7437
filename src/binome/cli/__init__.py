"""The terminal: the same services, in French, for people and for pipes.

Exit codes: 0 answered; 1 answered, but some rows of a lot were set aside; 2 bad input, nothing
written; 3 the machine lacks something; 70 a fault of ours.
"""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

from binome.reglages.controle import refuser_les_inconnus
from binome.reglages.declarations import DEBUG
from binome.reglages.reglage import ReglageRefuse, poser_pour_une_bibliotheque

SUITE_ECARTEE = 1
ENTREE_REFUSEE = 2
MACHINE_INCOMPLETE = 3
FAUTE_INTERNE = 70
EXAMINENT = (["diagnostiquer"], ["reglages"])
"""The commands that say themselves what is wrong with the settings."""


def _parler_francais() -> None:
    """Gives the command-line library its French sentences, and the streams their encoding."""
    poser_pour_une_bibliotheque("LANGUAGE", "fr", d_office=True)
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
    for flux in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(flux, "reconfigure"):
            flux.reconfigure(encoding="utf-8", errors="strict" if flux is sys.stdin else "replace")


def main() -> None:
    """Runs one command; never shows a traceback unless BINOME_DEBUG is set."""
    _parler_francais()
    # Imported once the language is set: the library fixes its sentences when it loads.
    from binome.cli.commandes import binome  # noqa: PLC0415
    from binome.cli.erreurs import TravailImpossible  # noqa: PLC0415

    montrer_tout = False
    try:
        if sys.argv[1:2] not in EXAMINENT:
            refuser_les_inconnus()
            montrer_tout = DEBUG.lire()
        binome.main(prog_name="binome", standalone_mode=True)
    except TravailImpossible as refus:
        sys.stderr.write("".join(f"{ligne}\n" for ligne in refus.lignes))
        sys.exit(refus.code)
    except ReglageRefuse as refus:
        sys.stderr.write(f"{refus}\n")
        sys.exit(MACHINE_INCOMPLETE)
    except ModuleNotFoundError as absente:
        if montrer_tout or (absente.name or "binome").partition(".")[0] == "binome":
            raise
        sys.stderr.write(
            f"Il manque une bibliothèque ({absente.name}) pour cette commande. Lancez-la par ./binome, depuis le "
            "dossier du code : elle s’installe. Ailleurs : pip install 'binome[site,lot]'.\n"
        )
        sys.exit(MACHINE_INCOMPLETE)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing to say, and nothing more to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as erreur:
        if montrer_tout:
            raise
        _dire_l_empechement(erreur)
        sys.stderr.write(
            f"Binôme s’est arrêté sur une faute de programme ({type(erreur).__name__}). "
            "Rien n’a été écrit. Relancez avec BINOME_DEBUG=1 et transmettez le message.\n"
        )
        sys.exit(FAUTE_INTERNE)


def _dire_l_empechement(erreur: Exception) -> None:
    """Says what the machine refused, and ends there; comes back when the fault is ours."""
    from binome.socle.empechements import empechement  # noqa: PLC0415 - nothing else waits for it

    refus = empechement(erreur)
    if refus is not None:
        sys.stderr.write(f"{refus.titre} : rien n’est enregistré. {refus.remede}\n")
        sys.exit(ENTREE_REFUSEE)
