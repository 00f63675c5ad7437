"""The state of the house as figures, read when they are asked for: what cannot be read is left out, never zero."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from binome.courrier import battements
from binome.diagnostic import mesures
from binome.socle import etat_de_la_machine as machine
from binome.socle import suivi_de_sauvegarde

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric

    from binome.diagnostic.mesures import FileDAttente


def _jauge(nom: str, aide: str, valeur: float) -> Metric:
    return GaugeMetricFamily(f"binome_{nom}", aide, value=valeur)


def _age(attente: FileDAttente) -> float:
    """Seconds since the first of those that wait; zero when nothing waits."""
    if attente.depuis is None:
        return 0.0
    return max(0.0, (timezone.now() - attente.depuis).total_seconds())


def _de_la_base() -> Iterator[Metric]:
    with machine.base_a_part() as base:
        taille = mesures.taille(base)
        boite, abandonnes = mesures.boite(base), mesures.abandonnes(base)
        lettres = mesures.lettres(base)
    yield _jauge("database_size_bytes", "Place que prend la base.", taille)
    yield _jauge("outbox_messages", "Courriels qui restent à envoyer.", boite.nombre)
    yield _jauge("outbox_oldest_age_seconds", "Âge du plus ancien d’entre eux.", _age(boite))
    yield _jauge(
        "outbox_abandoned_messages", "Courriels qu’on n’essaie plus d’envoyer.", abandonnes.nombre
    )
    yield _jauge("letters_unsealed", "Lettres qui attendent leur sceau.", lettres.nombre)
    yield _jauge(
        "letters_unsealed_oldest_age_seconds", "Attente de la plus ancienne.", _age(lettres)
    )


def _des_travaux() -> Iterator[Metric]:
    passe = GaugeMetricFamily(
        "binome_job_last_pass_timestamp_seconds",
        "Dernier passage de chaque travail.",
        labels=["job"],
    )
    succes = GaugeMetricFamily(
        "binome_job_last_success_timestamp_seconds", "Dernier passage réussi.", labels=["job"]
    )
    duree = GaugeMetricFamily(
        "binome_job_last_duration_seconds", "Durée de son dernier passage.", labels=["job"]
    )
    for un in battements.releves():
        if un.passe:
            passe.add_metric([un.nom], un.passe)
            duree.add_metric([un.nom], un.duree)
        if un.succes:
            succes.add_metric([un.nom], un.succes)
    yield from (passe, succes, duree)


class Releve(Collector):
    """Everything that is not counted as it happens."""

    def collect(self) -> Iterator[Metric]:
        """Reads now, within a second or so for the database."""
        repond = True
        try:
            de_la_base = list(_de_la_base())
        except DatabaseError:
            de_la_base, repond = [], False
        yield _jauge("database_up", "1 quand la base répond.", repond)
        yield from de_la_base
        with suppress(OSError):
            yield _jauge("disk_free_bytes", "Place libre pour les données.", mesures.place_libre())
        sauvee = suivi_de_sauvegarde.derniere()
        if sauvee is not None:
            yield _jauge(
                "backup_last_timestamp_seconds", "Dernière sauvegarde.", sauvee.timestamp()
            )
        yield from _des_travaux()
