"""The five-minute town on paper and on the command line: figures, map, PDF and `trinnvis town`."""
