"""The case page (saksbildet): one module a tab, and one for everything that is a single small form."""
