"""Mentions: the stretches of a text that name a place, date, unit, side or casualty figure."""
