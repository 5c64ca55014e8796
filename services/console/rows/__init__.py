"""Every noun's list and page, made from its record: one skin for whatever nouns there are."""
