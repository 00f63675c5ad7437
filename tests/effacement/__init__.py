"""A person goes through the whole house, is erased, and is searched for in every byte that is left."""
