// Very many events: the last one of each pixel wins, then one disc a pixel is blended by hand, which is
// faster than any call a disc where there is no graphics card.

class DotPainter {
  constructor(store) {
    this.store = store;
    this.key = "";
  }

  resize(ctx, w, h) {
    if (this.w === w && this.h === h) return;
    this.w = w;
    this.h = h;
    this.image = ctx.createImageData(w, h);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.winners = new Int32Array(w * h);
    this.key = "";
  }

  /** The rows of a disc: offset in lines, half width; its rim is drawn darker. */
  disc(r) {
    const rows = [];
    for (let y = -r; y <= r; y++) {
      const half = Math.floor(Math.sqrt(r * r + r * 0.6 - y * y));
      if (half >= 0) rows.push([y, half]);
    }
    return rows;
  }

  /** Paints the events that pass into `ctx`; `looks` gives a colour for each combination of sides. */
  paint(ctx, view, fails, looks, shown) {
    const w = ctx.canvas.width, h = ctx.canvas.height;
    this.resize(ctx, w, h);
    const base = shown > 200000 ? 1.6 : shown > 30000 ? 2.4 : 3.2;
    const r = Math.max(1, Math.round(base * view.ratio));
    this.settle(view, r);
    this.elect(fails);
    this.stamp(looks, r);
    ctx.putImageData(this.image, 0, 0);
  }

  /** Finds the pixel of every event; kept while the view stands still. */
  settle(view, r) {
    const key = [view.k, view.ox, view.oy, this.w, this.h, r, view.ratio].join();
    if (key === this.key) return;
    this.key = key;
    const { store, w, h } = this, { x, y, flags, n } = store;
    const k = view.k * view.ratio, ox = view.ox * view.ratio, oy = view.oy * view.ratio;
    if (!this.places || this.places.length !== n) this.places = new Int32Array(n);
    const { places } = this;
    for (let i = 0; i < n; i++) {
      const px = (x[i] * k + ox) | 0, py = (y[i] * k + oy) | 0;
      places[i] = px >= r && py >= r && px < w - r && py < h - r && flags[i] & LOCATED ? py * w + px : 0;
    }
  }

  elect(fails) {
    const { winners, places } = this, n = places.length;
    winners.fill(0);
    for (let i = 0; i < n; i++) if (!fails[i]) winners[places[i]] = i + 1;
    winners[0] = 0;
  }

  stamp(looks, r) {
    const { winners, pixels, store, w, h } = this, { codes } = store.facets.sides;
    const inner = Uint32Array.from(looks, (look) => packed(look.colour, 1));
    const rim = Uint32Array.from(looks, (look) => packed(look.colour, 0.68));
    const rows = this.disc(r), count = rows.length;
    const shift = Int32Array.from(rows, (row) => row[0] * w), half = Int32Array.from(rows, (row) => row[1]);
    pixels.fill(0);
    for (let at = r * w, end = (h - r) * w; at < end; at++) {
      const event = winners[at];
      if (!event) continue;
      const code = codes[event - 1], fill = inner[code], edge = rim[code];
      for (let t = 0; t < count; t++) {
        let p = at + shift[t] - half[t];
        const stop = p + 2 * half[t];
        pixels[p++] = edge;
        while (p < stop) pixels[p++] = fill;
        pixels[stop] = edge;
      }
    }
  }
}

/** "#rrggbb", made darker, as a pixel of an image on little-endian machines. */
function packed(colour, light) {
  const value = parseInt(colour.slice(1), 16);
  const r = ((value >> 16) * light) | 0, g = (((value >> 8) & 255) * light) | 0, b = ((value & 255) * light) | 0;
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
