"""A module in forms that other programs read. Each form has a module of its own here; nothing in it knows the site builder."""
