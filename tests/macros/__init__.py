"""Tests of what runs on the author's machine: reading, checking, rendering, building and serving the small project."""
