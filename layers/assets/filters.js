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

/** The first event of `start`, which is sorted, that begins on or after `day`. */
function firstFrom(start, day) {
  let low = 0, high = start.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Marks the events that end before `day` among those up to `last`. */
function failEnds(fails, end, day, first, last) {
  for (let i = first; i < last; i++) if (end[i] < day) fails[i] = DATE_BIT;
}

function failSets(fails, codes, pass, mark, first, last) {
  for (let i = first; i < last; i++) if (pass[codes[i]] === 0) fails[i] |= mark;
}

function failHits(fails, hits, first, last) {
  for (let i = first; i < last; i++) if (hits[i] === 0) fails[i] |= TEXT_BIT;
}

function countPassing(fails, first, last) {
  let passing = 0;
  for (let i = first; i < last; i++) if (fails[i] === 0) passing++;
  return passing;
}

/** Events that fail nothing but the dates. */
function countDated(fails, first, last) {
  let found = 0;
  for (let i = first; i < last; i++) if (fails[i] === DATE_BIT) found++;
  return found;
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

  /** Looks at the events of the chosen dates only, which lie together; the others follow when they are counted. */
  run() {
    const { store, fails } = this, { start, end, n, longest } = store;
    let first = 0, last = n;
    fails.fill(0);
    if (this.from !== null || this.to !== null) {
      const from = this.from ?? -NEVER;
      first = firstFrom(start, from - longest);
      last = firstFrom(start, Math.min(NEVER, (this.to ?? NEVER - 1) + 1));
      fails.fill(DATE_BIT, 0, first).fill(DATE_BIT, last);
      failEnds(fails, end, from, first, Math.min(last, firstFrom(start, from)));
    }
    this.window = this.span = [first, last]; // no event outside passes
    this.judge(first, last);
    this.shown = countPassing(fails, first, last);
  }

  /** Marks what fails the filters other than the dates. */
  judge(first, last) {
    const { fails, store, hits } = this;
    FACETS.forEach((name, bit) => {
      if (this.passes[name]) failSets(fails, store.facets[name].codes, this.passes[name], 2 << bit, first, last);
    });
    if (hits) failHits(fails, hits, first, last);
  }

  /** Judges the events outside the chosen dates too. */
  complete() {
    if (!this.window) return;
    const [first, last] = this.window;
    this.window = null;
    this.judge(0, first);
    this.judge(last, this.store.n);
  }

  /** Filters once on a copy, so that the engine has compiled the loops when a reader first filters. */
  rehearse() {
    const copy = Object.assign(Object.create(Filters.prototype), this, { fails: new Uint8Array(this.store.n) });
    const { firstDay, lastDay, facets } = this.store;
    if (firstDay === NEVER) return;
    const spec = { from: isoOf(firstDay), to: isoOf(lastDay) };
    for (const name of FACETS) spec[name] = facets[name].members.slice(0, 1);
    for (let round = 0; round < 4; round++) {
      copy.set(spec);
      for (const name of FACETS) copy.counts(name);
    }
  }

  isActive() {
    return this.from !== null || this.to !== null || this.q !== "" || FACETS.some((name) => this.chosen[name].length);
  }

  /** For each member of facet `name`, the events it would show under all other filters. */
  counts(name) {
    return this.keep(`counts:${name}`, () => {
      this.complete();
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
      this.complete();
      const { start } = this.store, others = new Uint32Array(bins), now = new Uint32Array(bins);
      for (let bin = 0, first = firstFrom(start, firstDay); bin < bins; bin++) {
        const last = firstFrom(start, firstDay + (bin + 1) * daysPerBin); // events are in the order of their days
        now[bin] = countPassing(this.fails, first, last);
        others[bin] = now[bin] + countDated(this.fails, first, last);
        first = last;
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
      this.complete();
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
