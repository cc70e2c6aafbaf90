"""Personas and their pathways: read, tried, compared and edited."""
