"""The peers: the same rules written for each of them, as someone who knows it well would."""
