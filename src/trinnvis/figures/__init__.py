"""Figures (diagrammer): one option per figure, drawn on the server and enlivened in the browser."""
