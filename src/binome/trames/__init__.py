"""The house read as columns: codes, days, minutes and cents, never a name; and the report's tables, then and now."""
