"""What does happen: one folder a business noun, and the kernel that carries them."""
