"""Commands that act in a world: play, board, look at events, books and clock."""
