"""What always holds of a division of a loss, proved for every amount and not only tested."""
