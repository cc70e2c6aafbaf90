"""Settings, base templates, static files and health."""
