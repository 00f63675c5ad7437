"""The public proofs: what anybody may take away and check without us."""
