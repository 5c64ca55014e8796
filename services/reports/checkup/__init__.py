"""What `zhidai doctor` looks at. Each check is a function that returns its findings."""
