"""What the Linux kernel takes away from a process that asks for it. Elsewhere, nothing is, and nothing fails."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_SECCOMP: Final = 22
PR_SET_NO_NEW_PRIVS: Final = 38
CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWNET: Final = 0x40000000

# <linux/audit.h>, <asm/unistd.h>: socket, execve, execveat, ptrace, io_uring_setup, process_vm_writev.
APPELS: Final = {
    "x86_64": (0xC000003E, (41, 59, 322, 101, 425, 311)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 425, 271)),
}
"""By machine: the name of its calls, and those that no reader needs."""
X32: Final = 0x40000000
"""On x86_64, the same calls have a second number from here on."""
LD, JEQ, JGE, RET = 0x20, 0x15, 0x35, 0x06
TUER, REFUSER, PERMETTRE = 0x80000000, 0x00050001, 0x7FFF0000


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def linux() -> bool:
    """Whether this is Linux."""
    return sys.platform == "linux"


def mourir_avec(parent: int) -> bool:
    """Asks to be killed when the parent dies; exits when it is dead already."""
    if not linux():
        return False
    tenu = bool(_libc().prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) == 0)
    if os.getppid() != parent:
        os._exit(1)
    return tenu


def sans_privileges() -> bool:
    """No program that is started from now on gains a right."""
    return linux() and bool(_libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def couper_le_reseau() -> bool:
    """Leaves for a network of its own, where there is nothing; false where the system does not allow it."""
    if not linux():
        return False
    libc = _libc()
    seul = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER
    return bool(libc.unshare(seul) == 0)


def fermer_les_appels() -> bool:
    """Refuses sockets, programs and the memory of others from now on. Needs `sans_privileges` first."""
    machine = platform.machine()
    if not linux() or machine not in APPELS:
        return False
    architecture, refuses = APPELS[machine]
    fin = len(refuses)
    suite = [
        struct.pack("HBBI", LD, 0, 0, 4),
        struct.pack("HBBI", JEQ, 1, 0, architecture),
        struct.pack("HBBI", RET, 0, 0, TUER),
        struct.pack("HBBI", LD, 0, 0, 0),
        struct.pack("HBBI", JGE, fin + 1, 0, X32),
        *(struct.pack("HBBI", JEQ, fin - rang, 0, numero) for rang, numero in enumerate(refuses)),
        struct.pack("HBBI", RET, 0, 0, PERMETTRE),
        struct.pack("HBBI", RET, 0, 0, REFUSER),
    ]
    code = ctypes.create_string_buffer(b"".join(suite))
    filtre = struct.pack("HxxxxxxP", len(suite), ctypes.addressof(code))
    programme = ctypes.create_string_buffer(filtre)
    adresse = ctypes.c_void_p(ctypes.addressof(programme))
    return bool(_libc().prctl(PR_SET_SECCOMP, 2, adresse, 0, 0) == 0)
