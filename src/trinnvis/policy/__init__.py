"""What the council adopted, as dated data: ladders, services, criteria, prices, legal bases, deadlines."""
