// Legend, how to read the map, who made it, who drew the borders; sharing and downloads.

class About {
  constructor(app) {
    Object.assign(this, { app, store: app.store, words: app.words });
    this.element = el("div", { class: "dl-about" }, this.legend(), this.take(), this.origin());
  }

  legend() {
    const { words, store, app } = this;
    const sides = store.facets.sides.members.map((side) => el("li", {}, shapeIcon(app.config.looks[side] || app.config.looks[""], 14), words.side(side)));
    const look = app.config.looks[store.facets.sides.members[0]] || app.config.looks[""];
    const statuses = new Set(store.facets.status.members);
    const marks = [el("li", {}, shapeIcon(look, 14), words.say("legend_reported"))];
    if (statuses.has("claimed")) marks.push(el("li", {}, shapeIcon(look, 14, true), words.say("legend_claimed")));
    for (const status of ["disputed", "denied"]) if (statuses.has(status)) marks.push(el("li", {}, statusIcon(look, status), words.status(status)));
    const symbol = app.layer.symbols.source(app.config.symbols.findIndex(Boolean));
    if (symbol) marks.push(el("li", {}, el("img", { src: symbol, alt: "", class: "dl-symbol dl-symbol-small" }), words.say("legend_symbol")));
    marks.push(el("li", {}, el("span", { class: "dl-swatch dl-swatch-group" }, "5"), words.say("legend_group")));
    marks.push(el("li", {}, el("span", { class: "dl-swatch dl-swatch-area" }), words.say("legend_area")));
    return el("section", {}, el("h2", {}, words.say("legend")), el("ul", { class: "dl-legend" }, sides), el("ul", { class: "dl-legend" }, marks),
      store.n > MOST_MARKS ? el("p", {}, words.say("legend_dense")) : null, this.control());
  }

  /** Stripes and their holders, and what each source has, from when to when. */
  control() {
    const { words, app: { control } } = this;
    if (!control) return null;
    const held = [...control.sides, ...(control.sources.some(({ pictures }) => [...pictures.values()].flat().some(({ side }) => !side)) ? [""] : [])];
    return el("div", { class: "dl-legend-control" }, el("h2", {}, words.say("control")),
      el("ul", { class: "dl-legend" }, held.map((side) => el("li", {}, hatchIcon(control.look(side), 16), said("span", heldBy(words, side))))),
      control.sources.map(({ name, days }) => said("p", words.say("according_to", { who: name || words.say("not_stated") }) + (days.some((day) => day !== -NEVER) ? `: ${days.filter((day) => day !== -NEVER).slice(-6).map((day) => words.day(day)).join(" · ")}` : ""))),
      el("p", {}, words.say("control_note")));
  }

  take() {
    const { app, words } = this;
    const { config } = app;
    const name = () => (config.title || "dateline").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "dateline";
    const button = (key, run) => el("button", { type: "button", class: "dl-button", on: { click: run } }, words.say(key));
    return el("section", {}, el("h2", {}, words.say("download")), el("p", { class: "dl-soft" }, words.say("download_note")),
      el("p", { class: "dl-buttons" },
        button("download_csv", () => offerFile(`${name()}.csv`, "text/csv;charset=utf-8", asCsv(app, this.allowed()))),
        button("download_geojson", () => offerFile(`${name()}.geojson`, "application/geo+json", asGeoJson(app, this.allowed())))),
      this.withheld());
  }

  /** The events shown whose sources allow them to be handed on. */
  allowed() { return this.app.filters.listed().filter((i) => !this.store.isWithheld(i)); }

  /** How many events downloads leave out, whatever is filtered. */
  withheld() {
    const count = this.store.flags.reduce((sum, flags) => sum + (flags & WITHHELD ? 1 : 0), 0);
    return count ? el("p", { class: "dl-soft" }, this.words.count("download_withheld", count)) : null;
  }

  origin() {
    const { config } = this.app, { words } = this;
    const lines = [
      words.say("as_of", { time: words.moment(config.built) }),
      config.byline ? words.say("by", { who: config.byline }) : "",
      words.say("times_local"),
      ...config.attribution,
      config.remote.length ? words.say("asks_third_party", { hosts: config.remote.join(", ") }) : words.say("asks_nobody"),
    ];
    return el("section", { class: "dl-origin" }, el("h2", {}, words.say("about")), lines.filter(Boolean).map((line) => said("p", line)),
      config.contact ? el("p", {}, /^https?:/.test(config.contact) ? webLink(config.contact, words.say("report_error")) : said("span", `${words.say("report_error")}: ${config.contact}`)) : null);
  }
}

/** The dialog to share: a link to this view, and the code that embeds it. */
class Share {
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.link = el("input", { type: "text", readonly: "", "aria-label": words.say("link"), class: "dl-copy" });
    this.code = el("textarea", { rows: "4", readonly: "", "aria-label": words.say("embed_code"), class: "dl-copy" });
    this.said = el("p", { class: "dl-soft", role: "status" });
    this.dialog = el("dialog", { class: "dl-dialog", "aria-label": words.say("share") },
      el("form", { method: "dialog", class: "dl-dialog-head" }, el("h2", {}, words.say("share")), el("button", { class: "dl-round", "aria-label": words.say("close") }, icon("close"))),
      el("label", { class: "dl-label" }, words.say("link"), this.link), this.copyButton(this.link),
      el("label", { class: "dl-label" }, words.say("embed_code"), this.code), this.copyButton(this.code), this.said);
    document.body.append(this.dialog);
  }

  copyButton(field) {
    const { words } = this.app;
    return el("button", { type: "button", class: "dl-button", on: { click: async () => {
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      this.said.textContent = words.say("copied");
    } } }, words.say("copy"));
  }

  open() {
    const { app } = this, hash = app.hash.current();
    const address = (app.config.url || location.href.split("#")[0]) + (hash ? `#${hash}` : "");
    this.link.value = address;
    const quoted = address.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
    const title = app.config.title.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
    this.code.value = `<iframe src="${quoted}" title="${title}" width="100%" height="640" loading="lazy" allowfullscreen style="border:0"></iframe>`;
    this.said.textContent = "";
    this.dialog.showModal();
  }
}
