"""Faults that the built program must live through: kills, stops, a full disk, slow readers."""
