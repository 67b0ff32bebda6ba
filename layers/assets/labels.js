// Names on the basemap: by importance, none over another.

const COUNTRY = 0, REGION_NAME = 1, TOWN = 2, COUNTRY_NEAR = 3;
const LABEL_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";

/** The smallest zoom at which a town of a size (ten times the logarithm of its inhabitants) is named. */
function townZoom(size) {
  const steps = [[64, 3], [60, 4], [56, 5], [52, 6], [48, 7], [44, 8], [40, 8.6], [36, 9.3], [32, 10], [29, 10.8]];
  const step = steps.find(([least]) => size >= least);
  return step ? step[1] : 11.5;
}

/** Paints names clear of `marks`, circles {cx, cy, r}, and of `boxes`; `view` is in turns of the world. */
function paintLabels(ctx, names, view, theme, marks, boxes) {
  const taken = [...controlsIn(view), ...boxes, ...marks.map(boxOfMark)];
  const free = (box) => box[0] > 1 && box[2] < view.width - 1 && !taken.some((other) => boxesMeet(box, other));
  const covered = ([x, y]) => boxes.some(([west, north, east, south]) => x > west && x < east && y > north && y < south);
  const at = ([x, y]) => [x * view.k + view.ox, y * view.k + view.oy];
  const inside = ([x, y]) => x > -60 && y > -20 && x < view.width + 60 && y < view.height + 20;
  const whole = ([x, y]) => x > 60 && y > 30 && x < view.width - 60 && y < view.height - 30;
  const said = new Set();
  ctx.save();
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  ctx.textBaseline = "middle";
  const areas = (kind, least, most) => {
    for (const row of names) {
      const spot = at(row);
      if (row[2] !== kind || !inside(spot) || view.zoom < Math.max(least, row[3]) || view.zoom > most) continue;
      if (kind === COUNTRY_NEAR && (said.has(row[4]) || !whole(spot))) continue;
      if (paintArea(ctx, row, spot, view, theme, { free, taken })) said.add(row[4]);
    }
  };
  areas(COUNTRY, 2, 7.5);
  areas(COUNTRY_NEAR, 4.5, 12); // where the country's own label is out of sight, or it is too close for it
  for (const row of names) {
    const spot = at(row);
    if (row[2] !== TOWN || view.zoom < townZoom(row[3]) || !inside(spot) || covered(spot)) continue;
    paintTown(ctx, row, spot, view, theme, { free, taken, marks });
  }
  areas(REGION_NAME, 6.2, 10.5);
  ctx.restore();
}

/** The box of a mark; a unit's symbol stands higher than it is wide. */
function boxOfMark({ cx, cy, r, up }) {
  return [cx - r, cy - (up || r), cx + r, cy + r];
}

/** Where the scale, the buttons and the credits lie over the map. */
function controlsIn({ width, height }) {
  const boxes = [[0, 0, 122, 30], [width - 56, 0, width, 190], [Math.max(0, width - 410), height - (width < 360 ? 40 : 21), width, height]];
  return document.documentElement.dir === "rtl" ? boxes.map(([west, north, east, south]) => [width - east, north, width - west, south]) : boxes;
}

function paintTown(ctx, [, , , size, name], [x, y], view, theme, { free, taken, marks }) {
  const large = size >= 50, height = size >= 56 ? 14 : size >= 46 ? 12.5 : 11.5;
  const dot = size >= 56 ? 2.8 : large ? 2.3 : 1.7;
  ctx.font = `${large ? 600 : 400} ${height}px ${LABEL_FONT}`;
  const width = ctx.measureText(name).width, half = height / 2 + 1;
  const host = marks.find(({ cx, cy, r }) => Math.hypot(cx - x, cy - y) < r);
  const [hx, hy, gap] = host ? [host.cx, host.cy, host.r + 4] : [x, y, dot + 4];
  const places = [
    ["left", hx + gap, hy, [hx + gap - 1, hy - half, hx + gap + width + 3, hy + half]],
    ["right", hx - gap, hy, [hx - gap - width - 3, hy - half, hx - gap + 1, hy + half]],
    ["center", hx, hy + gap + half, [hx - width / 2 - 2, hy + gap, hx + width / 2 + 2, hy + gap + 2 * half]],
    ["center", hx, hy - gap - half, [hx - width / 2 - 2, hy - gap - 2 * half, hx + width / 2 + 2, hy - gap]],
  ];
  const place = places.find((one) => free(one[3]));
  if (!place) return;
  const margin = view.zoom < 9 ? 7 : 3;
  taken.push([place[3][0] - margin, place[3][1] - margin, place[3][2] + margin, place[3][3] + margin]);
  ctx.fillStyle = theme.label;
  if (!host) {
    ctx.beginPath();
    ctx.arc(x, y, dot, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.direction = "ltr";
  [ctx.textAlign] = place;
  ctx.lineWidth = 3;
  ctx.strokeStyle = theme.land;
  ctx.strokeText(name, place[1], place[2] + 0.5);
  ctx.fillText(name, place[1], place[2] + 0.5);
}

function paintArea(ctx, [, , kind, , name], [x, y], view, theme, { free, taken }) {
  const country = kind !== REGION_NAME;
  const text = country ? name.toLocaleUpperCase() : name;
  const height = country ? (view.zoom > 4.5 ? 14 : 11) : 12;
  ctx.font = country ? `600 ${height}px ${LABEL_FONT}` : `italic 400 ${height}px ${LABEL_FONT}`;
  if ("letterSpacing" in ctx) ctx.letterSpacing = /^[\p{Script=Latin}\p{Script=Cyrillic}\s.'’-]+$/u.test(text) ? (country ? "2px" : "0.6px") : "0px";
  const half = ctx.measureText(text).width / 2 + 3;
  const box = [x - half, y - height, x + half, y + height];
  const fits = free(box);
  if (fits) {
    taken.push(box);
    ctx.textAlign = "center";
    ctx.lineWidth = 3;
    ctx.strokeStyle = theme.land;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = theme.labelsoft;
    ctx.fillText(text, x, y);
  }
  if ("letterSpacing" in ctx) ctx.letterSpacing = "0px";
  return fits;
}
