// Full-text search: an index of words, built when a reader turns to the search box or a filter asks for it.

const SEARCHED = ["title", "summary", "place", "id"];
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const PLAIN = /^[\x00-\x7f]*$/, PLAIN_WORD = /[a-z0-9]+/g;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Words as they are compared: small letters, no accents. */
function foldWords(text) {
  return foldAll([text.replaceAll("\x1f", " ")])[0];
}

/** The words of each text; all are folded at once, since that takes a third of the time. */
function foldAll(texts) {
  const whole = texts.join("\x1f"), ascii = PLAIN.test(whole);
  const plain = ascii ? whole.toLowerCase() : whole.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
  const word = ascii ? PLAIN_WORD : WORD, unspaced = !ascii && UNSPACED.test(plain);
  return plain.split("\x1f").map((text) => {
    const words = text.match(word) || [];
    return unspaced ? words.flatMap(pairsOf) : words;
  });
}

/** Scripts without spaces are searched by pairs of characters. */
function pairsOf(word) {
  if (!UNSPACED.test(word)) return [word];
  const letters = [...word];
  if (letters.length < 2) return letters;
  return letters.slice(1).map((letter, i) => letters[i] + letter);
}

class Search {
  constructor(store) {
    this.store = store;
    this.reset();
  }

  reset() {
    this.ids = new Map();
    this.lastSeen = new Int32Array(1024).fill(-1);
    this.stream = new Uint32Array(Math.max(1024, this.store.n * 12));
    this.owners = new Uint32Array(this.stream.length);
    this.length = 0;
    this.next = 0;
    this.done = false;
    this.promise = null;
  }

  /** Builds the index in idle time, a block at a time. */
  prepare() {
    if (this.done || this.waiting) return;
    this.waiting = true;
    idly(() => {
      this.waiting = false;
      this.step();
      if (!this.done) this.prepare();
    });
  }

  /** Resolves when the index is built; meanwhile the page stays at the reader's hand. */
  ready() {
    this.promise ||= new Promise((resolve) => {
      const go = () => {
        this.step();
        if (this.done) resolve();
        else setTimeout(go);
      };
      go();
    });
    return this.promise;
  }

  step() {
    if (this.done) return;
    const { store } = this, size = store.meta.block, first = this.next;
    this.next = Math.min(first + size, store.n);
    const block = first < store.n && store.meta.blocks.length ? store.block(Math.floor(first / size)) : [];
    for (const name of [...SEARCHED, "sources"]) {
      const column = store.textColumns.get(name);
      if (column === undefined) continue;
      const cells = block[column].slice(0, this.next - first), texts = name === "sources" ? cells.map(sourceText) : cells;
      foldAll(texts).forEach((words, row) => this.add(first + row, words));
    }
    if (this.next === store.n) this.finish();
  }

  add(i, words) {
    for (const word of words) {
      let id = this.ids.get(word);
      if (id === undefined) {
        id = this.ids.size;
        this.ids.set(word, id);
        if (id >= this.lastSeen.length) this.lastSeen = grown(this.lastSeen, -1);
      }
      if (this.lastSeen[id] === i) continue;
      this.lastSeen[id] = i;
      if (this.length === this.stream.length) {
        this.stream = grown(this.stream, 0);
        this.owners = grown(this.owners, 0);
      }
      this.stream[this.length] = id;
      this.owners[this.length++] = i;
    }
  }

  /** Turns the stream of (word, event) into lists of events a word, words in order. */
  finish() {
    const words = [...this.ids.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const rank = new Uint32Array(words.length);
    words.forEach((word, at) => { rank[this.ids.get(word)] = at; });
    const offsets = new Uint32Array(words.length + 1);
    for (let k = 0; k < this.length; k++) offsets[rank[this.stream[k]] + 1]++;
    for (let k = 0; k < words.length; k++) offsets[k + 1] += offsets[k];
    const fill = offsets.slice(), events = new Uint32Array(this.length);
    for (let k = 0; k < this.length; k++) events[fill[rank[this.stream[k]]]++] = this.owners[k];
    Object.assign(this, { words, offsets, events, done: true });
    this.ids = this.lastSeen = this.stream = this.owners = null;
  }

  /** For each event 1 if it has, for every word of the query, a word that starts with it. */
  query(text) {
    while (!this.done) this.step();
    const wanted = [...new Set(foldWords(text))].slice(0, 20);
    const { n } = this.store;
    const hits = new Uint8Array(n);
    wanted.forEach((word, round) => {
      const found = this.matches(word);
      for (let i = 0; i < n; i++) hits[i] = found[i] && hits[i] === round ? round + 1 : 0;
    });
    const all = wanted.length;
    for (let i = 0; i < n; i++) hits[i] = all && hits[i] === all ? 1 : 0;
    return hits;
  }

  matches(word) {
    const { store, words, offsets, events } = this;
    const found = new Uint8Array(store.n);
    let low = 0, high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle] < word) low = middle + 1;
      else high = middle;
    }
    let last = low;
    while (last < words.length && words[last].startsWith(word)) last++;
    for (let k = offsets[low]; k < offsets[last]; k++) found[events[k]] = 1;
    this.matchWords(word, found);
    return found;
  }

  /** Marks events whose dictionary words (units, sides, types, publishers, repeated texts) match. */
  matchWords(word, found) {
    const fits = (text) => Boolean(text) && foldWords(text).some((other) => other.startsWith(word));
    for (const name of SEARCHED) {
      const held = this.store.words[name];
      if (held) markCodes(held.codes, held.list.map(fits), found);
    }
    for (const name of FACETS) {
      const { codes, sets, members } = this.store.facets[name];
      const member = members.map((text) => fits(text) || fits(this.readable(name, text)));
      if (member.some(Boolean)) markCodes(codes, sets.map((set) => set.some((k) => member[k])), found);
    }
  }

  /** What readers call a member; the page sets it. */
  readable(name, text) { return text; }
}

/** What a cell of sources says of reports: their titles and excerpts. */
function sourceText(cell) {
  return records(cell, SOURCE_FIELDS).map(({ title, excerpt }) => `${title} ${excerpt}`).join(" ");
}

function markCodes(codes, wanted, found) {
  if (!wanted.some(Boolean)) return;
  for (let i = 0; i < found.length; i++) if (wanted[codes[i]]) found[i] = 1;
}

/** A typed array twice as long, filled up with `value`. */
function grown(array, value) {
  const larger = new array.constructor(array.length * 2);
  larger.set(array);
  if (value) larger.fill(value, array.length);
  return larger;
}
