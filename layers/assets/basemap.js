// Land, water and borders, on a canvas below everything.

const LAND = 0, LAKES = 1, RIVERS = 2, BORDERS = 3, REGIONS = 4;
const RIVER_ZOOM = [0, 2, 3, 4, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9];

const BasemapLayer = CanvasLayer.extend({
  options: { pane: "dl-base", padding: 0.2, live: false },

  initialize(levels, names) {
    CanvasLayer.prototype.initialize.call(this, {});
    this.levels = levels;
    this.names = names;
    this.theme = readTheme();
    this.shown = { borders: true, rivers: true };
  },

  onAdd(map) {
    CanvasLayer.prototype.onAdd.call(this, map);
    this.repaint = () => { this.theme = readTheme(); this.draw(); };
    map.on("dl:theme", this.repaint);
  },

  draw() {
    const { ctx } = this;
    const view = this.prepare({ cells: 1, x0: 0, y0: 0 }); // in turns of the world
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    ctx.clearRect(0, 0, view.width, view.height);
    ctx.lineJoin = ctx.lineCap = "round";
    const level = this.levels.find((one) => within(view.box, one.box) || one.world) || this.levels[this.levels.length - 1];
    for (const turn of level.world ? [-1, 0, 1] : [0]) {
      const moved = { ...view, k: view.k / level.cells, ox: view.ox + turn * view.k };
      moved.box = [-moved.ox / moved.k, -moved.oy / moved.k, (view.width - moved.ox) / moved.k, (view.height - moved.oy) / moved.k];
      this.level(level, moved);
    }
  },

  level(level, view) {
    const { ctx, theme } = this, { zoom } = view;
    const draw = (layer, fits, paint) => {
      const parts = level.layers[layer].filter((part) => boxesMeet(part.box, view.box) && fits(part));
      if (!parts.length) return;
      ctx.beginPath();
      for (const part of parts) tracePart(ctx, part, view);
      paint();
    };
    const all = () => true;
    const stroke = (colour, width, dash = []) => { ctx.setLineDash(dash); ctx.strokeStyle = colour; ctx.lineWidth = width; ctx.stroke(); };
    draw(LAND, all, () => { ctx.fillStyle = theme.land; ctx.fill("evenodd"); stroke(theme.coast, 0.8); });
    if (this.shown.rivers) {
      for (let rank = 0; rank < RIVER_ZOOM.length; rank++) {
        if (zoom < RIVER_ZOOM[rank]) continue;
        const width = Math.min(2.6, 0.7 + Math.max(0, zoom - RIVER_ZOOM[rank]) * 0.22);
        draw(RIVERS, (part) => part.tag === rank, () => stroke(theme.water, width));
      }
    }
    draw(LAKES, all, () => { ctx.fillStyle = theme.sea; ctx.fill("evenodd"); stroke(theme.coast, 0.6); });
    if (!this.shown.borders) return;
    if (zoom >= 5.2) draw(REGIONS, all, () => stroke(theme.region, zoom > 8 ? 1.1 : 0.8, [3, 3]));
    draw(BORDERS, (part) => part.tag === 0, () => { stroke(theme.land, zoom > 6 ? 4.5 : 3); stroke(theme.border, zoom > 6 ? 1.7 : 1); });
    draw(BORDERS, (part) => part.tag === 1, () => stroke(theme.border, zoom > 6 ? 1.5 : 0.9, [5, 4]));
  },
});

/** Whether box `a` lies in box `b`. */
function within(a, b) {
  return a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];
}

/** A latitude's row in turns of the world. */
function rowOf(lat) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Called by the page's own script: opens the basemap's data and adds its layer. */
function startBasemap(map, id, meta) {
  map.based = openBasemap(map, id, meta);
}

async function openBasemap(map, id, meta) {
  map.createPane("dl-base").style.zIndex = 150;
  map.getPane("dl-base").style.pointerEvents = "none";
  const data = await inflate(fromBase64(takeData(`${id}-data`)));
  const headLength = data[0] | (data[1] << 8) | (data[2] << 16) | (data[3] << 24);
  const { names } = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + headLength)));
  const reader = new PlaneReader(data, 4 + headLength), [parts, points] = meta.counts;
  const [owners, layers, tags, lengths] = [0, 1, 2, 3].map(() => reader.read(parts, 4));
  const x = reader.readDifferences(points), y = reader.readDifferences(points);
  const levels = meta.levels.map(({ box, cells }, k) => ({
    cells, world: k === meta.levels.length - 1, layers: [[], [], [], [], []],
    box: [(box[0] + 180) / 360, rowOf(box[3]), (box[2] + 180) / 360, rowOf(box[1])],
  }));
  for (let k = 0, at = 0; k < parts; k++) {
    const end = at + lengths[k], part = { kind: layers[k] <= LAKES ? RINGS : LINES, tag: tags[k], x: x.subarray(at, end), y: y.subarray(at, end) };
    part.box = boxOf(part.x, part.y);
    levels[owners[k]].layers[layers[k]].push(part);
    at = end;
  }
  map.basemap = new BasemapLayer(levels, names);
  if (map._loaded) map.basemap.addTo(map);
  else map.whenReady(() => map.basemap.addTo(map));
}
