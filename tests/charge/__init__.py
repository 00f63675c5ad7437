"""The real server, under load, on its real databases."""
