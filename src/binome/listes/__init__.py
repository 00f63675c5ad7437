"""Lists: filters that the address holds, orders, pages cut by key, counts that stop, and tables to take away."""
