// Buttons on the map: zoom, all events, layers; and the line that credits.

class MapTools {
  constructor(app) {
    Object.assign(this, { app, words: app.words });
    const { map } = app, box = document.querySelector(".dl-stage");
    L.control.scale({ imperial: false, position: document.documentElement.dir === "rtl" ? "topright" : "topleft", maxWidth: 110 }).addTo(map);
    const tool = (key, content, run) => el("button", { type: "button", class: "dl-tool", "aria-label": this.words.say(key), title: this.words.say(key), on: { click: run } }, content);
    this.layersButton = tool("layers", icon("layers"), () => this.toggle());
    this.layersButton.setAttribute("aria-expanded", "false");
    this.menu = this.layersMenu();
    box.append(
      el("div", { class: "dl-map-tools" },
        tool("zoom_in", icon("plus"), () => map.zoomIn(1)), tool("zoom_out", icon("minus"), () => map.zoomOut(1)),
        tool("fit", icon("fit"), () => app.fit(true)), this.layersButton, this.menu),
      this.credit());
  }

  toggle() {
    this.menu.hidden = !this.menu.hidden;
    this.layersButton.setAttribute("aria-expanded", String(!this.menu.hidden));
  }

  /** What can be shown and hidden: our layers, then those that the map's author added. */
  layersMenu() {
    const { app, words } = this, { layer, map } = app;
    const box = (label, checked, change) => {
      const input = el("input", { type: "checkbox", checked, on: { change: () => change(input.checked) } });
      return el("label", { class: "dl-option" }, input, said("span", label));
    };
    const ours = (key, name) => box(words.say(key), true, (on) => { layer[name] = on; layer.schedule(); });
    const base = (key, name) => box(words.say(key), true, (on) => { map.basemap.shown[name] = on; map.basemap.draw(); });
    const theirs = app.config.overlays.map(({ name, title, shown }) => box(title, shown, (on) => (on ? window[name].addTo(map) : window[name].remove())));
    return el("div", { class: "dl-menu", hidden: true, role: "group", "aria-label": words.say("layers"), on: { keydown: (event) => { if (event.key === "Escape") { this.toggle(); this.layersButton.focus(); } } } },
      ours("layer_points", "showPoints"), ours("layer_areas", "showAreas"), ours("layer_labels", "showLabels"),
      base("layer_borders", "borders"), base("layer_rivers", "rivers"), theirs);
  }

  credit() {
    const { app, words } = this, lines = app.config.attribution;
    const open = () => { app.panel.press(2); };
    return el("div", { class: "dl-credit" }, said("span", lines.map((line) => line.replace(/^[^:]*: /, "").replace(/ \(.*\)$/, "")).join(" · ")),
      " ", el("button", { type: "button", on: { click: open } }, words.say("credits")));
  }
}
