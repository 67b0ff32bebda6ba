// Very many events: circles on a honeycomb, as large as there are events in the cell, shared out among the
// sides. The grid lies fast on the ground, so that it stands still while the map is moved.

const CELL = 13, ROW_STEP = CELL * 0.866;

class DensityPainter {
  constructor(store) {
    this.store = store;
    this.grid = null;
    this.picture = new CirclePicture();
  }

  /** Takes over the sides' colours: for each combination of sides the number of its colour. */
  recolour(looks) {
    this.colours = [...new Set(looks.map((look) => look.colour))];
    this.colourOf = Uint8Array.from(looks, (look) => this.colours.indexOf(look.colour));
    this.counted = -1;
  }

  paint(ctx, view, filters) {
    const seen = cellsIn(view);
    this.settle(view, seen);
    this.count(filters);
    this.draw(ctx, view, seen);
  }

  /** Finds the cell of every event, in the view and half a view around it; kept until the map is moved beyond. */
  settle(view, seen) {
    const { grid } = this;
    if (grid && grid.k === view.k && holds(grid, seen)) return;
    const wide = seen.cols >> 1, high = seen.rows >> 1;
    this.grid = { k: view.k, left: seen.left - wide, top: seen.top - high, cols: seen.cols + 2 * wide, rows: seen.rows + 2 * high };
    this.counted = -1;
    if (!this.cells) this.cells = new Int32Array(this.store.n);
    findCells(this.cells, this.store, view.k, this.grid);
  }

  /** Counts the events of each cell and colour, and all of each cell; kept until the filter changes. */
  count({ fails, span, version }) {
    if (this.counted === version) return;
    this.counted = version;
    const size = this.grid.cols * this.grid.rows, kinds = this.colours.length;
    if (!this.counts || this.counts.length !== size * kinds) this.counts = new Uint32Array(size * kinds);
    else this.counts.fill(0);
    countCells(this.counts, this.cells, fails, this.store.facets.sides.codes, this.colourOf, kinds, span);
    this.totals = new Uint32Array(size);
    for (let at = 0, cell = 0; cell < size; cell++) for (let kind = 0; kind < kinds; kind++) this.totals[cell] += this.counts[at++];
    const sorted = this.totals.filter((total) => total > 0).sort();
    this.full = sorted[Math.floor(sorted.length * 0.97)] || 1;
  }

  /** Draws the cells in the view. */
  draw(ctx, view, seen) {
    const { counts, totals, colours, full, grid } = this, kinds = colours.length;
    this.picture.clear(view, colours);
    for (let row = seen.top; row < seen.top + seen.rows; row++) {
      const y = (row + 0.5) * ROW_STEP + view.oy, shift = row & 1 ? 1 : 0.5;
      for (let col = seen.left; col < seen.left + seen.cols; col++) {
        const cell = (row - grid.top) * grid.cols + col - grid.left, total = totals[cell];
        if (!total) continue;
        const r = Math.max(1.3, CELL * 0.5 * Math.sqrt(Math.min(1, total / full)));
        this.picture.circle((col + shift) * CELL + view.ox, y, r, counts, cell * kinds, total);
      }
    }
    this.picture.show(ctx);
  }

  /** The cell with events under a point, -1 if there is none. */
  cellAt({ x, y }, view) {
    const row = Math.floor((y - view.oy) / ROW_STEP), shift = row & 1 ? CELL / 2 : 0;
    const col = Math.floor((x - view.ox - shift) / CELL), { grid } = this, cell = (row - grid.top) * grid.cols + col - grid.left;
    return this.totals[cell] ? cell : -1;
  }

  /** The events shown in a cell. */
  eventsIn(cell, fails) {
    const events = [];
    for (let i = 0; i < fails.length; i++) if (this.cells[i] === cell && !fails[i]) events.push(i);
    return events;
  }
}

/** The columns and rows of the honeycomb that a view shows. */
function cellsIn(view) {
  const left = Math.floor(-view.ox / CELL) - 1, top = Math.floor(-view.oy / ROW_STEP) - 1;
  return { left, top, cols: Math.ceil(view.width / CELL) + 3, rows: Math.ceil(view.height / ROW_STEP) + 3 };
}

/** Whether a grid has all cells that are seen. */
function holds(grid, seen) {
  return seen.left >= grid.left && seen.top >= grid.top && seen.left + seen.cols <= grid.left + grid.cols && seen.top + seen.rows <= grid.top + grid.rows;
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
