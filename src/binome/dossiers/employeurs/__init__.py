"""Who employs the candidate, and follows the dossier for that: an inner room, on the room of jobs."""
