"""Who works for whom, for what share of time, from when to when; practices, and groups of practices."""
