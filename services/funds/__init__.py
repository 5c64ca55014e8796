"""The compensation fund and its cash."""
