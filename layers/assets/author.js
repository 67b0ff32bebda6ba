// What folium's own layers take for granted and would fetch: pins, coloured pins, and a hand to make their popups.

/** Makes the pins of Leaflet's markers part of the page; `pictures` are data: addresses. */
function bringPins(pictures) {
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions(pictures);
}

/** A pin in one of the colours that folium.Icon names; without the icon fonts its head is a dot. */
function colouredPin({ markerColor = "blue", iconColor = "white" }) {
  const make = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const svg = make("svg", { viewBox: "0 0 26 40", width: 26, height: 40 });
  svg.append(
    make("path", { d: "M13 39C13 39 25 22 25 13A12 12 0 0 0 1 13C1 22 13 39 13 39Z", fill: markerColor, stroke: "#fff", "stroke-width": 1.5 }),
    make("circle", { cx: 13, cy: 13, r: 5, fill: iconColor }));
  return L.divIcon({ className: "dl-pin", html: svg, iconSize: [26, 40], iconAnchor: [13, 39], popupAnchor: [0, -34] });
}

L.AwesomeMarkers = L.AwesomeMarkers || { icon: colouredPin };

/** The part of jQuery that folium.Popup uses: elements of a text that the map's author wrote. */
window.$ = window.$ || ((markup) => {
  const holder = document.createElement("template");
  holder.innerHTML = markup.trim();
  return [...holder.content.childNodes];
});
