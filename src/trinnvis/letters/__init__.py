"""Structured content to web text and PDF."""
