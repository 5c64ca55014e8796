"""What may happen: state tables, guards, deciders. Pure Python, no I/O."""
