"""Each member’s own space: what waits for them, in whichever room it is."""
