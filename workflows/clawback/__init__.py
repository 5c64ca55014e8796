"""Taking compensation back from a bank that should not have had it."""
