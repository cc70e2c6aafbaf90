"""Trinnvis: from an enquiry to a decision, and from every decision to the municipal plan."""

__version__ = "0.1.0"
