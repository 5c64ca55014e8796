"""A pledge over IP rights in the register."""
