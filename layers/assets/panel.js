// The panel beside the map, or the sheet below it on a phone: search, tabs, card, timeline.

const MANY = 300000;

class Panel {
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.filters = new FilterPanel(app);
    this.list = new EventList(app);
    this.about = new About(app);
    this.timeline = new Timeline(app);
    this.total = el("p", { class: "dl-total", role: "status", "aria-live": "polite" });
    this.resetButton = el("button", { type: "button", class: "dl-reset", on: { click: () => { app.filter({}); this.filters.input.value = ""; } } }, icon("reset"), words.say("reset"));
    this.card = el("section", { class: "dl-detail", hidden: true, "aria-label": words.say("event"), tabindex: "-1", on: { keydown: (event) => { if (event.key === "Escape") this.close(); } } });
    this.build();
  }

  build() {
    const { app } = this, { words } = app, aside = document.getElementById("dl-panel");
    this.tabs = [["list", "list", this.list.element], ["filters", "filter", this.filters.element], ["about", "info", this.about.element]].map(([key, picture, body]) => this.tab(key, picture, body));
    this.strip = el("div", { class: "dl-tabs", role: "tablist", "aria-label": words.say("panels"), on: { keydown: (event) => this.arrow(event) } }, this.tabs.map((tab) => tab.button));
    aside.append(
      el("div", { class: "dl-bar" }, this.filters.searchBox(), this.shareButton()),
      el("div", { class: "dl-summary-line" }, this.total, this.resetButton),
      app.key.element,
      this.strip,
      el("div", { class: "dl-bodies" }, this.tabs.map((tab) => tab.body), this.card));
    if (this.timeline.element) document.getElementById("dl-time").append(this.timeline.element);
    this.choose(0, false);
  }

  shareButton() {
    const { words } = this.app;
    return el("button", { type: "button", class: "dl-round", "aria-label": words.say("share"), title: words.say("share"), on: { click: () => this.app.share.open() } }, icon("share"));
  }

  tab(key, picture, content) {
    const { words } = this.app;
    const button = el("button", { type: "button", role: "tab", id: `dl-tab-${key}`, "aria-controls": `dl-body-${key}`, "aria-selected": "false", tabindex: "-1" }, icon(picture), el("span", {}, words.say(`tab_${key}`)));
    const body = el("div", { role: "tabpanel", id: `dl-body-${key}`, "aria-labelledby": `dl-tab-${key}`, class: `dl-body dl-body-${key}`, hidden: true }, content);
    button.addEventListener("click", () => this.press(this.tabs.findIndex((tab) => tab.button === button)));
    return { key, button, body };
  }

  /** On a phone, pressing the open tab again lowers the sheet. */
  press(at) {
    const sheet = document.getElementById("dl-panel");
    const open = sheet.classList.contains("dl-open");
    if (open && this.current === at && this.card.hidden) this.raise(false);
    else { this.raise(true); this.close(); }
    this.choose(at, true);
  }

  /** Raises or lowers the sheet; only phones show the difference. */
  raise(up) {
    document.getElementById("dl-panel").classList.toggle("dl-open", up);
    this.app.root.classList.toggle("dl-raised", up || !this.card.hidden);
  }

  choose(at, focus) {
    this.current = at;
    this.tabs.forEach(({ button, body }, k) => {
      button.setAttribute("aria-selected", String(k === at));
      button.tabIndex = k === at ? 0 : -1;
      body.hidden = k !== at;
    });
    if (focus) this.tabs[at].button.focus();
    this.filters.update();
    this.list.render();
  }

  arrow(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const turn = document.documentElement.dir === "rtl" ? -step : step;
    this.choose((this.current + turn + this.tabs.length) % this.tabs.length, true);
  }

  showCard(content, focus = false) {
    const { words } = this.app;
    this.before = this.before || document.activeElement;
    const back = el("button", { type: "button", class: "dl-back", on: { click: () => this.close() } }, icon("back"), words.say("back"));
    this.backButton = back;
    this.card.replaceChildren(back, content);
    this.card.hidden = false;
    for (const { body } of this.tabs) body.inert = true;
    this.card.scrollTop = 0;
    document.getElementById("dl-panel").classList.add("dl-has-card");
    this.app.root.classList.add("dl-raised");
    if (focus) this.card.focus();
  }

  /** Makes "back" return to a list of events rather than to the panel. */
  backTo(show) {
    const again = this.backButton.cloneNode(true);
    again.addEventListener("click", () => { this.app.layer.selected = -1; this.app.layer.schedule(); show(); });
    this.backButton.replaceWith(again);
  }

  close() {
    const was = this.before;
    this.app.layer.fan = null;
    this.app.select(-1);
    if (was && was.isConnected && was !== document.body) was.focus();
  }

  closeCard() {
    this.before = null;
    if (this.card.hidden) return;
    this.card.hidden = true;
    for (const { body } of this.tabs) body.inert = false;
    this.card.replaceChildren();
    const sheet = document.getElementById("dl-panel");
    sheet.classList.remove("dl-has-card");
    this.app.root.classList.toggle("dl-raised", sheet.classList.contains("dl-open"));
    this.list.render();
  }

  /** What can wait until the filter stands still. */
  updateRest() {
    if (this.app.store.n >= MANY) this.filters.update();
    this.list.update();
  }

  update() {
    const { filters, words, store } = this.app;
    this.total.textContent = filters.isActive() ? words.say("shown_of", { shown: words.number(filters.shown), all: words.number(store.n) }) : words.count("events", store.n);
    this.resetButton.hidden = !filters.isActive();
    this.timeline.update();
    if (store.n < MANY) this.filters.update();
    const active = FACETS.reduce((sum, name) => sum + filters.chosen[name].length, 0);
    this.tabs[1].button.classList.toggle("dl-on", active > 0);
  }
}
