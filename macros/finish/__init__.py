"""After the build: what every page of the site has to have, whatever made it. Each step reads and writes the built site."""
