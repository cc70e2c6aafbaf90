"""Pure rules of casework: no Django, no clock, no database."""
