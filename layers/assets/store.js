// The events: typed arrays, dictionaries, and texts that are opened when asked for.

const LOCATED = 1, DATED = 2, AREA = 4, GRAPHIC = 8, WITHHELD = 16;
const FACETS = ["sides", "units", "types", "status", "sources"];
const NEVER = 0x7fffffff;
const CASUALTY_FIELDS = ["min", "max", "kind", "who", "side", "claimed_by"];
const SOURCE_FIELDS = ["url", "publisher", "published", "title", "excerpt", "licence"];

/** Takes a cell of records apart into objects with the given fields. */
function records(cell, fields) {
  if (!cell) return [];
  return cell.split("\x1d").map((record) => {
    const values = record.split("\x1c");
    return Object.fromEntries(fields.map((name, i) => [name, values[i] || ""]));
  });
}

class Store {
  /** Opens the events whose data elements start with `id`. */
  static async open(id, meta) {
    const store = new Store();
    store.id = id;
    store.meta = meta;
    store.n = meta.n;
    const core = await inflate(fromBase64(takeData(`${id}-core`)));
    store.unpack(core);
    store.shapes = meta.shapes[0]
      ? readShapes(await inflate(fromBase64(takeData(`${id}-shapes`))), meta.shapes)
      : [];
    return store;
  }

  unpack(core) {
    const { n, meta } = this;
    const headLength = core[0] | (core[1] << 8) | (core[2] << 16) | (core[3] << 24);
    const head = JSON.parse(new TextDecoder().decode(core.subarray(4, 4 + headLength)));
    const reader = new PlaneReader(core, 4 + headLength);
    const columns = {};
    for (const [name, width, differences] of meta.layout) {
      columns[name] = differences ? reader.readDifferences(n) : reader.read(n, width);
    }
    this.x = columns.x;
    this.y = columns.y;
    this.shape = columns.shape;
    this.radius = columns.radius;
    this.flags = columns.flags;
    this.words = {};
    for (const [name, list] of Object.entries(head.words)) this.words[name] = { list, codes: columns[`word:${name}`] };
    this.facets = {};
    for (const name of FACETS) this.facets[name] = { ...head.facets[name], codes: columns[name], name };
    this.units = head.units.map(([name, side, sidc, id]) => ({ name, side, sidc, id }));
    this.undated = this.unlocated = 0;
    this.days(columns.start, columns.span);
    this.textColumns = new Map(meta.texts.map((name, i) => [name, i]));
    this.blocks = new Map();
    this.offsets = [0];
    for (const size of meta.blocks) this.offsets.push(this.offsets[this.offsets.length - 1] + size);
  }

  days(start, span) {
    const { n, flags } = this;
    const end = new Int32Array(n);
    let first = NEVER, last = -NEVER, longest = 0;
    for (let i = 0; i < n; i++) {
      if (!(flags[i] & LOCATED)) this.unlocated++;
      if (!(flags[i] & DATED)) { start[i] = NEVER; end[i] = -NEVER; this.undated++; continue; }
      end[i] = start[i] + span[i];
      if (span[i] > longest) longest = span[i];
      if (start[i] < first) first = start[i];
      if (end[i] > last) last = end[i];
    }
    this.start = start;
    this.end = end;
    this.longest = longest;
    this.firstDay = first;
    this.lastDay = last;
  }

  /** The texts of block `number`: a list a column. */
  block(number) {
    const held = this.blocks.get(number);
    if (held) return held;
    const node = document.getElementById(`${this.id}-texts`).firstChild;
    const from = this.offsets[number], to = this.offsets[number + 1];
    const start = Math.floor(from / 3), piece = node.substringData(start * 4, Math.ceil(to / 3) * 4 - start * 4);
    const bytes = fromBase64(piece.trim()).subarray(from - start * 3, to - start * 3);
    const columns = new TextDecoder().decode(inflateNow(bytes)).split("\x1e").map((column) => column.split("\x1f"));
    if (this.blocks.size > 24) this.blocks.delete(this.blocks.keys().next().value);
    this.blocks.set(number, columns);
    return columns;
  }

  /** One text of event `i`. */
  text(i, name) {
    const word = this.words[name];
    if (word) return word.list[word.codes[i]];
    const column = this.textColumns.get(name);
    if (column === undefined) return "";
    return this.block(Math.floor(i / this.meta.block))[column][i % this.meta.block] || "";
  }

  casualties(i) { return records(this.text(i, "casualties"), CASUALTY_FIELDS); }

  sources(i) { return records(this.text(i, "sources"), SOURCE_FIELDS); }

  /** The members of facet `name` that event `i` has, as indexes. */
  set(i, name) {
    const facet = this.facets[name];
    return facet.sets[facet.codes[i]];
  }

  /** The same as words; "not stated" is left away. */
  members(i, name) {
    const { members } = this.facets[name];
    return this.set(i, name).map((k) => members[k]).filter(Boolean);
  }

  isLocated(i) { return (this.flags[i] & LOCATED) !== 0; }
  isDated(i) { return (this.flags[i] & DATED) !== 0; }
  isArea(i) { return (this.flags[i] & AREA) !== 0; }
  isWithheld(i) { return (this.flags[i] & WITHHELD) !== 0; }
  isGraphic(i) { return (this.flags[i] & GRAPHIC) !== 0; }

  /** Whether all events stand at one place, which then wants its surroundings shown. */
  isOnePlace() {
    const first = this.flags.findIndex((flags) => flags & LOCATED), { x, y } = this;
    return !this.shapes.length && this.flags.every((flags, i) => !(flags & LOCATED) || (x[i] === x[first] && y[i] === y[first]));
  }

  latLng(i) {
    const { x0, y0, cells } = this.meta;
    return cellToLatLng(this.x[i] + x0, this.y[i] + y0, cells);
  }

  /** The event with the given identifier, -1 if there is none. */
  find(id) {
    for (let i = 0; i < this.n; i++) if (this.text(i, "id") === id) return i;
    return -1;
  }
}
