"""What the pages of aid contracts ask of the house."""
