"""The made-up world: people and organisations, then what each room adds of its own, all labelled as examples."""
