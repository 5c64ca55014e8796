"""Scores of firms and banks, and the lists they lead to."""
