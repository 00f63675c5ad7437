"""What the figures were taken on: a figure without its machine and its versions means nothing."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def _ligne(fichier: str, debut: str) -> str:
    try:
        for ligne in Path(fichier).read_text(encoding="utf-8").splitlines():
            if ligne.startswith(debut):
                return ligne.partition(":")[2].strip()
    except OSError:
        pass
    return ""


def _memoire_gio() -> float | None:
    try:
        octets = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
    return round(octets / 2**30, 1)


def charge() -> float | None:
    """What else this machine is doing: its load average over a minute, before the bench."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def decrire() -> dict[str, object]:
    """Processor, cores that this process may use, memory, system, Python."""
    coeurs = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return {
        "processeur": _ligne("/proc/cpuinfo", "model name") or platform.processor() or "inconnu",
        "coeurs": coeurs,
        "memoire_gio": _memoire_gio(),
        "systeme": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
