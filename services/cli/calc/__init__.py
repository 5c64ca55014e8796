"""`zhidai calc`: the arithmetic of lending from the command line."""
