"""Page images of documents: drawn once by the jobs, within limits, then only shown."""
