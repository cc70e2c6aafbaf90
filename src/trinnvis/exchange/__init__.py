"""Ports to the outside world, each with a demo adapter and a real one."""
