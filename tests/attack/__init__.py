"""Attacks: files, messages and records made to break what reads them. All chance comes from seeds, so each attack can be had again."""
