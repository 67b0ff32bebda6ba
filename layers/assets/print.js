// On paper: the map as it stands, scaled to the page, and the events as a plain list.

const PAPER = 690, MOST_PRINTED = 300;

class Paper {
  constructor(app) {
    this.app = app;
    window.addEventListener("beforeprint", () => this.prepare());
    window.addEventListener("afterprint", () => app.panel.list.renderAll(0));
  }

  prepare() {
    const { app } = this, box = app.map.getContainer(), { style } = document.documentElement;
    const scale = Math.min(1, PAPER / Math.max(1, box.clientWidth));
    for (const [name, value] of [["w", `${box.clientWidth}px`], ["h", `${box.clientHeight}px`], ["s", String(scale)], ["paper-h", `${Math.ceil(box.clientHeight * scale)}px`]]) style.setProperty(`--map-${name}`, value);
    app.panel.list.update();
    app.panel.list.renderAll(MOST_PRINTED);
  }
}
