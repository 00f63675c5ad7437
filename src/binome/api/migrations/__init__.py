"""The tables of the API, as they came."""
