"""Plans for a town's streets, services and homes (tettstedsplaner): kept by name, computed, and drawn for
pages and packs. The towns themselves are files in the data folder."""
