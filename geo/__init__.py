"""Where it was: the words that name a place become a geometry with its uncertainty."""
