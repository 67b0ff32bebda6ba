// Words beside the marks, where these are few: the place as it was reported, and when.

const MOST_CAPTIONS = 8, CAPTION_GAP = 5;

/** Captions for `groups`, each where it meets no mark, no button and no other caption; none where there are many. */
function placeCaptions(ctx, groups, view, wordsOf, font) {
  if (!groups || groups.length > MOST_CAPTIONS) return [];
  const most = Math.min(190, view.width * 0.38), placed = [];
  const taken = [...controlsIn(view), ...groups.map(boxOfMark)];
  const free = (box) => box[0] > 4 && box[1] > 4 && box[2] < view.width - 4 && box[3] < view.height - 22 && !taken.some((other) => boxesMeet(box, other));
  ctx.save();
  for (const group of groups) {
    const lines = wordsOf(group.events).flatMap((text, k) => linesOf(ctx, text, captionFont(font, k), most)).filter(({ text }) => text);
    if (!lines.length) continue;
    const width = Math.max(...lines.map((line) => line.width)), height = 16 * lines.length;
    const spot = captionSpots(group, width, height).find(({ box }) => free(box));
    if (!spot) continue;
    taken.push(spot.box);
    placed.push({ ...spot, lines });
  }
  ctx.restore();
  return placed;
}

/** Right of the mark, left of it, below and above. */
function captionSpots({ cx, cy, r, up }, width, height) {
  const out = r + CAPTION_GAP, above = (up || r) + CAPTION_GAP, half = height / 2;
  return [
    { align: "left", x: cx + out, box: [cx + out, cy - half, cx + out + width, cy + half] },
    { align: "right", x: cx - out, box: [cx - out - width, cy - half, cx - out, cy + half] },
    { align: "center", x: cx, box: [cx - width / 2, cy + out, cx + width / 2, cy + out + height] },
    { align: "center", x: cx, box: [cx - width / 2, cy - above - height, cx + width / 2, cy - above] },
  ];
}

function captionFont(font, line) { return line ? `400 12px ${font}` : `600 13px ${font}`; }

/** A text in one line, or broken into two between words. */
function linesOf(ctx, text, font, most) {
  const whole = fitText(ctx, text, font, most), words = text.slice(0, 200).split(" ");
  if (!whole.text.endsWith("…") || words.length < 2) return [whole];
  let count = words.length - 1;
  while (count > 1 && ctx.measureText(words.slice(0, count).join(" ")).width > most) count--;
  return [words.slice(0, count), words.slice(count)].map((part) => fitText(ctx, part.join(" "), font, most));
}

/** A text cut to `most` pixels, and how wide it is. */
function fitText(ctx, whole, font, most) {
  ctx.font = font;
  const letters = [...whole.slice(0, 200)];
  let text = whole.length > 200 ? `${letters.join("")}…` : whole;
  while (letters.length && ctx.measureText(text).width > most) {
    letters.pop();
    text = `${letters.join("").trimEnd()}…`;
  }
  return { text, width: ctx.measureText(text).width, font };
}

function paintCaptions(ctx, captions, theme) {
  ctx.save();
  Object.assign(ctx, { lineJoin: "round", textBaseline: "middle", lineWidth: 4 });
  ctx.setLineDash([]);
  for (const { lines, x, align, box } of captions) {
    ctx.textAlign = align;
    lines.forEach(({ text, font }, k) => {
      const y = box[1] + 16 * k + 8.5;
      ctx.font = font;
      ctx.direction = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text) ? "rtl" : "ltr";
      ctx.strokeStyle = theme.halo;
      ctx.strokeText(text, x, y);
      ctx.fillStyle = theme.ink;
      ctx.fillText(text, x, y);
    });
  }
  ctx.restore();
}
