"""Acts as forms: made from the command's fields, read back, carried out, refused in words."""
