// Marks that would overlap are drawn as one: groups of events, each standing at its largest place.

/** Radius in pixels of the mark of `count` events. */
function markRadius(count) {
  return Math.min(30, 9.5 + 1.5 * Math.sqrt(count));
}

/** Places of the events in `list`, those with most events first. */
function placesOf(store, list) {
  const places = new Map();
  for (const i of list) {
    const key = store.x[i] * 67108864 + store.y[i];
    const place = places.get(key);
    if (place) place.events.push(i);
    else places.set(key, { x: store.x[i], y: store.y[i], events: [i] });
  }
  return [...places.values()].sort((a, b) => b.events.length - a.events.length || a.x - b.x || a.y - b.y);
}

/** Groups of places whose marks would overlap in `view`; `single` gives the radius of an event that stands alone. */
function groupEvents(store, list, view, single) {
  const radius = (events) => (events.length === 1 ? single(events[0]) : markRadius(events.length));
  const size = 64, cells = new Map(), groups = [];
  for (const place of placesOf(store, list)) {
    const px = place.x * view.k, py = place.y * view.k;
    const column = Math.floor(px / size), row = Math.floor(py / size);
    const host = nearestGroup(cells, column, row, px, py, radius(place.events));
    if (host) {
      for (const i of place.events) host.events.push(i);
      host.places++;
      host.r = markRadius(host.events.length);
      continue;
    }
    const group = { x: place.x, y: place.y, px, py, events: [...place.events], places: 1, r: radius(place.events) };
    const key = `${column}:${row}`;
    if (cells.has(key)) cells.get(key).push(group);
    else cells.set(key, [group]);
    groups.push(group);
  }
  return groups;
}

function nearestGroup(cells, column, row, px, py, r) {
  let best = null, least = Infinity;
  for (let c = column - 1; c <= column + 1; c++) {
    for (let w = row - 1; w <= row + 1; w++) {
      for (const group of cells.get(`${c}:${w}`) || []) {
        const distance = Math.hypot(group.px - px, group.py - py);
        if (distance < group.r + r + 1 && distance < least) { best = group; least = distance; }
      }
    }
  }
  return best;
}

/** Positions around a group of one place for its events, in a spiral. */
function fanPositions(count) {
  if (count <= 10) {
    const r = Math.max(34, (count * 19) / (2 * Math.PI));
    return Array.from({ length: count }, (_, k) => [r * Math.sin((2 * Math.PI * k) / count), -r * Math.cos((2 * Math.PI * k) / count)]);
  }
  let angle = 0;
  return Array.from({ length: count }, (_, k) => {
    const r = 32 + k * 2.4;
    angle += 20 / r;
    return [r * Math.sin(angle), -r * Math.cos(angle)];
  });
}
