"""One file for each table, graph and map."""
