"""The pages of the training organisations."""
