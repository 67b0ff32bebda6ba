// Very many events: circles on a honeycomb, as large as there are events in the cell, shared out among the
// sides. The grid lies fast on the ground, so that it stands still while the map is moved.

const CELL = 13, ROW_STEP = CELL * 0.866;

class DensityPainter {
  constructor(store) {
    this.store = store;
    this.key = "";
    this.picture = new CirclePicture();
  }

  /** Takes over the sides' colours: for each combination of sides the number of its colour. */
  recolour(looks) {
    this.colours = [...new Set(looks.map((look) => look.colour))];
    this.colourOf = Uint8Array.from(looks, (look) => this.colours.indexOf(look.colour));
  }

  paint(ctx, view, filters) {
    this.settle(view);
    this.count(filters);
    this.draw(ctx, view);
  }

  /** Finds the cell of every event; kept while the view stands still. */
  settle(view) {
    const left = Math.floor(-view.ox / CELL) - 1, top = Math.floor(-view.oy / ROW_STEP) - 1;
    const cols = Math.ceil(view.width / CELL) + 3, rows = Math.ceil(view.height / ROW_STEP) + 3;
    const key = [view.k, left, top, cols, rows].join();
    if (key === this.key) return;
    Object.assign(this, { key, left, top, cols, rows });
    const { n } = this.store;
    if (!this.cells) this.cells = new Int32Array(n);
    findCells(this.cells, this.store, view.k, this);
  }

  count({ fails, span }) {
    const size = this.cols * this.rows * this.colours.length;
    if (!this.counts || this.counts.length !== size) this.counts = new Uint32Array(size);
    else this.counts.fill(0);
    countCells(this.counts, this.cells, fails, this.store.facets.sides.codes, this.colourOf, this.colours.length, span);
  }

  /** Centre of a cell in pixels. */
  centre(cell, view) {
    const row = Math.floor(cell / this.cols), col = cell % this.cols;
    const y = (row + this.top + 0.5) * ROW_STEP + view.oy;
    return [(col + this.left + ((row + this.top) & 1 ? 1 : 0.5)) * CELL + view.ox, y];
  }

  draw(ctx, view) {
    const { counts, colours } = this, kinds = colours.length, cells = this.cols * this.rows;
    const totals = new Uint32Array(cells);
    for (let cell = 0; cell < cells; cell++) {
      for (let kind = 0; kind < kinds; kind++) totals[cell] += counts[cell * kinds + kind];
    }
    this.totals = totals;
    const sorted = totals.filter((total) => total > 0).sort(), full = sorted[Math.floor(sorted.length * 0.97)] || 1;
    this.picture.clear(view, colours);
    for (let cell = 0; cell < cells; cell++) {
      if (!totals[cell]) continue;
      const [x, y] = this.centre(cell, view), r = Math.max(1.3, CELL * 0.5 * Math.sqrt(Math.min(1, totals[cell] / full)));
      this.picture.circle(x, y, r, counts, cell * kinds, totals[cell]);
    }
    this.picture.show(ctx);
  }

  /** The cell with events under a point, -1 if there is none. */
  cellAt({ x, y }, view) {
    const row = Math.floor((y - view.oy) / ROW_STEP), shift = row & 1 ? CELL / 2 : 0;
    const col = Math.floor((x - view.ox - shift) / CELL), cell = (row - this.top) * this.cols + col - this.left;
    return this.totals && this.totals[cell] ? cell : -1;
  }

  /** The events shown in a cell. */
  eventsIn(cell, fails) {
    const events = [];
    for (let i = 0; i < fails.length; i++) if (this.cells[i] === cell && !fails[i]) events.push(i);
    return events;
  }
}

function findCells(cells, store, k, { left, top, cols, rows }) {
  const { x, y, flags } = store;
  for (let i = 0; i < cells.length; i++) {
    const row = Math.floor((y[i] * k) / ROW_STEP), col = Math.floor((x[i] * k) / CELL - (row & 1) * 0.5);
    const c = col - left, r = row - top;
    cells[i] = c >= 0 && r >= 0 && c < cols && r < rows && flags[i] & LOCATED ? r * cols + c : -1;
  }
}

function countCells(counts, cells, fails, codes, colourOf, kinds, [first, last]) {
  for (let i = first; i < last; i++) {
    const cell = cells[i];
    if (cell >= 0 && fails[i] === 0) counts[cell * kinds + colourOf[codes[i]]]++;
  }
}
