"""What the site hands to other programs as files under `site/downloads/`: made from the same library, never from the built pages."""
