"""The built site in a real browser: every page, every state and every way it can go wrong."""
