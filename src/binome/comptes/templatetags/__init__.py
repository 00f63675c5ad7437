"""What the pages of accounts ask of the house."""
