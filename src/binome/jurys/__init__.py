"""Juries: who sits, who is presented, what is decided bloc by bloc, and the minutes that keep it."""
