"""The planners' door (planleggerens inngang): pages for those who steer and plan the whole. No rules."""
