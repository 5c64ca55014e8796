"""The HTTP API under /api/v1: how other programs reach the platform."""
