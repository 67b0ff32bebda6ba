// Inside someone else's page: tell our height as Datawrapper's and pym.js's embeds do, and leave scrolling to the article.

class Embed {
  constructor(app) {
    this.app = app;
    this.framed = window.parent !== window;
    if (!this.framed) return;
    document.documentElement.classList.add("dl-framed");
    this.pym = new URLSearchParams(location.search).get("childId");
    const tell = debounced(() => this.tell(), 60);
    new ResizeObserver(tell).observe(document.documentElement);
    window.addEventListener("load", tell);
    this.gestures();
    tell();
  }

  /** The height that suits a width: what a host should give us. */
  height() {
    const width = document.documentElement.clientWidth;
    return width < 600 ? Math.min(720, Math.max(540, Math.round(width * 1.55))) : Math.min(760, Math.max(560, Math.round(width * 0.62)));
  }

  tell() {
    const height = this.height();
    if (height === this.told) return;
    this.told = height;
    const id = this.app.config.id;
    window.parent.postMessage({ "datawrapper-height": { [id]: height } }, "*");
    window.parent.postMessage(`pymxPYMx${this.pym || id}xPYMxheightxPYMx${height}`, "*");
    window.parent.postMessage({ type: "dateline:height", id, height }, "*");
  }

  /** A wheel scrolls the article unless ctrl is held; one finger scrolls it, two move the map. */
  gestures() {
    const { map, words } = this.app, box = map.getContainer();
    map.scrollWheelZoom.disable();
    box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) { this.hint(words.say(/Mac/.test(navigator.platform) ? "hold_command" : "hold_ctrl")); return; }
      event.preventDefault();
      const step = event.deltaY > 0 ? -0.5 : 0.5;
      map.setZoomAround(map.mouseEventToContainerPoint(event), map.getZoom() + step, { animate: false });
    }, { passive: false });
    if (!L.Browser.mobile) return;
    map.dragging.disable();
    box.classList.add("dl-two-fingers");
    box.addEventListener("touchmove", (event) => { if (event.touches.length === 1) this.hint(words.say("two_fingers")); }, { passive: true });
  }

  hint(text) {
    if (!this.note) {
      this.note = el("div", { class: "dl-hint", "aria-hidden": "true" });
      this.app.map.getContainer().append(this.note);
    }
    this.note.textContent = text;
    this.note.classList.add("dl-shown");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.note.classList.remove("dl-shown"), 1100);
  }
}
