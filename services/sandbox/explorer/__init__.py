"""Walk the lifecycle tables in memory: which rows fire, which states are reached and await what."""
