// Marks of sides: a shape and a colour each, as sprites for the canvas and as SVG for legend and list.

const SHAPES = {
  circle: null,
  diamond: [[0, -1.22], [1.22, 0], [0, 1.22], [-1.22, 0]],
  triangle: [[0, -1.2], [1.18, 0.86], [-1.18, 0.86]],
  square: [[-0.92, -0.92], [0.92, -0.92], [0.92, 0.92], [-0.92, 0.92]],
  down: [[0, 1.2], [1.18, -0.86], [-1.18, -0.86]],
  hexagon: [0, 1, 2, 3, 4, 5].map((k) => [Math.cos((k * Math.PI) / 3) * 1.1, Math.sin((k * Math.PI) / 3) * 1.1]),
  star: Array.from({ length: 10 }, (_, k) => {
    const r = k % 2 ? 0.58 : 1.35, a = (k * Math.PI) / 5 - Math.PI / 2;
    return [Math.cos(a) * r, Math.sin(a) * r];
  }),
  cross: [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
};

/** Adds the outline of a shape to the path of `ctx`. */
function traceShape(ctx, shape, x, y, r) {
  const points = SHAPES[shape];
  ctx.beginPath();
  if (!points) {
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  points.forEach(([px, py], k) => (k ? ctx.lineTo(x + px * r, y + py * r) : ctx.moveTo(x + px * r, y + py * r)));
  ctx.closePath();
}

/** An SVG element of a side's mark. */
function shapeIcon(look, size = 14, hollow = false) {
  const make = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const svg = make("svg", { viewBox: "-1.6 -1.6 3.2 3.2", width: size, height: size, class: "dl-mark", "aria-hidden": "true", focusable: "false" });
  const paint = hollow ? { fill: "none", stroke: look.colour, "stroke-width": 0.34, "stroke-dasharray": "0.5 0.32" } : { fill: look.colour };
  const points = SHAPES[look.shape];
  svg.append(points ? make("polygon", { points: points.map((p) => p.join(",")).join(" "), ...paint }) : make("circle", { r: 1, ...paint }));
  return svg;
}

/** The mark of an event whose status others deny or dispute, as the map draws it. */
function statusIcon(look, status) {
  const svg = shapeIcon(look, 14, status === "denied"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const attributes = status === "denied" ? { d: "M-.5-.5L.5.5M.5-.5L-.5.5", stroke: look.colour } : { d: "M-.6 0H.6", stroke: "#fff" };
  for (const [key, value] of Object.entries({ ...attributes, "stroke-width": 0.32, fill: "none" })) path.setAttribute(key, value);
  svg.append(path);
  return svg;
}

/** Red, green and blue of "#rrggbb". */
function rgbOf(colour) {
  const value = parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** "#rrggbb" with an alpha. */
function tint(colour, alpha) {
  return `rgba(${rgbOf(colour).join()},${alpha})`;
}

/** The look of each combination of sides: the look of its only or first side. */
function looksOf(store, config) {
  const { members, sets } = store.facets.sides;
  return sets.map((set) => {
    const look = config.looks[members[set[0]]] || config.looks[""];
    return config.theme.dark ? { ...look, colour: lighter(look.colour) } : look;
  });
}

/** A colour mixed with white, to be seen on a dark ground. */
function lighter(colour) {
  const value = parseInt(colour.slice(1), 16);
  const part = (shift) => Math.round(((value >> shift) & 255) * 0.74 + 255 * 0.26);
  return `#${((part(16) << 16) | (part(8) << 8) | part(0)).toString(16).padStart(6, "0")}`;
}
