"""Who pays for the training: the routes compared for one person, and the funding explained."""
