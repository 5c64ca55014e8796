"""Filing of drawn loans for cover."""
