"""How it is shown: located events become folium layers and one page."""
