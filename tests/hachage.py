"""A password hash that costs nothing: what it holds off, no test attacks."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Leger(Argon2PasswordHasher):
    """Argon2 at the least it accepts (kibibytes of memory, passes)."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
