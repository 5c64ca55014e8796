"""A bank's claim for compensation."""
