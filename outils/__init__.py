"""What the people who build Binôme run: tests, checks, mutation."""
