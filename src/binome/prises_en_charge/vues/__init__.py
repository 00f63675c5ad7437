"""The pages of agreements, of states and of scales."""
