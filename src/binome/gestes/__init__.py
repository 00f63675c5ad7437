"""States and gestures: one table a flow says everything of each, one call carries it out."""
