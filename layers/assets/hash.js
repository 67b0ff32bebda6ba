// The whole state in the address: filters, view, selected event. Reading it again reopens the same view.

/** The state as the part of an address after "#". */
function toHash(state) {
  const parts = new URLSearchParams();
  for (const name of ["from", "to", "q", "event", "map", "layers"]) if (state[name]) parts.set(name, state[name]);
  for (const name of FACETS) for (const value of state[name] || []) parts.append(name, value);
  return parts.toString();
}

/** The state that an address holds. */
function fromHash(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const state = {};
  for (const name of ["from", "to", "q", "event", "map", "layers"]) if (parts.get(name)) state[name] = parts.get(name);
  for (const name of FACETS) if (parts.has(name)) state[name] = parts.getAll(name);
  return state;
}

/** The centre and zoom of a "zoom/latitude/longitude" text, null if it is none. */
function readView(text) {
  const [zoom, lat, lng] = (text || "").split("/").map(Number);
  return [zoom, lat, lng].every(Number.isFinite) && Math.abs(lat) <= 90 ? { zoom, lat, lng } : null;
}

function writeView(map) {
  const centre = map.getCenter();
  return `${Math.round(map.getZoom() * 100) / 100}/${centre.lat.toFixed(4)}/${centre.lng.toFixed(4)}`;
}

class HashKeeper {
  constructor(app) {
    this.app = app;
    this.moved = false;
    this.write = debounced(() => this.writeNow(), 200);
    // moved by a reader: by hand, by wheel or by key, not by a change of the window
    const byHand = () => { this.moved = true; };
    app.map.on("dragstart", byHand);
    app.map.on("zoomstart", () => { if (this.armed && !this.settling) this.moved = true; });
    app.map.on("moveend", this.write);
    window.addEventListener("hashchange", () => { if (location.hash.slice(1) !== this.written) this.read(); });
  }

  /** Takes over what the address says; tells whether it says where to look. */
  read() {
    const state = fromHash(location.hash), { app } = this, view = readView(state.map);
    const { q, ...others } = state;
    app.filter(q && !app.search.done ? others : state, { keepHash: true });
    if (q && !app.search.done) this.waiting = app.search.ready().then(() => app.filter({ ...app.filters.state(), q }, { keepHash: true }));
    if (view) app.map.setView([view.lat, view.lng], view.zoom, { animate: false });
    app.layers.restore((state.layers || "").split("|").filter(Boolean));
    const i = state.event ? app.store.find(state.event) : -1;
    if (i >= 0) app.select(i, { from: "hash" });
    return Boolean(view) || i >= 0;
  }

  /** The address of this view. */
  current() {
    const { app } = this, state = app.filters.state();
    if (this.moved) state.map = writeView(app.map);
    if (app.layer.selected >= 0) state.event = app.store.text(app.layer.selected, "id");
    state.layers = app.layers.changed().join("|");
    return toHash(state);
  }

  writeNow() {
    if (this.waiting && !this.app.search.done) return; // what the address says is not all done yet
    const hash = this.current();
    if (hash === location.hash.slice(1)) return;
    this.written = hash;
    try { history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search); } catch { /* frames without an address of their own */ }
  }
}

function debounced(task, delay) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(task, delay); };
}
