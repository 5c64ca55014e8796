"""`zhidai assess`, `compare` and `replay`: one default, or a book of them, under the cases."""
