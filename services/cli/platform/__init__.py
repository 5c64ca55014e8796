"""Commands that start, check and prepare the platform."""
