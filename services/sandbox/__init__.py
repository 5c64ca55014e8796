"""Stories told through the platform, and (later) lessons, forks and the library of scenarios."""
