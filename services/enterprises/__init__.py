"""The enterprise and its place in the library."""
