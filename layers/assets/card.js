// One event in full, and the list of events that share a mark.

class Cards {
  constructor(app) {
    Object.assign(this, { app, store: app.store, words: app.words });
  }

  /** An element with all that is known of event `i`. */
  event(i) {
    const { store, words } = this;
    const summary = afterTitle(store.text(i, "title"), store.text(i, "summary"));
    return el("article", { class: "dl-card" },
      el("p", { class: "dl-kicker" }, this.kicker(i)),
      said("h2", store.text(i, "title") || words.type(store.members(i, "types")[0])),
      el("p", { class: "dl-when" }, words.when(store, i)),
      this.where(i),
      this.status(i),
      this.casualties(i),
      summary ? this.unlessGraphic(i, said("p", summary, { class: "dl-summary" })) : null,
      this.units(i),
      this.sources(i),
    );
  }

  kicker(i) {
    const { store, words } = this;
    const sides = store.members(i, "sides").map((side) =>
      el("span", { class: "dl-side" }, shapeIcon(this.app.config.looks[side] || this.app.config.looks[""], 12), words.side(side)));
    const [type] = store.members(i, "types");
    return [...sides, type ? el("span", { class: "dl-type" }, words.type(type)) : null];
  }

  where(i) {
    const { store, words } = this, place = store.text(i, "place"), why = store.text(i, "explanation");
    const note = words.whereWords(store, i);
    return el("div", { class: "dl-where" },
      el("p", {}, place ? said("strong", place) : null, place ? " · " : null, el("span", { class: "dl-soft" }, note)),
      why ? el("details", {}, el("summary", {}, words.say("why_here")), said("p", why)) : null,
    );
  }

  status(i) {
    const [status] = this.store.members(i, "status");
    if (!status) return null;
    return el("p", { class: "dl-status" }, el("span", { class: `dl-badge dl-badge-${/^\w+$/.test(status) ? status : "other"}` }, this.words.status(status)));
  }

  units(i) {
    const { store, app } = this;
    const claimed = store.members(i, "status")[0] === "claimed";
    const items = store.set(i, "units").filter((k) => store.units[k].name).map((k) => {
      const source = app.layer.symbols.source(k, claimed);
      return el("li", {}, source ? el("img", { src: source, alt: "", class: "dl-symbol" }) : null, said("span", store.units[k].name));
    });
    return items.length ? el("ul", { class: "dl-units" }, items) : null;
  }

  casualties(i) {
    const { words } = this;
    const items = this.store.casualties(i).map((figure) => {
      const who = figure.who || (figure.side ? words.side(figure.side) : "");
      return el("li", {}, el("strong", {}, this.counted(figure)), who ? [" · ", said("span", who)] : null,
        figure.claimed_by ? [" — ", said("span", words.say("according_to", { who: figure.claimed_by }), { class: "dl-soft" })] : null);
    });
    return items.length ? el("ul", { class: "dl-casualties" }, items) : null;
  }

  /** "30–40 killed". */
  counted(figure) { return [this.figure(figure), this.words.say(`casualty:${figure.kind}`)].filter(Boolean).join(" "); }

  /** "30", "30–40", "at least 30", "up to 40". */
  figure({ min, max }) {
    const { words } = this;
    if (min && max) return min === max ? words.number(+min) : `${words.number(+min)}–${words.number(+max)}`;
    if (min) return words.say("at_least", { n: words.number(+min) });
    if (max) return words.say("at_most", { n: words.number(+max) });
    return words.say("number_unknown");
  }

  sources(i) {
    const { words } = this;
    const items = this.store.sources(i).map((source) => {
      const name = source.publisher || hostOf(source.url) || words.say("source");
      const day = dayOf(source.published);
      return el("li", {},
        webLink(source.url, source.title || name, { class: "dl-source" }),
        el("span", { class: "dl-soft" }, [source.title ? name : "", day === null ? "" : words.day(day), source.licence].filter(Boolean).map((part) => [" · ", said("span", part)]).flat()),
        source.excerpt ? this.unlessGraphic(i, said("blockquote", source.excerpt)) : null);
    });
    return items.length ? el("section", { class: "dl-sources" }, el("h3", {}, words.say("sources")), el("ul", {}, items)) : null;
  }

  /** What an event's report says; graphic material waits for a click. */
  unlessGraphic(i, content) {
    if (!this.store.isGraphic(i)) return content;
    return el("details", { class: "dl-graphic" }, el("summary", {}, this.words.say("graphic")), content);
  }

  /** A short line for an event, as lists show it. */
  line(i) {
    const { store, words, app } = this;
    const [side] = store.members(i, "sides");
    const look = app.config.looks[side] || app.config.looks[""];
    const hollow = ["claimed", "denied"].includes(store.members(i, "status")[0]);
    return [
      shapeIcon(look, 13, hollow),
      el("span", { class: "dl-line" },
        said("span", store.text(i, "title") || words.type(store.members(i, "types")[0]), { class: "dl-line-title" }),
        el("span", { class: "dl-line-more" }, words.when(store, i), store.text(i, "place") ? [" · ", said("span", store.text(i, "place"))] : null),
        this.facts(i)),
    ];
  }

  /** How certain an event is where it is not plainly so, and its first figure with who gives it. */
  facts(i) {
    const { store, words } = this, [status] = store.members(i, "status"), [figure] = store.casualties(i);
    const parts = status && status !== "confirmed" ? [el("span", { class: `dl-tag dl-tag-${/^\w+$/.test(status) ? status : "other"}` }, words.status(status))] : [];
    if (figure) parts.push(el("strong", {}, this.counted(figure)));
    if (figure && figure.claimed_by) parts.push(said("span", words.say("according_to", { who: figure.claimed_by })));
    return parts.length ? el("span", { class: "dl-line-facts" }, parts.map((part, k) => (k ? [" ", part] : [part])).flat()) : null;
  }

  /** The events under one mark, to choose from. */
  several(events, choose) {
    const { words } = this, shown = events.slice(0, 100);
    return el("div", { class: "dl-card" },
      el("h2", {}, words.count("events", events.length)),
      el("ul", { class: "dl-several" }, shown.map((i) => el("li", {}, el("button", { type: "button", on: { click: () => choose(i) } }, this.line(i))))),
      events.length > shown.length ? el("p", { class: "dl-soft" }, words.say("and_more", { n: words.number(events.length - shown.length) })) : null);
  }
}

/** What a summary says beyond the title with which it begins. */
function afterTitle(title, summary) {
  const head = title.replace(/\s*(…|\.{3})$/u, ""), cut = head !== title;
  if (!head || !summary.startsWith(head)) return summary === title ? "" : summary;
  const rest = summary.slice(head.length);
  if (/^[\p{L}\p{N}]/u.test(rest)) return summary;
  const more = rest.replace(/^[\s.!?]+/u, "");
  return more && cut ? `… ${more}` : more;
}

function hostOf(address) {
  try { return new URL(address).hostname.replace(/^www\./, ""); } catch { return ""; }
}
