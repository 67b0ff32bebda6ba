// The page: joins events, filters, map, panel and timeline, and offers them to the article around it.

/** Zoom beyond which a click lists what lies under it rather than going closer. */
const CLOSEST = 13;

class App {
  constructor(map, store, config, control) {
    Object.assign(this, { map, store, config, control });
    this.root = document.getElementById("dl");
    this.words = new Words(config);
    config.short = (number) => this.words.short(number);
    config.when = (i) => this.words.when(store, i);
    config.theme = readTheme();
    config.font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";
    this.search = new Search(store);
    this.search.readable = (name, text) => (text && name !== "sources" && name !== "units" ? this.words.member(name, text) : text);
    this.filters = new Filters(store, this.search);
    this.layer = new EventLayer(store, this.filters, config);
    this.cards = new Cards(this);
    document.querySelector(".dl-built").textContent = this.words.moment(config.built);
    this.repaint = oncePerFrame(() => this.paint());
    this.settle = debounced(() => this.panel.updateRest(), 90);
  }

  start() {
    const { map } = this;
    map.createPane("dl-events").style.zIndex = 450;
    map.getPane("dl-events").style.pointerEvents = "none";
    if (this.control) {
      this.control.recolour(this.config);
      this.control.addTo(map);
    }
    this.layer.addTo(map);
    this.key = new MapKey(this);
    this.panel = new Panel(this);
    this.layers = new LayerSwitches(this);
    this.hash = new HashKeeper(this);
    this.share = new Share(this);
    this.tools = new MapTools(this);
    this.pointer();
    this.embed = new Embed(this);
    this.paper = new Paper(this);
    watchTheme(() => { this.config.theme = readTheme(); this.layer.recolour(); if (this.control) this.control.recolour(this.config); this.repaint(); map.fire("dl:theme"); });
    map.invalidateSize({ animate: false, pan: false });
    new ResizeObserver(() => this.resized()).observe(map.getContainer());
    this.hash.told = this.hash.read();
    if (!this.hash.told) this.fit();
    this.hash.armed = true;
    this.paint();
    idly(() => this.filters.rehearse());
  }

  /** Shows all events, clear of the panels. */
  fit(animate = false) {
    const { bounds } = this.config;
    this.hash.settling = true;
    if (!bounds) this.map.setView([30, 15], 2, { animate: false });
    else this.map.fitBounds(bounds, { padding: [36, 36], maxZoom: this.store.isOnePlace() ? 9.5 : 11, animate: animate && !this.calm() });
    this.hash.settling = this.hash.moved = false;
  }

  /** Keeps what is shown in the middle when the panel takes or gives room. */
  resized() {
    this.map.invalidateSize({ animate: false, pan: true });
    if (this.layer.selected >= 0 && this.store.isLocated(this.layer.selected)) this.bringIntoView(this.layer.selected);
    if (!this.hash.moved && !this.hash.told) this.fit();
  }

  /** Whether the reader asked for less motion. */
  calm() { return matchMedia("(prefers-reduced-motion: reduce)").matches; }

  /** Replaces the whole filter and returns the number of events shown. */
  filter(spec, { keepHash = false } = {}) {
    const shown = this.filters.set(spec || {});
    this.layer.fan = null;
    if (this.control) this.control.goTo(this.filters.to ?? NEVER);
    this.repaint();
    if (!keepHash && this.hash) this.hash.write();
    window.dispatchEvent(new CustomEvent("dateline:change", { detail: { shown, state: this.filters.state() } }));
    return shown;
  }

  /** Draws the map and the counts at once; the list follows when the filter stands still. */
  paint() {
    this.layer.draw();
    this.key.update();
    this.panel.update();
    this.settle();
  }

  /** Opens event `i`; -1 closes. */
  select(i, { from = "map", focus = false } = {}) {
    const { layer, store } = this;
    layer.selected = i;
    if (i >= 0 && from !== "map" && store.isLocated(i)) this.bringIntoView(i);
    layer.schedule();
    if (i < 0) this.panel.closeCard();
    else {
      this.panel.showCard(this.cards.event(i), focus);
      if (from !== "list") this.panel.list.show(i);
      else this.panel.list.render();
    }
    if (this.hash) this.hash.write();
  }

  bringIntoView(i) {
    if (!this.hash) return;
    const { map, store } = this, at = store.latLng(i);
    const inner = map.getBounds().pad(-0.12);
    if (inner.contains(at)) return;
    this.hash.moved = true;
    map.panTo(at, { animate: !this.calm() });
  }

  hover(i) {
    if (this.layer.hovered === i) return;
    this.layer.hovered = i;
    this.layer.schedule();
  }

  pointer() {
    const { map, layer } = this, box = map.getContainer();
    map.on("click", (event) => this.click(layer.pick(event.containerPoint)));
    let frame = 0;
    box.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse" || frame) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        const found = layer.pick(map.mouseEventToContainerPoint(event));
        box.style.cursor = found ? "pointer" : "";
        this.hover(found && found.events.length === 1 ? found.events[0] : -1);
      });
    });
    map.on("zoomstart", () => { layer.fan = null; });
  }

  click(found) {
    const { layer, map } = this;
    if (!found) { layer.fan = null; this.select(-1); return; }
    if (found.cell !== undefined) { this.openCell(found.cell); return; }
    if (found.events.length === 1) { this.select(found.events[0]); return; }
    const { group } = found;
    if (group && group.places > 1 && map.getZoom() < CLOSEST) { this.zoomTo(group); return; }
    if (group && group.places === 1 && group.events.length <= 20) {
      layer.fan = { x: group.x, y: group.y, events: group.events };
      layer.schedule();
    }
    this.several(found.events);
  }

  /** Goes closer to a cell of the density picture; lists its events where the map can go no closer. */
  openCell(cell) {
    const { layer, map, filters } = this, events = layer.density.eventsIn(cell, filters.fails);
    if (map.getZoom() < CLOSEST) this.zoomTo({ events });
    else this.several(events);
  }

  /** Lists events to choose from; going back returns to the list. */
  several(events) {
    this.layer.selected = -1;
    const show = () => this.panel.showCard(this.cards.several(events, (i) => { this.select(i); this.panel.backTo(show); }));
    show();
  }

  zoomTo(group) {
    const { store, map } = this, bounds = L.latLngBounds(group.events.map((i) => store.latLng(i)));
    const wanted = Math.min(map.getBoundsZoom(bounds, false, L.point(90, 90)), map.getZoom() + 4, CLOSEST);
    const zoom = Math.max(map.getZoom() + 1, wanted);
    map.setView(bounds.getCenter(), zoom, { animate: !this.calm() });
  }
}

/** Colours of the canvas, from the style sheet. */
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ink", "card", "halo", "faint", "accent", "land", "sea", "water", "coast", "border", "region", "label", "label-soft", "urban"];
  const theme = Object.fromEntries(names.map((name) => [name.replace("-", ""), style.getPropertyValue(`--${name}`).trim()]));
  return { ...theme, dark: matchMedia("(prefers-color-scheme: dark)").matches };
}

function watchTheme(changed) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
