"""The tables, graphs and maps of the report of 2023, then and now."""
