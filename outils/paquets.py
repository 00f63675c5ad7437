"""The packages of Debian that the tests need: root installs them, the others are told."""

from __future__ import annotations

import os
import shutil
import subprocess


def installer(paquet: str) -> bool:
    """Installs a package of Debian when one may; False otherwise."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(
        f"« {paquet} » manque à cette machine : installation (apt-get install {paquet})…",
        flush=True,
    )
    apt = ["apt-get", "-qq"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(une, env=env, capture_output=True, check=False).returncode == 0
        for une in ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", paquet])
    )
