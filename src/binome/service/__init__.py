"""The server: one process that watches, and those that answer pages or do the jobs, each started afresh."""
