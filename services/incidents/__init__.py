"""Incidents of security: refused pairs, for auditors."""
