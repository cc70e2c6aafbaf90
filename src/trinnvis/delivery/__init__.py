"""Units and sites, places, hours and budgets (levering og kapasitet): what there is, what is promised, what is done."""
