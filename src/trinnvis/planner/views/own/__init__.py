"""Pages of own figures."""
