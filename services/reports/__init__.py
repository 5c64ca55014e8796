"""What people read about what happened: steps, clauses, figures. Reads only."""
