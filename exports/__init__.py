"""How it is handed on: located events and pages become files and snippets for others."""
