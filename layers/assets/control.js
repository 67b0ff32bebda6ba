// Who holds what, says whom: hatched areas under the events, of each source the latest that is not after a day.

const HATCH = 9;

const ControlLayer = CanvasLayer.extend({
  options: { pane: "dl-control", padding: 0.2, live: false },

  initialize(areas, shapes, cells) {
    CanvasLayer.prototype.initialize.call(this, {});
    this.sources = bySource(areas);
    Object.assign(this, { shapes, cells, hidden: new Set(), day: NEVER, lastDay: lastOf(areas) });
  },

  onAdd(map) {
    CanvasLayer.prototype.onAdd.call(this, map);
    map.on("dl:theme", this.schedule, this);
  },

  /** Goes to a day; draws where that changes what is shown. */
  goTo(day) {
    const before = this.pictures().map((picture) => picture.day).join();
    this.day = day;
    if (this.pictures().map((picture) => picture.day).join() !== before) this.schedule();
  },

  toggle(source, on) {
    if (on) this.hidden.delete(source);
    else this.hidden.add(source);
    this.schedule();
  },

  /** What each source shown says on the day: {source, day, areas}; none where it says nothing that early. */
  pictures() {
    return this.sources.filter(({ name }) => !this.hidden.has(name)).map((source) => ({ source: source.name, ...latest(source, this.day) })).filter((picture) => picture.areas);
  },

  draw() {
    const view = this.prepare({ cells: this.cells, x0: 0, y0: 0 }), { ctx } = this;
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    ctx.clearRect(0, 0, view.width, view.height);
    for (const { areas } of this.pictures()) for (const area of areas) this.area(area, view);
  },

  area(area, view) {
    const { ctx } = this, shape = this.shapes[area.shape];
    for (const turn of [-1, 0, 1]) {
      const moved = { ...view, ox: view.ox + turn * view.k * this.cells };
      moved.box = [-moved.ox / moved.k, -moved.oy / moved.k, (view.width - moved.ox) / moved.k, (view.height - moved.oy) / moved.k];
      if (!boxesMeet(shape.box, moved.box)) continue;
      ctx.beginPath();
      for (const part of shape.parts) tracePart(ctx, part, moved);
      const { colour, slant } = this.look(area.side);
      ctx.fillStyle = tint(colour, 0.09);
      ctx.fill("evenodd");
      ctx.fillStyle = this.hatching(colour, slant, view);
      ctx.fill("evenodd");
      ctx.lineWidth = 1.2;
      ctx.strokeStyle = tint(colour, 0.6);
      ctx.stroke();
    }
  },

  /** Stripes that stand still on the ground: each side's lean its own way, so that they differ without colour too. */
  hatching(colour, slant, view) {
    const tile = document.createElement("canvas"), { ratio } = view, size = Math.round(HATCH * ratio);
    tile.width = tile.height = size;
    const ctx = tile.getContext("2d");
    ctx.strokeStyle = tint(colour, 0.38);
    ctx.lineWidth = 1.1 * ratio;
    ctx.beginPath();
    for (const shift of [-size, 0, size]) {
      if (slant !== 1) { ctx.moveTo(shift - 1, size + 1); ctx.lineTo(shift + size + 1, -1); }
      if (slant !== 0) { ctx.moveTo(shift - 1, -1); ctx.lineTo(shift + size + 1, size + 1); }
    }
    ctx.stroke();
    const pattern = this.ctx.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix([HATCH / size, 0, 0, HATCH / size, view.ox % HATCH, view.oy % HATCH]));
    return pattern;
  },

  /** Colour and lean of a side's stripes; what nobody holds for sure is crossed. */
  look(side) { return this.looks.get(side) || { colour: "#6b6f76", slant: 2 }; },

  /** Takes the sides' colours from the page. */
  recolour(config) {
    const sides = [...new Set(this.sources.flatMap(({ pictures }) => [...pictures.values()].flat().map((area) => area.side)))].filter(Boolean).sort();
    this.looks = new Map(sides.map((side, k) => {
      const { colour } = config.looks[side] || config.looks[""];
      return [side, { colour: config.theme.dark ? lighter(colour) : colour, slant: k % 2 }];
    }));
    this.sides = sides;
  },
});

/** Sources with their pictures, a picture a day; the undated picture comes first. */
function bySource(areas) {
  const sources = new Map();
  for (const area of areas) {
    if (!sources.has(area.source)) sources.set(area.source, { name: area.source, pictures: new Map() });
    const { pictures } = sources.get(area.source), day = area.day ?? -NEVER;
    if (!pictures.has(day)) pictures.set(day, []);
    pictures.get(day).push(area);
  }
  for (const source of sources.values()) source.days = [...source.pictures.keys()].sort((a, b) => a - b);
  return [...sources.values()];
}

/** A source's latest picture not after `day`. */
function latest(source, day) {
  const found = source.days.filter((one) => one <= day).pop();
  return found === undefined ? { day: null, areas: null } : { day: found, areas: source.pictures.get(found) };
}

function lastOf(areas) {
  return areas.reduce((last, { day }) => (day === null ? last : Math.max(last, day)), -NEVER);
}

/** Called by the page's own script: opens the areas and adds their layer. */
function startControl(map, id, meta) {
  map.controlled = (async () => {
    map.createPane("dl-control").style.zIndex = 300;
    map.getPane("dl-control").style.pointerEvents = "none";
    const bytes = await inflate(fromBase64(takeData(`${id}-shapes`)));
    return new ControlLayer(meta.areas, readShapes(bytes, meta.shapes), meta.cells);
  })();
}
