// The filter panel: search, sides with their units, types, status, sources. Counts follow the other filters.

const FIRST_ROWS = 8, LONG_LIST = 20;

class FilterPanel {
  constructor(app) {
    Object.assign(this, { app, store: app.store, words: app.words });
    this.rows = [];
    this.open = new Set();
    this.element = el("div", { class: "dl-filters" },
      this.tree(),
      this.group("types", "types"),
      this.group("status", "status"),
      this.group("sources", "sources"));
  }

  /** The search box, which stands above all panels. */
  searchBox() {
    const { app, words } = this;
    const change = async () => {
      box.setAttribute("aria-busy", "true");
      if (this.input.value) await app.search.ready();
      box.removeAttribute("aria-busy");
      app.filter({ ...app.filters.state(), q: this.input.value });
    };
    let wait = 0;
    this.input = el("input", {
      type: "search", class: "dl-search", placeholder: words.say("search"), "aria-label": words.say("search"), autocomplete: "off", spellcheck: "false", dir: "auto",
      on: {
        focus: () => app.search.prepare(),
        input: () => { clearTimeout(wait); wait = setTimeout(change, 120); },
        keydown: (event) => { if (event.key === "Enter") { clearTimeout(wait); change(); } },
      },
    });
    const box = el("div", { class: "dl-searchbox", role: "search" }, icon("search"), this.input);
    return box;
  }

  group(name, key) {
    const facet = this.store.facets[name];
    const members = facet.members.map((member, k) => ({ member, k }));
    if (members.length < 2 && !(members.length === 1 && members[0].member)) return null;
    const list = el("ul", { class: "dl-options" }, members.map(({ member, k }) => this.row(name, member, k)));
    return this.fieldset(key, list, members.length);
  }

  fieldset(key, list, count) {
    const long = count > FIRST_ROWS;
    return el("fieldset", { class: "dl-group" }, el("legend", {}, this.words.say(key)), count > LONG_LIST ? this.finder(list) : null, list, long ? this.moreButton(list, count) : null);
  }

  /** A field that narrows a long list down to the rows that hold what is typed. */
  finder(list) {
    const narrow = (typed) => {
      const wanted = typed.trim().toLocaleLowerCase();
      list.classList.toggle("dl-found", wanted !== "");
      for (const row of list.children) row.hidden = wanted !== "" && !row.textContent.toLocaleLowerCase().includes(wanted);
    };
    const label = this.words.say("find_in_list");
    const input = el("input", { type: "search", class: "dl-find", placeholder: label, "aria-label": label, autocomplete: "off", spellcheck: "false", on: { input: () => narrow(input.value) } });
    return input;
  }

  moreButton(list, count) {
    list.classList.add("dl-short");
    const button = el("button", { type: "button", class: "dl-more", "aria-expanded": "false", on: { click: () => {
      const short = list.classList.toggle("dl-short");
      button.setAttribute("aria-expanded", String(!short));
      button.textContent = short ? this.words.say("show_all", { n: this.words.number(count) }) : this.words.say("show_fewer");
    } } }, this.words.say("show_all", { n: this.words.number(count) }));
    return button;
  }

  /** One checkbox with its label, mark and count. */
  row(name, member, k, picture = null) {
    const input = el("input", { type: "checkbox", on: { change: () => this.toggle(name, member, input.checked) } });
    const count = el("span", { class: "dl-count" });
    const text = this.words.member(name, member);
    const label = el("label", { class: "dl-option" }, input, picture, said("span", text, { class: "dl-option-text", title: text.length > 34 ? text : null }), count);
    this.rows.push({ name, member, k, input, count, label, shown: null });
    return el("li", {}, label);
  }

  /** Sides, each with its units below it. */
  tree() {
    const { store, app } = this, bySide = new Map();
    store.facets.units.members.forEach((label, k) => {
      if (!label) return;
      const { side } = store.units[k];
      if (!bySide.has(side)) bySide.set(side, []);
      bySide.get(side).push({ label, k });
    });
    const sides = [...store.facets.sides.members];
    for (const side of bySide.keys()) if (!sides.includes(side)) sides.push(side);
    if (sides.length === 1 && !sides[0] && !bySide.size) return null;
    const list = el("ul", { class: "dl-options dl-tree" }, sides.map((side) => this.branch(side, bySide.get(side) || [], app)));
    return el("fieldset", { class: "dl-group" }, el("legend", {}, this.words.say("sides")), list);
  }

  branch(side, units, app) {
    const look = app.config.looks[side] || app.config.looks[""];
    const k = this.store.facets.sides.members.indexOf(side);
    const head = k >= 0 ? this.row("sides", side, k, shapeIcon(look, 13)) : el("li", {}, el("span", { class: "dl-option" }, shapeIcon(look, 13), this.words.side(side)));
    if (!units.length) return head;
    const items = el("ul", { class: "dl-options dl-unit-list" }, units.map((unit) => {
      const source = app.layer.symbols.source(unit.k);
      return this.row("units", unit.label, unit.k, source ? el("img", { src: source, alt: "", class: "dl-symbol" }) : null);
    }));
    const folded = el("div", { class: "dl-folded", hidden: true },
      units.length > LONG_LIST ? this.finder(items) : null, items,
      units.length > FIRST_ROWS ? this.moreButton(items, units.length) : null);
    const button = el("button", { type: "button", class: "dl-expand", "aria-expanded": "false", on: { click: () => {
      folded.hidden = !folded.hidden;
      button.setAttribute("aria-expanded", String(!folded.hidden));
    } } }, this.words.count("units", units.length), icon("next"));
    head.append(button, folded);
    return head;
  }

  toggle(name, member, on) {
    const state = this.app.filters.state();
    const chosen = new Set(state[name] || []);
    if (on) chosen.add(member);
    else chosen.delete(member);
    this.app.filter({ ...state, [name]: [...chosen] });
  }

  /** Writes what has changed; the counts only where they are seen. */
  update() {
    const { words } = this, { filters: current } = this.app;
    if (this.input && document.activeElement !== this.input) this.input.value = current.q;
    if (!this.element.offsetParent) return;
    const chosen = Object.fromEntries(FACETS.map((name) => [name, new Set(current.chosen[name])]));
    for (const row of this.rows) {
      const count = current.counts(row.name)[row.k] || 0, checked = chosen[row.name].has(row.member);
      if (row.shown === count && row.input.checked === checked) continue;
      row.shown = count;
      row.input.checked = checked;
      row.count.textContent = words.number(count);
      row.label.classList.toggle("dl-none", count === 0 && !checked);
    }
  }
}
