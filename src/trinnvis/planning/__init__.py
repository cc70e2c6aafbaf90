"""What the future asks for: population, demand, capacity and money. Pure engines over NumPy arrays."""
