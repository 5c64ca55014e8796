"""The pairing of an application with banks."""
