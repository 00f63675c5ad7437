"""Replay: which live dossiers a rule would change, who gains, who loses, and why."""
