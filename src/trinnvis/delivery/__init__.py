"""Units, sites, places, hours and budgets (levering, kapasitet): what there is, is promised and is done."""
