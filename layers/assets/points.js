// The layer of events: areas first, then marks and groups of marks, or densities where they are very many.

const MOST_MARKS = 1200, MOST_SYMBOLS = 250, FEW_MARKS = 60, FAR = 40;

const EventLayer = CanvasLayer.extend({
  options: { pane: "dl-events" },

  initialize(store, filters, config) {
    CanvasLayer.prototype.initialize.call(this, {});
    Object.assign(this, { store, filters, config });
    this.areas = new AreaPainter(store);
    this.density = new DensityPainter(store);
    this.recolour();
    this.symbols = new SymbolImages(store, config, () => this.schedule());
    this.selected = this.hovered = -1;
    this.fan = null;
    this.showPoints = this.showAreas = this.showLabels = true;
  },

  /** Takes the sides' colours from the theme. */
  recolour() {
    this.looks = looksOf(this.store, this.config);
    this.areas.looks = this.looks;
    this.density.recolour(this.looks);
  },

  draw() {
    const view = this.prepare(this.store.meta), { ctx } = this;
    this.view = view;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const list = this.inView(view);
    this.groups = list && this.showPoints ? this.grouped(list, view) : null;
    this.dense = !list && this.showPoints;
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    if (this.showAreas) this.areas.paint(ctx, view, this.filters.fails, list, this.selected);
    if (this.dense) this.density.paint(ctx, view, this.filters);
    this.captions = placeCaptions(ctx, this.fan ? null : this.groups, view, (events) => this.captionOf(events), this.config.font);
    this.names(view);
    if (this.groups) for (const group of this.groups) this.group(group);
    paintCaptions(ctx, this.captions, this.config.theme);
    if (this.fan) this.drawFan();
    this.drawSelected();
  },

  /** What stands beside a mark: the place that all its events share, and the date of one that stands alone. */
  captionOf(events) {
    const [first] = events, place = this.store.text(first, "place");
    if (events.length > 1) return events.every((i) => this.store.text(i, "place") === place) ? [place] : [];
    return [place, this.config.when(first)];
  },

  /** The basemap's names, between areas and marks and clear of the marks. */
  names(view) {
    const base = this._map.basemap;
    if (!base || !this.showLabels) return;
    const { x0, y0, cells } = this.store.meta;
    const turns = { ...view, k: view.k * cells, ox: view.ox - x0 * view.k, oy: view.oy - y0 * view.k };
    paintLabels(this.ctx, base.names, turns, this.config.theme, this.groups || [], this.captions.map(({ box }) => box));
  },

  /** Events shown that lie in or near the view; null if they are too many for marks. */
  inView(view) {
    const { x, y, flags } = this.store, { fails, span: [first, last] } = this.filters;
    const reach = FAR / view.k, [west, north, east, south] = view.box;
    const list = [];
    for (let i = first; i < last; i++) {
      if (fails[i] || !(flags[i] & LOCATED)) continue;
      if (x[i] < west - reach || x[i] > east + reach || y[i] < north - reach || y[i] > south + reach) continue;
      if (list.length >= MOST_MARKS) return null;
      list.push(i);
    }
    return list;
  },

  grouped(list, view) {
    this.withSymbols = list.length <= MOST_SYMBOLS;
    const few = list.length <= FEW_MARKS;
    Object.assign(this, few ? { markSize: 7.5, symbolSize: 32 } : { markSize: 6, symbolSize: 26 });
    const single = (i) => (this.withSymbols && this.symbols.has(i) ? this.symbolSize / 2 + 2 : this.markSize + 1);
    return groupEvents(this.store, list, view, single).map((group) => {
      const symbol = group.events.length === 1 && this.withSymbols && this.symbols.has(group.events[0]);
      return { ...group, up: symbol ? this.symbolSize * 0.85 : 0, cx: group.x * view.k + view.ox, cy: group.y * view.k + view.oy };
    });
  },

  group(group) {
    if (group.events.length === 1) this.mark(group.events[0], group.cx, group.cy);
    else this.ring(group);
  },

  /** The mark of one event: its unit's symbol, else its side's shape; hollow and dashed where only claimed. */
  mark(i, x, y) {
    const { ctx } = this, look = this.looks[this.store.facets.sides.codes[i]];
    const status = this.store.members(i, "status")[0];
    const symbol = this.withSymbols ? this.symbols.of(i) : null;
    if (symbol) {
      const width = this.symbolSize, height = (width * symbol.height) / symbol.width;
      ctx.save();
      if (this.config.theme.dark) this.plate(x - width / 2 - 2, y - height * 0.62 - 2, width + 4, height + 4);
      else Object.assign(ctx, { shadowColor: "rgba(255,255,255,.95)", shadowBlur: 3 * this.view.ratio });
      ctx.drawImage(symbol, x - width / 2, y - height * 0.62, width, height);
      ctx.restore();
      return;
    }
    const hollow = status === "claimed" || status === "denied";
    ctx.save();
    ctx.lineJoin = "round";
    traceShape(ctx, look.shape, x, y, this.markSize);
    ctx.lineWidth = 4;
    ctx.strokeStyle = this.config.theme.halo;
    ctx.stroke();
    ctx.fillStyle = hollow ? this.config.theme.card : look.colour;
    ctx.fill();
    ctx.lineWidth = hollow ? 2.2 : 1.8;
    ctx.strokeStyle = look.colour;
    if (hollow) { ctx.setLineDash([2.6, 2]); ctx.stroke(); }
    if (status === "disputed" || status === "denied") this.dispute(x, y, status, look);
    ctx.restore();
  },

  /** A light ground for a symbol on a dark map: its echelon is drawn in black. */
  plate(x, y, width, height) {
    const { ctx } = this;
    ctx.beginPath();
    if (ctx.roundRect) ctx.roundRect(x, y, width, height, 3);
    else ctx.rect(x, y, width, height);
    ctx.fillStyle = "#e4e7ea";
    ctx.fill();
  },

  dispute(x, y, status, look) {
    const { ctx } = this;
    ctx.setLineDash([]);
    ctx.beginPath();
    if (status === "denied") { ctx.moveTo(x - 2.6, y - 2.6); ctx.lineTo(x + 2.6, y + 2.6); ctx.moveTo(x + 2.6, y - 2.6); ctx.lineTo(x - 2.6, y + 2.6); }
    else { ctx.moveTo(x - 3.4, y); ctx.lineTo(x + 3.4, y); }
    ctx.strokeStyle = status === "denied" ? look.colour : "#fff";
    ctx.lineWidth = 1.6;
    ctx.stroke();
  },

  /** The mark of several events: their number in a ring that is shared out among the sides. */
  ring({ cx, cy, r, events }) {
    const { ctx } = this, { codes } = this.store.facets.sides, shares = new Map();
    for (const i of events) shares.set(this.looks[codes[i]].colour, (shares.get(this.looks[codes[i]].colour) || 0) + 1);
    ctx.save();
    ctx.beginPath();
    ctx.arc(cx, cy, r + 1.5, 0, 2 * Math.PI);
    ctx.fillStyle = this.config.theme.halo;
    ctx.fill();
    ctx.beginPath();
    ctx.arc(cx, cy, r - 1, 0, 2 * Math.PI);
    ctx.fillStyle = this.config.theme.card;
    ctx.fill();
    let angle = -Math.PI / 2;
    ctx.lineWidth = 4.5;
    for (const [colour, count] of [...shares].sort((a, b) => b[1] - a[1])) {
      const turn = (count / events.length) * 2 * Math.PI;
      ctx.beginPath();
      ctx.arc(cx, cy, r - 2.25, angle, angle + turn);
      ctx.strokeStyle = colour;
      ctx.stroke();
      angle += turn;
    }
    const text = this.config.short(events.length);
    ctx.fillStyle = this.config.theme.ink;
    ctx.font = `600 ${text.length > 3 ? 10.5 : 12}px ${this.config.font}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, cx, cy + 0.5);
    ctx.restore();
  },

  drawFan() {
    const { ctx, fan } = this, [cx, cy] = this.pixel(fan.x, fan.y);
    fan.spots = fanPositions(fan.events.length).map(([dx, dy], k) => ({ i: fan.events[k], x: cx + dx, y: cy + dy }));
    ctx.save();
    ctx.strokeStyle = this.config.theme.ink;
    ctx.globalAlpha = 0.45;
    ctx.lineWidth = 1;
    for (const spot of fan.spots) { ctx.beginPath(); ctx.moveTo(cx, cy); ctx.lineTo(spot.x, spot.y); ctx.stroke(); }
    ctx.restore();
    for (const spot of fan.spots) this.mark(spot.i, spot.x, spot.y);
  },

  drawSelected() {
    for (const i of [this.hovered, this.selected]) {
      if (i < 0 || !this.store.isLocated(i) || this.filters.fails[i]) continue;
      const at = this.spotOf(i), { ctx } = this;
      ctx.beginPath();
      ctx.arc(at.x, at.y, (at.r || 7) + 4, 0, 2 * Math.PI);
      ctx.lineWidth = i === this.selected ? 2.6 : 1.6;
      ctx.strokeStyle = this.config.theme.ink;
      ctx.stroke();
    }
  },

  /** Where event `i` is drawn: its fan's spot, its group, or its own place. */
  spotOf(i) {
    const spot = this.fan && this.fan.spots && this.fan.spots.find((other) => other.i === i);
    if (spot) return spot;
    const group = this.groups && this.groups.find((other) => other.events.includes(i));
    if (group) return { x: group.cx, y: group.cy, r: group.r };
    const [x, y] = this.pixel(this.store.x[i], this.store.y[i]);
    return { x, y };
  },

  pixel(x, y) { return [x * this.view.k + this.view.ox, y * this.view.k + this.view.oy]; },

  /** What lies under a point of the map: {events, group} or null. */
  pick(point) {
    if (!this.view) return null;
    const slack = L.Browser.mobile ? 10 : 3;
    const spot = this.fan && this.fan.spots && this.fan.spots.find((other) => Math.hypot(other.x - point.x, other.y - point.y) < 9 + slack);
    if (spot) return { events: [spot.i] };
    let best = null, least = Infinity;
    for (const group of this.groups || []) {
      const distance = Math.hypot(group.cx - point.x, group.cy - point.y);
      if (distance < group.r + slack && distance < least) { best = group; least = distance; }
    }
    if (best) return { events: best.events, group: best };
    if (this.dense) {
      const cell = this.density.cellAt(point, this.view);
      if (cell >= 0) return { cell, events: [] };
    }
    const { k, ox, oy } = this.view;
    const events = this.showAreas ? this.areas.under((point.x - ox) / k, (point.y - oy) / k, this.filters.fails, (4 + slack) / k) : [];
    return events.length ? { events, area: true } : null;
  },
});

/** Unit symbols as images, loaded when first drawn. */
class SymbolImages {
  constructor(store, config, loaded) {
    this.store = store;
    this.config = config;
    this.loaded = loaded;
    this.images = new Map();
  }

  /** Address of the symbol of unit `k`, null if it has none. */
  source(k, claimed = false) {
    const pair = this.config.symbols[k];
    return pair ? this.config.pictures[pair[claimed ? 1 : 0]] : null;
  }

  /** The one unit of an event; of several none may stand for the others. */
  only(i) {
    const units = this.store.set(i, "units");
    return units.length === 1 ? units[0] : -1;
  }

  has(i) { return Boolean(this.config.symbols[this.only(i)]); }

  of(i) {
    const k = this.only(i);
    const source = this.source(k, this.store.members(i, "status")[0] === "claimed");
    if (!source) return null;
    let image = this.images.get(source);
    if (!image) {
      image = new Image();
      image.onload = this.loaded;
      image.src = source;
      this.images.set(source, image);
    }
    return image.complete && image.naturalWidth ? image : null;
  }
}
