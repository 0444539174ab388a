"""What tests may order from a task through its own `meta`: length, failure, memory, a ledger. Nothing without it."""
