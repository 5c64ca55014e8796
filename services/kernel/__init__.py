"""What carries every noun: transactions, events, deliveries, timers, ledger, clock, worlds."""
