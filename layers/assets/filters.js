// All filters together: one byte an event tells which of them it fails.

const DATE_BIT = 1, TEXT_BIT = 64, DAY_MS = 86400000;

/** Days since 1970-01-01 of an ISO date; null if it is none. */
function dayOf(text) {
  const match = /^(\d{4,6})-(\d{2})-(\d{2})/.exec(text || "");
  if (!match) return null;
  const time = Date.UTC(+match[1], +match[2] - 1, +match[3]);
  return Number.isNaN(time) ? null : Math.floor(time / DAY_MS);
}

/** ISO date of a day number. */
function isoOf(day) {
  const date = new Date(day * DAY_MS);
  return `${String(date.getUTCFullYear()).padStart(4, "0")}-${String(date.getUTCMonth() + 1).padStart(2, "0")}-${String(date.getUTCDate()).padStart(2, "0")}`;
}

/** A filter's value as a list of words: a word, a list or nothing may be given. */
function wordList(value) {
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

class Filters {
  constructor(store, search) {
    this.store = store;
    this.search = search;
    this.fails = new Uint8Array(store.n);
    this.version = 0;
    this.set({});
  }

  /** Replaces the whole filter; returns the number of events shown. */
  set(spec) {
    const { store } = this;
    const from = dayOf(spec.from), to = dayOf(spec.to);
    this.from = from !== null && to !== null && from > to ? to : from;
    this.to = from !== null && to !== null && from > to ? from : to;
    this.q = String(spec.q || "").trim();
    this.chosen = {};
    this.passes = {};
    FACETS.forEach((name) => {
      const chosen = [...new Set(wordList(spec[name]))];
      this.chosen[name] = chosen;
      this.passes[name] = chosen.length ? this.passTable(store.facets[name], chosen) : null;
    });
    this.hits = this.q ? this.search.query(this.q) : null;
    this.run();
    this.version++;
    this.cache = {};
    return this.shown;
  }

  /** For each combination of a facet, whether one of the chosen members is in it. */
  passTable(facet, chosen) {
    const wanted = new Set(chosen);
    const member = facet.members.map((name, k) => wanted.has(name) || (facet.name === "units" && this.unitIs(k, wanted)));
    return Uint8Array.from(facet.sets, (set) => (set.some((k) => member[k]) ? 1 : 0));
  }

  unitIs(k, wanted) {
    const unit = this.store.units[k];
    return (unit.name !== "" && wanted.has(unit.name)) || (unit.id !== "" && wanted.has(unit.id));
  }

  run() {
    const { store, fails, hits } = this;
    const { n, start, end } = store;
    if (this.from === null && this.to === null) fails.fill(0);
    else {
      const from = this.from ?? -NEVER, to = this.to ?? NEVER - 1;
      for (let i = 0; i < n; i++) fails[i] = end[i] < from || start[i] > to ? DATE_BIT : 0;
    }
    FACETS.forEach((name, bit) => {
      const pass = this.passes[name];
      if (!pass) return;
      const { codes } = store.facets[name], mark = 2 << bit;
      for (let i = 0; i < n; i++) if (!pass[codes[i]]) fails[i] |= mark;
    });
    if (hits) for (let i = 0; i < n; i++) if (!hits[i]) fails[i] |= TEXT_BIT;
    let shown = 0;
    for (let i = 0; i < n; i++) if (!fails[i]) shown++;
    this.shown = shown;
  }

  isActive() {
    return this.from !== null || this.to !== null || this.q !== "" || FACETS.some((name) => this.chosen[name].length);
  }

  /** For each member of facet `name`, the events it would show under all other filters. */
  counts(name) {
    return this.keep(`counts:${name}`, () => {
      const facet = this.store.facets[name], { codes, sets, members } = facet, { fails } = this;
      const others = 0xff ^ (2 << FACETS.indexOf(name));
      const bySet = new Uint32Array(sets.length);
      for (let i = 0; i < fails.length; i++) if (!(fails[i] & others)) bySet[codes[i]]++;
      const counts = new Uint32Array(members.length);
      sets.forEach((set, s) => { if (bySet[s]) for (const k of set) counts[k] += bySet[s]; });
      return counts;
    });
  }

  /** Events that start in each bin of days: shown by all other filters, and shown now. */
  histogram(firstDay, daysPerBin, bins) {
    return this.keep(`days:${firstDay}:${daysPerBin}:${bins}`, () => {
      const { fails } = this, { start, n } = this.store;
      const others = new Uint32Array(bins), now = new Uint32Array(bins);
      for (let i = 0; i < n; i++) {
        if (fails[i] & ~DATE_BIT || start[i] === NEVER) continue;
        const bin = Math.floor((start[i] - firstDay) / daysPerBin);
        if (bin < 0 || bin >= bins) continue;
        others[bin]++;
        if (!fails[i]) now[bin]++;
      }
      return { others, now };
    });
  }

  /** Numbers of the events shown, newest first, those without a date last. */
  listed() {
    return this.keep("listed", () => {
      const { fails } = this, { start, n } = this.store;
      const out = new Uint32Array(this.shown);
      let dated = n, at = 0;
      while (dated && start[dated - 1] === NEVER) dated--;
      for (let i = dated - 1; i >= 0; i--) if (!fails[i]) out[at++] = i;
      for (let i = dated; i < n; i++) if (!fails[i]) out[at++] = i;
      return out;
    });
  }

  /** How many of the events shown lack a place, and how many events a date filter hides for want of a date. */
  missing() {
    return this.keep("missing", () => {
      const { fails } = this, { flags, n } = this.store;
      let unlocated = 0, undated = 0;
      for (let i = 0; i < n; i++) {
        if (!fails[i] && !(flags[i] & LOCATED)) unlocated++;
        if (!(fails[i] & ~DATE_BIT) && !(flags[i] & DATED)) undated++;
      }
      return { unlocated, undated };
    });
  }

  keep(key, make) {
    if (!(key in this.cache)) this.cache[key] = make();
    return this.cache[key];
  }

  /** The filter as plain data: only what is set. */
  state() {
    const state = {};
    if (this.from !== null) state.from = isoOf(this.from);
    if (this.to !== null) state.to = isoOf(this.to);
    for (const name of FACETS) if (this.chosen[name].length) state[name] = [...this.chosen[name]];
    if (this.q) state.q = this.q;
    return state;
  }
}
