// Downloads of the events shown.

const CSV_COLUMNS = ["id", "title", "summary", "event_type", "status", "date_start", "date_end", "place", "longitude", "latitude", "uncertainty_m", "explanation", "sides", "units", "casualties", "sources", "urls"];

/** All that a download says of event `i`. */
function exportRow(app, i) {
  const { store } = app, at = store.isLocated(i) ? store.latLng(i) : null;
  const figures = store.casualties(i).map((figure) => [figure.min, figure.max].filter(Boolean).join("-") + ` ${figure.kind}` + (figure.who ? ` ${figure.who}` : "") + (figure.claimed_by ? ` (${figure.claimed_by})` : ""));
  const sources = store.sources(i);
  return {
    id: store.text(i, "id"), title: store.text(i, "title"), summary: store.text(i, "summary"),
    event_type: store.members(i, "types")[0] || "", status: store.members(i, "status")[0] || "",
    date_start: store.isDated(i) ? isoOf(store.start[i]) : "", date_end: store.isDated(i) ? isoOf(store.end[i]) : "",
    place: store.text(i, "place"), longitude: at ? at.lng.toFixed(5) : "", latitude: at ? at.lat.toFixed(5) : "",
    uncertainty_m: store.radius[i] || "", explanation: store.text(i, "explanation"),
    sides: store.members(i, "sides").join("; "), units: store.set(i, "units").map((k) => store.units[k].name).filter(Boolean).join("; "),
    casualties: figures.join("; "), sources: sources.map((source) => source.publisher).filter(Boolean).join("; "),
    urls: sources.map((source) => source.url).filter(Boolean).join(" "),
  };
}

/** A cell that no spreadsheet takes for a formula (OWASP, CSV injection). */
function csvCell(value) {
  let text = String(value);
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) || text !== text.trim() ? `"${text.replace(/"/g, '""')}"` : text;
}

function asCsv(app, list) {
  const lines = [CSV_COLUMNS.join(",")];
  for (const i of list) {
    const row = exportRow(app, i);
    lines.push(CSV_COLUMNS.map((name) => csvCell(row[name])).join(","));
  }
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function asGeoJson(app, list) {
  const { store } = app, { x0, y0, cells } = store.meta;
  const pair = (x, y) => { const at = cellToLatLng(x + x0, y + y0, cells); return [+at.lng.toFixed(5), +at.lat.toFixed(5)]; };
  const geometry = (i) => {
    if (!store.isLocated(i)) return null;
    if (!store.shape[i]) return { type: "Point", coordinates: pair(store.x[i], store.y[i]) };
    return shapeGeoJson(store.shapes[store.shape[i] - 1], pair);
  };
  const features = Array.from(list, (i) => ({ type: "Feature", id: store.text(i, "id"), geometry: geometry(i), properties: exportRow(app, i) }));
  return JSON.stringify({ type: "FeatureCollection", features });
}

/** A shape as GeoJSON: rings that turn clockwise on the page are outer ones, as we packed them or by containment. */
function shapeGeoJson(shape, pair) {
  const line = (part) => Array.from(part.x, (x, k) => pair(x, part.y[k]));
  const geometries = [];
  const polygons = [];
  for (const part of shape.parts) {
    if (part.kind === LINES) geometries.push({ type: "LineString", coordinates: line(part) });
    else if (part.kind === POINTS) geometries.push({ type: "MultiPoint", coordinates: line(part) });
    else {
      const ring = line(part);
      ring.push(ring[0]);
      const host = polygons.find((other) => inRings([other.part], part.x[0], part.y[0]));
      if (host) host.rings.push(ring);
      else polygons.push({ part, rings: [ring] });
    }
  }
  if (polygons.length === 1) geometries.push({ type: "Polygon", coordinates: polygons[0].rings });
  else if (polygons.length) geometries.push({ type: "MultiPolygon", coordinates: polygons.map((polygon) => polygon.rings) });
  return geometries.length === 1 ? geometries[0] : { type: "GeometryCollection", geometries };
}

/** Hands a text to the reader as a file. */
function offerFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
