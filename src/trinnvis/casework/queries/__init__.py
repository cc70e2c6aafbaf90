"""Reads of casework; every queryset that holds citizens starts from `visible.cases_visible_to`."""
