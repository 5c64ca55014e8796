"""A bank under its agreement with a programme."""
