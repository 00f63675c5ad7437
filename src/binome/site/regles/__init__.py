"""The rules anyone can read: each rule, what changed, the référentiels, the reforms, the ledger."""
