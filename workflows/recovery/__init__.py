"""The pursuit of a loan in default, and who gets what it brings."""
