// The list of the events shown, in step with the map. Only the rows in sight are made.

const ROW = 42, LINE = 19.6, SAMPLE = 200, LETTERS = 38;

class EventList {
  constructor(app) {
    Object.assign(this, { app, store: app.store, words: app.words });
    this.inner = el("div", { class: "dl-rows", role: "presentation" });
    this.box = el("div", {
      class: "dl-list", role: "listbox", tabindex: "0", "aria-label": this.words.say("list"),
      on: { scroll: () => this.render(), keydown: (event) => this.key(event) },
    }, this.inner);
    this.note = el("p", { class: "dl-note", hidden: true });
    this.element = el("div", { class: "dl-listing" }, this.note, this.box);
    this.active = 0;
    this.measure();
    this.rows = new Uint32Array(0);
    new ResizeObserver(() => this.render()).observe(this.box);
  }

  /** One height for all rows, by what a sample of the events needs: one line of a title or two, figures or none. */
  measure() {
    const { store, app } = this, size = Math.min(SAMPLE, store.n, store.meta.block);
    const sample = Array.from({ length: size }, (_, k) => k);
    const lines = sample.some((i) => store.text(i, "title").length > LETTERS) ? 2 : 1;
    const more = sample.some((i) => app.cards.facts(i)) ? 1 : 0;
    this.rowHeight = Math.round(ROW + LINE * (lines + more));
    this.box.style.setProperty("--row", `${this.rowHeight}px`);
    this.box.style.setProperty("--lines", String(lines));
  }

  update() {
    this.rows = this.app.filters.listed();
    const { selected } = this.app.layer;
    this.active = selected < 0 ? 0 : Math.max(0, this.rows.indexOf(selected));
    this.box.scrollTop = 0;
    this.inner.style.height = `${Math.min(this.rows.length * this.rowHeight, 8e6)}px`;
    this.tell();
    this.render();
  }

  /** Says how many events the map cannot show, and why. */
  tell() {
    const { words } = this, { unlocated, undated } = this.app.filters.missing(), { filters } = this.app;
    const parts = [];
    if (!this.rows.length) parts.push(words.say(this.store.n ? "none_found" : "no_events"));
    if (unlocated) parts.push(words.count("without_place", unlocated));
    if (undated) parts.push(words.count("without_date", undated) + (filters.from !== null || filters.to !== null ? ` (${words.say("hidden_by_dates")})` : ""));
    this.note.textContent = parts.join(" · ");
    this.note.hidden = !parts.length;
  }

  render() {
    const height = this.box.clientHeight;
    if (!height || this.onPaper) return;
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.rowHeight) - 3);
    const last = Math.min(this.rows.length, Math.ceil((this.box.scrollTop + height) / this.rowHeight) + 3);
    const nodes = [];
    for (let at = first; at < last; at++) nodes.push(this.row(at));
    this.inner.replaceChildren(...nodes);
    const current = this.rows.length ? `dl-row-${this.active}` : null;
    if (current && this.active >= first && this.active < last) this.box.setAttribute("aria-activedescendant", current);
    else this.box.removeAttribute("aria-activedescendant");
  }

  /** Makes the first `most` rows and leaves them so, for paper; 0 returns to the screen. */
  renderAll(most) {
    this.onPaper = most > 0;
    if (!most) { this.render(); return; }
    const shown = Math.min(most, this.rows.length), more = this.rows.length - shown;
    const rest = more ? [el("p", { class: "dl-note" }, this.words.say("and_more", { n: this.words.number(more) }))] : [];
    this.inner.replaceChildren(...Array.from({ length: shown }, (_, at) => this.row(at)), ...rest);
  }

  row(at) {
    const i = this.rows[at], { layer } = this.app;
    const node = el("div", {
      id: `dl-row-${at}`, class: "dl-row", role: "option", "aria-selected": i === layer.selected ? "true" : "false",
      "aria-setsize": String(this.rows.length), "aria-posinset": String(at + 1),
      on: {
        click: () => { this.active = at; this.app.select(i, { from: "list" }); },
        pointerenter: () => this.app.hover(i),
        pointerleave: () => this.app.hover(-1),
      },
    }, this.app.cards.line(i), this.store.isLocated(i) ? null : el("span", { class: "dl-nowhere" }, this.words.say("no_place")));
    node.style.top = `${at * this.rowHeight}px`;
    if (at === this.active) node.classList.add("dl-active");
    return node;
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.rowHeight) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      event.preventDefault();
      this.go(this.active + steps[event.key]);
    } else if ((event.key === "Enter" || event.key === " ") && this.rows.length) {
      event.preventDefault();
      this.app.select(this.rows[this.active], { from: "list", focus: true });
    }
  }

  go(at) {
    this.active = Math.max(0, Math.min(this.rows.length - 1, at));
    const top = this.active * this.rowHeight, { box } = this;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + this.rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + this.rowHeight - box.clientHeight;
    this.render();
    if (this.rows.length) this.app.hover(this.rows[this.active]);
  }

  /** Brings event `i` into sight. */
  show(i) {
    const at = this.rows.indexOf(i);
    if (at < 0) return;
    this.active = at;
    const top = at * this.rowHeight, { box } = this;
    if (box.clientHeight && (top < box.scrollTop || top + this.rowHeight > box.scrollTop + box.clientHeight)) box.scrollTop = top - box.clientHeight / 2 + this.rowHeight / 2;
    this.render();
  }
}
