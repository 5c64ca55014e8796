"""An IP right from its declaration to its release, lapse or disposal."""
