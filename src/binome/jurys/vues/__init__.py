"""The pages of juries."""
