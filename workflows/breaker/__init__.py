"""The breaker of a programme, and of one bank in it."""
