// The page's grid and its shapes.

const POINTS = 0, LINES = 1, RINGS = 2;

/** Latitude and longitude of a cell. */
function cellToLatLng(x, y, cells) {
  const lng = (x / cells) * 360 - 180;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / cells))) * 180) / Math.PI;
  return L.latLng(lat, lng);
}

/** The cell of a latitude and longitude. */
function latLngToCell(latLng, cells) {
  const sine = Math.sin((latLng.lat * Math.PI) / 180);
  return { x: ((latLng.lng + 180) / 360) * cells, y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * cells };
}

/** Shapes, each a list of parts {kind, x, y, box}, from packed bytes. */
function readShapes(bytes, [shapeCount, partCount, pointCount]) {
  const reader = new PlaneReader(bytes);
  const kinds = reader.read(partCount, 4), lengths = reader.read(partCount, 4), owners = reader.read(partCount, 4);
  const x = reader.readDifferences(pointCount), y = reader.readDifferences(pointCount);
  const shapes = Array.from({ length: shapeCount }, () => ({ parts: [], box: [Infinity, Infinity, -Infinity, -Infinity] }));
  let at = 0;
  for (let k = 0; k < partCount; k++) {
    const end = at + lengths[k];
    const part = { kind: kinds[k], x: x.subarray(at, end), y: y.subarray(at, end), box: null };
    part.box = boxOf(part.x, part.y);
    const shape = shapes[owners[k]];
    shape.parts.push(part);
    shape.box = [Math.min(shape.box[0], part.box[0]), Math.min(shape.box[1], part.box[1]), Math.max(shape.box[2], part.box[2]), Math.max(shape.box[3], part.box[3])];
    at = end;
  }
  return shapes;
}

function boxOf(x, y) {
  let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
  for (let i = 0; i < x.length; i++) {
    if (x[i] < west) west = x[i];
    if (x[i] > east) east = x[i];
    if (y[i] < north) north = y[i];
    if (y[i] > south) south = y[i];
  }
  return [west, north, east, south];
}

function boxesMeet(a, b) {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** Adds a part to the path of `ctx`; points closer than half a pixel are passed over. */
function tracePart(ctx, part, view) {
  const { x, y } = part, { k, ox, oy } = view;
  let px = x[0] * k + ox, py = y[0] * k + oy;
  ctx.moveTo(px, py);
  const last = x.length - 1;
  for (let i = 1; i <= last; i++) {
    const qx = x[i] * k + ox, qy = y[i] * k + oy;
    if (i < last && Math.abs(qx - px) < 0.6 && Math.abs(qy - py) < 0.6) continue;
    ctx.lineTo(qx, qy);
    px = qx;
    py = qy;
  }
  if (part.kind === RINGS) ctx.closePath();
}

/** Whether a cell lies in a polygon's rings (even-odd rule). */
function inRings(parts, cx, cy) {
  let inside = false;
  for (const part of parts) {
    if (part.kind !== RINGS) continue;
    const { x, y } = part;
    for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
      if (y[i] > cy !== y[j] > cy && cx < ((x[j] - x[i]) * (cy - y[i])) / (y[j] - y[i]) + x[i]) inside = !inside;
    }
  }
  return inside;
}

/** Square of the distance in cells from a cell to the lines and points of parts. */
function distanceToParts(parts, cx, cy) {
  let best = Infinity;
  for (const { kind, x, y } of parts) {
    for (let i = 0; i < x.length; i++) {
      const j = kind === LINES && i + 1 < x.length ? i + 1 : i;
      const dx = x[j] - x[i], dy = y[j] - y[i], length = dx * dx + dy * dy;
      const t = length ? Math.max(0, Math.min(1, ((cx - x[i]) * dx + (cy - y[i]) * dy) / length)) : 0;
      const ex = x[i] + t * dx - cx, ey = y[i] + t * dy - cy;
      best = Math.min(best, ex * ex + ey * ey);
    }
  }
  return best;
}
