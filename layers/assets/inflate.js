// A synchronous DEFLATE decoder (RFC 1951), for texts that are wanted at once: the browser's own can only be awaited.

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST_CODE = 15;

/** A lookup table of all 15-bit inputs: symbol << 4 | code length. */
function huffmanTable(lengths) {
  let longest = 0;
  const counts = new Uint16Array(LONGEST_CODE + 2);
  for (const length of lengths) {
    counts[length]++;
    if (length > longest) longest = length;
  }
  counts[0] = 0;
  const next = new Uint16Array(LONGEST_CODE + 2);
  for (let bits = 1; bits <= LONGEST_CODE; bits++) next[bits + 1] = (next[bits] + counts[bits]) << 1;
  const table = new Uint16Array(1 << longest);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol];
    if (!length) continue;
    let code = next[length]++, reversed = 0;
    for (let i = 0; i < length; i++) { reversed = (reversed << 1) | (code & 1); code >>= 1; }
    for (let i = reversed; i < table.length; i += 1 << length) table[i] = (symbol << 4) | length;
  }
  return { table, mask: (1 << longest) - 1 };
}

let fixedTables = null;

/** The code tables that the format fixes. */
function fixedCodes() {
  if (!fixedTables) {
    const lengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
    fixedTables = [huffmanTable(lengths), huffmanTable(new Uint8Array(30).fill(5))];
  }
  return fixedTables;
}

class Inflater {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.hold = 0;
    this.held = 0;
    this.out = new Uint8Array(Math.max(1024, bytes.length * 4));
    this.length = 0;
  }

  bits(count) {
    while (this.held < count) {
      this.hold |= (this.bytes[this.at++] || 0) << this.held;
      this.held += 8;
    }
    const value = this.hold & ((1 << count) - 1);
    this.hold >>>= count;
    this.held -= count;
    return value;
  }

  symbol(codes) {
    while (this.held < LONGEST_CODE && this.at < this.bytes.length) {
      this.hold |= this.bytes[this.at++] << this.held;
      this.held += 8;
    }
    const entry = codes.table[this.hold & codes.mask];
    const length = entry & 15;
    if (!length || length > this.held) throw new Error("damaged data in this page");
    this.hold >>>= length;
    this.held -= length;
    return entry >> 4;
  }

  room(count) {
    if (this.length + count <= this.out.length) return;
    const larger = new Uint8Array(Math.max(this.out.length * 2, this.length + count));
    larger.set(this.out.subarray(0, this.length));
    this.out = larger;
  }

  stored() {
    this.at -= this.held >> 3;
    this.hold = this.held = 0;
    const count = this.bytes[this.at] | (this.bytes[this.at + 1] << 8);
    this.at += 4;
    this.room(count);
    this.out.set(this.bytes.subarray(this.at, this.at + count), this.length);
    this.at += count;
    this.length += count;
  }

  dynamicCodes() {
    const literals = this.bits(5) + 257, distances = this.bits(5) + 1, count = this.bits(4) + 4;
    const first = new Uint8Array(19);
    for (let i = 0; i < count; i++) first[CODE_ORDER[i]] = this.bits(3);
    const codes = huffmanTable(first);
    const lengths = new Uint8Array(literals + distances);
    for (let i = 0; i < lengths.length;) {
      const symbol = this.symbol(codes);
      if (symbol < 16) { lengths[i++] = symbol; continue; }
      const value = symbol === 16 ? lengths[i - 1] : 0;
      const repeat = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      lengths.fill(value, i, i + repeat);
      i += repeat;
    }
    return [huffmanTable(lengths.subarray(0, literals)), huffmanTable(lengths.subarray(literals))];
  }

  compressed([literals, distances]) {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol < 256) {
        if (this.length === this.out.length) this.room(1);
        this.out[this.length++] = symbol;
        continue;
      }
      if (symbol === 256) return;
      const count = LENGTH_BASE[symbol - 257] + this.bits(LENGTH_EXTRA[symbol - 257]);
      const code = this.symbol(distances);
      const back = DISTANCE_BASE[code] + this.bits(DISTANCE_EXTRA[code]);
      this.room(count);
      const out = this.out;
      let to = this.length, from = to - back;
      const end = to + count;
      while (to < end) out[to++] = out[from++];
      this.length = end;
    }
  }

  run() {
    for (let last = 0; !last;) {
      last = this.bits(1);
      const kind = this.bits(2);
      if (kind === 0) this.stored();
      else this.compressed(kind === 1 ? fixedCodes() : this.dynamicCodes());
    }
    return this.out.subarray(0, this.length);
  }
}

/** Bytes of a raw DEFLATE stream, at once. */
function inflateNow(bytes) {
  return new Inflater(bytes).run();
}
