"""From an enquiry (henvendelse) to a decision (vedtak)."""
