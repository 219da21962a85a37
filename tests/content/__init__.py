"""Tests of every real module, tool, fact and page, without building the site."""
