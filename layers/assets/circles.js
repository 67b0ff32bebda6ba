// A picture of many small circles, each shared out among colours: written dot by dot, since without a graphics
// card a thousand paths take several frames to fill and their dots take a few milliseconds.

class CirclePicture {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.ctx = this.canvas.getContext("2d", { willReadFrequently: true });
    this.reach = -1;
  }

  /** An empty picture as large as the view. */
  clear({ width, height, ratio }, colours) {
    const w = Math.round(width * ratio), h = Math.round(height * ratio), { canvas, ctx } = this;
    this.ratio = ratio;
    this.colours = Uint32Array.from(colours, (colour) => { const [r, g, b] = rgbOf(colour); return r | (g << 8) | (b << 16); });
    this.ends = new Float32Array(colours.length);
    if (!this.image || canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
      this.image = ctx.createImageData(w, h);
      this.dots = new Uint32Array(this.image.data.buffer);
    } else if (this.box) {
      const [, top, , bottom] = this.box;
      this.dots.fill(0, top * w, bottom * w);
    }
    this.stale = this.box;
    this.box = null;
  }

  /** One circle: `shares` of `total` from index `at` on, clockwise from the top in the order of the colours. */
  circle(x, y, r, shares, at, total) {
    const { ratio, ends, dots } = this, { width, height } = this.canvas;
    const cx = Math.round(x * ratio), cy = Math.round(y * ratio), radius = r * ratio, reach = Math.ceil(radius);
    if (reach > this.reach) this.measure(reach);
    let sum = 0;
    for (let kind = 0; kind < ends.length; kind++) { sum += shares[at + kind]; ends[kind] = sum / total; }
    const left = Math.max(0, cx - reach), right = Math.min(width - 1, cx + reach);
    const top = Math.max(0, cy - reach), bottom = Math.min(height - 1, cy + reach);
    if (left > right || top > bottom) return;
    const side = 2 * this.reach + 1, { far, turn, blur } = this;
    for (let py = top; py <= bottom; py++) {
      for (let px = left, spot = (py - cy + this.reach) * side + left - cx + this.reach, dot = py * width + left; px <= right; px++, spot++, dot++) {
        const cover = radius + 0.5 - far[spot];
        if (cover <= 0) continue;
        const alpha = cover >= 1 ? 255 : Math.round(cover * 255);
        if (alpha > dots[dot] >>> 24) dots[dot] = (alpha << 24) | this.colourAt(turn[spot], blur[spot]);
      }
    }
    this.grow(left, top, right + 1, bottom + 1);
  }

  /** The colour at a turn of the circle; half of each where two meet. */
  colourAt(turn, blur) {
    const { colours, ends } = this;
    let kind = 0, other = 0;
    const low = turn - blur, high = turn + blur, from = low < 0 ? low + 1 : low, to = high >= 1 ? high - 1 : high;
    while (kind < ends.length - 1 && ends[kind] <= from) kind++;
    while (other < ends.length - 1 && ends[other] <= to) other++;
    if (kind === other) return colours[kind];
    return ((colours[kind] & 0xfefefe) >>> 1) + ((colours[other] & 0xfefefe) >>> 1);
  }

  /** Distance from the centre, and part of a turn from the top, of every dot within reach. */
  measure(reach) {
    const side = 2 * reach + 1;
    Object.assign(this, { reach, far: new Float32Array(side * side), turn: new Float32Array(side * side), blur: new Float32Array(side * side) });
    for (let y = -reach, spot = 0; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++, spot++) {
        const far = Math.hypot(x, y);
        this.far[spot] = far;
        this.turn[spot] = (Math.atan2(x, -y) / (2 * Math.PI) + 1) % 1;
        this.blur[spot] = 0.3 / (2 * Math.PI * Math.max(1, far));
      }
    }
  }

  grow(left, top, right, bottom) {
    const { box } = this;
    this.box = box ? [Math.min(box[0], left), Math.min(box[1], top), Math.max(box[2], right), Math.max(box[3], bottom)] : [left, top, right, bottom];
  }

  /** Lays the picture on the canvas of `ctx`; only what holds a circle, now or before, is copied. */
  show(ctx) {
    const { box, stale } = this;
    for (const [left, top, right, bottom] of [stale, box].filter(Boolean)) this.ctx.putImageData(this.image, 0, 0, left, top, right - left, bottom - top);
    if (!box) return;
    const [left, top, right, bottom] = box;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(this.canvas, left, top, right - left, bottom - top, left, top, right - left, bottom - top);
    ctx.restore();
  }
}
