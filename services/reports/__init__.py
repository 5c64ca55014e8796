"""What is told about a world's events to people: clauses, stories, reports."""
