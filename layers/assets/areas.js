// Areas under the points: polygons, strips, corridors, and the discs in which a point truly lies.

const MOST_DISCS = 700;

class AreaPainter {
  constructor(store) {
    this.store = store;
    this.owners = store.shapes.map(() => []);
    const { shape, n } = store;
    for (let i = 0; i < n; i++) if (shape[i]) this.owners[shape[i] - 1].push(i);
    this.byMetre = store.meta.cells / 40075016.686;
  }

  look(i) { return this.looks[this.store.facets.sides.codes[i]]; }

  /** Whether all that is known of the events is claimed. */
  claimed(events) { return events.every((i) => this.store.text(i, "status") === "claimed" || this.store.members(i, "status")[0] === "claimed"); }

  /** Radius of event `i` in cells: a metre is more cells away from the equator. */
  radius(i) {
    const { meta, radius, y } = this.store;
    const turn = Math.PI * (1 - (2 * (y[i] + meta.y0)) / meta.cells);
    return radius[i] * this.byMetre * Math.cosh(turn);
  }

  /** Paints the areas of all events that pass; `list` holds the events in view, or null if they are too many. */
  paint(ctx, view, fails, list, selected) {
    if (list) this.discs(ctx, view, list, selected);
    this.shapes(ctx, view, fails, selected);
    if (selected >= 0) this.one(ctx, view, selected, true);
  }

  shapes(ctx, view, fails, selected) {
    const { shapes } = this.store;
    const order = shapes.map((_, k) => k).sort((a, b) => boxSize(shapes[b].box) - boxSize(shapes[a].box));
    for (const k of order) {
      if (!boxesMeet(shapes[k].box, view.box)) continue;
      const events = this.owners[k].filter((i) => !fails[i] && i !== selected);
      if (events.length) this.shape(ctx, view, shapes[k], events, false);
    }
  }

  shape(ctx, view, shape, events, strong) {
    const { colour } = this.look(events[events.length - 1]);
    const dash = this.claimed(events) ? [5, 4] : [];
    ctx.save();
    ctx.lineJoin = ctx.lineCap = "round";
    const rings = shape.parts.filter((part) => part.kind === RINGS);
    const lines = shape.parts.filter((part) => part.kind === LINES);
    const points = shape.parts.filter((part) => part.kind === POINTS);
    if (rings.length) {
      ctx.beginPath();
      for (const part of rings) tracePart(ctx, part, view);
      ctx.fillStyle = tint(colour, strong ? 0.24 : 0.12);
      ctx.fill("evenodd");
      ctx.setLineDash(dash);
      ctx.lineWidth = strong ? 2.2 : 1.3;
      ctx.strokeStyle = tint(colour, strong ? 1 : 0.75);
      ctx.stroke();
    }
    if (lines.length) this.corridor(ctx, view, lines, events, colour, strong);
    for (const part of points) this.members(ctx, view, part, events, colour, strong);
    ctx.restore();
  }

  /** A line with the width in which it is known. */
  corridor(ctx, view, lines, events, colour, strong) {
    const width = Math.max(7, 2 * this.radius(events[0]) * view.k);
    ctx.beginPath();
    for (const part of lines) tracePart(ctx, part, view);
    ctx.lineWidth = width;
    ctx.strokeStyle = tint(colour, strong ? 0.28 : 0.16);
    ctx.stroke();
    ctx.setLineDash([7, 5]);
    ctx.lineWidth = strong ? 2 : 1.3;
    ctx.strokeStyle = tint(colour, 0.85);
    ctx.stroke();
  }

  /** The places of an event that has several. */
  members(ctx, view, part, events, colour, strong) {
    const r = Math.max(6, this.radius(events[0]) * view.k);
    for (let i = 0; i < part.x.length; i++) {
      ctx.beginPath();
      ctx.arc(part.x[i] * view.k + view.ox, part.y[i] * view.k + view.oy, r, 0, 2 * Math.PI);
      ctx.fillStyle = tint(colour, strong ? 0.24 : 0.12);
      ctx.fill();
      ctx.lineWidth = strong ? 2 : 1.2;
      ctx.strokeStyle = tint(colour, 0.75);
      ctx.stroke();
    }
  }

  discs(ctx, view, list, selected) {
    const { store } = this, seen = new Map();
    for (const i of list) {
      if (store.shape[i] || !store.radius[i] || i === selected) continue;
      const r = this.radius(i) * view.k;
      if (r < 9) continue;
      const key = `${store.x[i]}:${store.y[i]}:${store.radius[i]}`;
      const disc = seen.get(key);
      if (disc) disc.events.push(i);
      else seen.set(key, { r, events: [i] });
      if (seen.size > MOST_DISCS) return;
    }
    for (const { r, events } of [...seen.values()].sort((a, b) => b.r - a.r)) this.disc(ctx, view, events, r, false);
  }

  disc(ctx, view, events, r, strong) {
    const { store } = this, i = events[events.length - 1], { colour } = this.look(i);
    ctx.save();
    ctx.beginPath();
    ctx.arc(store.x[i] * view.k + view.ox, store.y[i] * view.k + view.oy, r, 0, 2 * Math.PI);
    ctx.fillStyle = tint(colour, strong ? 0.2 : 0.075);
    ctx.fill();
    if (this.claimed(events)) ctx.setLineDash([4, 4]);
    ctx.lineWidth = strong ? 2 : 1;
    ctx.strokeStyle = tint(colour, strong ? 0.95 : 0.42);
    ctx.stroke();
    ctx.restore();
  }

  /** The area of one event, alone. */
  one(ctx, view, i, strong) {
    const { store } = this;
    if (!store.isLocated(i)) return;
    if (store.shape[i]) this.shape(ctx, view, store.shapes[store.shape[i] - 1], [i], strong);
    else if (store.radius[i] && this.radius(i) * view.k > 4) this.disc(ctx, view, [i], this.radius(i) * view.k, strong);
  }

  /** Events whose polygon or line lies under a cell, smallest area first. */
  under(cx, cy, fails, reach) {
    const { shapes } = this.store, found = [];
    shapes.forEach((shape, k) => {
      const [west, north, east, south] = shape.box;
      const events = this.owners[k].filter((i) => !fails[i]);
      if (!events.length) return;
      const wide = Math.max(reach, this.radius(events[0]));
      if (cx < west - wide || cx > east + wide || cy < north - wide || cy > south + wide) return;
      const open = shape.parts.filter((part) => part.kind !== RINGS);
      if (inRings(shape.parts, cx, cy) || distanceToParts(open, cx, cy) < wide * wide) found.push({ size: boxSize(shape.box), events });
    });
    return found.sort((a, b) => a.size - b.size).flatMap(({ events }) => events);
  }
}

function boxSize([west, north, east, south]) {
  return (east - west) * (south - north);
}
