"""Loan applications and how they meet banks."""
