"""The simulator: three doors, one question at a time, nothing kept."""
