"""The rulebook: its pages in both languages, and one clause by its id."""
