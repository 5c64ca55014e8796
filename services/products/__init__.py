"""A bank's loan product, version by version."""
