"""Loans from approval to settlement or write-off."""
