"""The money that compensates banks, and its breaker."""
