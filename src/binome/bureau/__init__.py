"""The desk of who examines: lists, search, saved views, confirmations, who treats which file."""
