// The key beside the map: the sides' marks, and who says who holds what, as of when.

const KEY_SIDES = 6;

class MapKey {
  constructor(app) {
    Object.assign(this, { app, words: app.words });
    this.body = el("ul", { class: "dl-key-list" });
    this.element = el("div", { class: "dl-key", role: "group", "aria-label": this.words.say("legend") }, this.body);
    this.shown = null;
  }

  /** Writes the key anew where it changes with what is shown. */
  update() {
    const { app } = this, dense = app.layer.dense === true;
    const pictures = app.control ? app.control.pictures() : [];
    const state = JSON.stringify([dense, pictures.map(({ source, day }) => [source, day]), app.config.theme.dark]);
    if (state === this.shown) return;
    this.shown = state;
    const rows = [...this.sides(), ...(dense ? [] : this.certainty()), ...this.control(pictures)];
    if (dense) rows.push(el("li", { class: "dl-key-note" }, this.words.say("key_dense")));
    this.body.replaceChildren(...rows);
    this.element.hidden = !rows.length;
  }

  sides() {
    const { app, words } = this, { members } = app.store.facets.sides;
    const rows = members.slice(0, KEY_SIDES).filter((side) => side || members.length > 1).map((side) =>
      el("li", {}, shapeIcon(app.config.looks[side] || app.config.looks[""], 12), said("span", words.side(side))));
    if (members.length > KEY_SIDES) rows.push(el("li", { class: "dl-key-note" }, words.say("and_more", { n: words.number(members.length - KEY_SIDES) })));
    return rows;
  }

  /** What a dashed mark and a tinted area mean, where there are any. */
  certainty() {
    const { app, words } = this, { store } = app, rows = [];
    if (store.facets.status.members.includes("claimed")) rows.push(el("li", {}, shapeIcon({ colour: "currentColor", shape: "circle" }, 12, true), said("span", words.say("legend_claimed"))));
    if (store.shapes.length || store.radius.some((radius) => radius > 0)) rows.push(el("li", {}, el("span", { class: "dl-swatch dl-swatch-area dl-swatch-small" }), said("span", words.say("legend_area"))));
    return rows;
  }

  control(pictures) {
    const { app, words } = this;
    const held = [...new Set(pictures.flatMap(({ areas }) => areas.map((area) => area.side)))].sort();
    return [
      ...held.map((side) => el("li", {}, hatchIcon(app.control.look(side)), said("span", heldBy(words, side)))),
      ...pictures.map((picture) => el("li", { class: "dl-key-note" }, said("span", controlSaid(words, picture)))),
    ];
  }
}

/** "Held by Ukraine"; contested where nobody is said to hold it. */
function heldBy(words, side) {
  return side ? words.say("control_held", { side: words.side(side) }) : words.say("control_unclear");
}

/** Who says so, as of when. */
function controlSaid(words, { source, day }) {
  const date = day === -NEVER ? words.say("no_date") : words.day(day);
  return words.say("control_as_of", { source: source || words.say("not_stated"), date });
}

/** A swatch of a side's stripes. */
function hatchIcon({ colour, slant }, size = 14) {
  const svg = shapeIcon({ colour: "none", shape: "square" }, size);
  const draw = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    svg.append(node);
  };
  svg.replaceChildren();
  draw("rect", { x: -1.5, y: -1.5, width: 3, height: 3, fill: tint(colour, 0.12), stroke: colour, "stroke-width": 0.22 });
  const lines = [slant === 1 ? "" : "M-1.5 0L0-1.5M-1.5 1.5L1.5-1.5M0 1.5L1.5 0", slant === 0 ? "" : "M-1.5 0L0 1.5M-1.5-1.5L1.5 1.5M0-1.5L1.5 0"];
  draw("path", { d: lines.join(""), fill: "none", stroke: colour, "stroke-width": 0.24 });
  return svg;
}
