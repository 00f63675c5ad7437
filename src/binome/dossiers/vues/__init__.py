"""The members' pages, one file a page."""
