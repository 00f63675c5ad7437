"""Says what the wall holds on this machine: run behind it, writes a JSON object of yes and no."""

from __future__ import annotations

import json
import sys

from binome.cloison.enfant import TENUES

if __name__ == "__main__":
    sys.stdout.write(json.dumps(TENUES))
