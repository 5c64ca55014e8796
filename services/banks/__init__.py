"""The bank and its programme agreement."""
