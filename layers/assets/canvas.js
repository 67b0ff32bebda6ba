// A canvas that stays with the map: the base of every layer that we draw.

const CanvasLayer = L.Layer.extend({
  options: { pane: "overlayPane", padding: 0, live: true },

  initialize(options) {
    L.setOptions(this, options);
    this.frame = 0;
  },

  onAdd() {
    this.canvas = L.DomUtil.create("canvas", "dl-canvas leaflet-zoom-animated", this.getPane());
    this.canvas.setAttribute("aria-hidden", "true");
    this.ctx = this.canvas.getContext("2d");
    this.draw();
  },

  onRemove() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.canvas.remove();
  },

  getEvents() {
    const events = { viewreset: this.schedule, moveend: this.schedule, resize: this.schedule, zoomanim: this.follow };
    events.move = this.options.live ? this.schedule : this.refill;
    return events;
  },

  /** Draws anew when a drag has used up the margin. */
  refill() {
    if (this._map._animatingZoom || !this.corner) return;
    const moved = this._map.latLngToContainerPoint(this.corner), pad = this._map.getSize().multiplyBy(this.options.padding);
    if (Math.abs(moved.x + pad.x) > pad.x || Math.abs(moved.y + pad.y) > pad.y) this.schedule();
  },

  /** Draws in the next frame, once. */
  schedule() {
    if (this.frame || !this._map) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (this._map && !this._map._animatingZoom) this.draw();
    });
  },

  /** Moves the drawn picture along with a zoom's animation. */
  follow(event) {
    const scale = this._map.getZoomScale(event.zoom, this.drawnZoom);
    const offset = this._map._latLngToNewLayerPoint(this.corner, event.zoom, event.center);
    L.DomUtil.setTransform(this.canvas, offset, scale);
  },

  /** Sizes and places the canvas; returns how cells become pixels of it. */
  prepare(meta) {
    const map = this._map, size = map.getSize(), ratio = Math.min(2, window.devicePixelRatio || 1);
    const pad = size.multiplyBy(this.options.padding).round();
    const width = size.x + 2 * pad.x, height = size.y + 2 * pad.y;
    const { canvas } = this;
    const w = Math.round(width * ratio), h = Math.round(height * ratio);
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const corner = map.containerPointToLayerPoint(pad.multiplyBy(-1));
    L.DomUtil.setTransform(canvas, corner, 1);
    this.corner = map.layerPointToLatLng(corner);
    this.drawnZoom = map.getZoom();
    const k = (256 * 2 ** this.drawnZoom) / meta.cells;
    const world = map.getPixelOrigin().add(corner);
    const view = { k, ox: meta.x0 * k - world.x, oy: meta.y0 * k - world.y, width, height, ratio, zoom: this.drawnZoom };
    view.box = [-view.ox / k, -view.oy / k, (width - view.ox) / k, (height - view.oy) / k];
    return view;
  },

  draw() {},
});
