"""How long a person waits for the first marked answer, ours against a bare start of Pyodide: `python -m bench`."""
