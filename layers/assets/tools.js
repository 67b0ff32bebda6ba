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

  layersMenu() {
    const close = (event) => { if (event.key === "Escape") { this.toggle(); this.layersButton.focus(); } };
    return el("div", { class: "dl-menu", hidden: true, role: "group", "aria-label": this.words.say("layers"), on: { keydown: close } }, this.app.layers.all.map(({ row }) => row));
  }

  credit() {
    const { app, words } = this, lines = app.config.attribution;
    const open = () => { app.panel.press(2); };
    return el("div", { class: "dl-credit" }, said("span", lines.map((line) => line.replace(/^[^:：]*[:：]\s*/, "").replace(/ \(.*\)$/, "")).join(" · ")),
      " ", el("button", { type: "button", on: { click: open } }, words.say("credits")));
  }
}
