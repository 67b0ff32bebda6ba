// Packed bytes and how they are opened.

document.documentElement.classList.add("dl-js");

/** Bytes of a base64 text. */
function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

/** Bytes of a raw DEFLATE stream, by the browser's own decoder where it has one. */
async function inflate(bytes) {
  if (typeof DecompressionStream !== "function") return inflateNow(bytes);
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return inflateNow(bytes); // engines that know DecompressionStream but not deflate-raw
  }
}

/** The text of a data element of the page; the element is emptied, so that it is held once. */
function takeData(id) {
  const element = document.getElementById(id);
  const text = element.textContent.trim();
  element.textContent = "";
  return text;
}

/** Reads byte planes: all lowest bytes first, then all second bytes, and so on. */
class PlaneReader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** `length` numbers of `width` bytes each. */
  read(length, width) {
    const { bytes, at } = this;
    this.at += length * width;
    if (width === 1) return bytes.slice(at, at + length);
    const out = width === 2 ? new Uint16Array(length) : new Uint32Array(length);
    if (width === 2) {
      for (let i = 0; i < length; i++) out[i] = bytes[at + i] | (bytes[at + length + i] << 8);
      return out;
    }
    const b = at + length, c = b + length, d = c + length;
    for (let i = 0; i < length; i++) {
      out[i] = bytes[at + i] | (bytes[b + i] << 8) | (bytes[c + i] << 16) | (bytes[d + i] << 24);
    }
    return out;
  }

  /** `length` numbers that were stored as zigzag differences of 32 bits. */
  readDifferences(length) {
    const coded = this.read(length, 4);
    const out = new Int32Array(coded.buffer);
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const value = coded[i];
      sum += (value >>> 1) ^ -(value & 1);
      out[i] = sum;
    }
    return out;
  }
}
