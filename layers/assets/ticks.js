// Dates below the histogram, as many as there is room for.

const TICK_ROOM = 64;

/** Elements that name days, months or years between two days, on `width` pixels. */
function tickMarks(first, last, width, words) {
  const length = last - first + 1, least = (TICK_ROOM / Math.max(1, width)) * length;
  return tickDays(first, last, least).map(({ day, style }) => {
    const at = (day - first) / length, mark = el("span", {}, words.day(day, style));
    mark.style.insetInlineStart = `${at * 100}%`;
    if (at * width < 20) mark.className = "dl-tick-first";
    else if ((1 - at) * width < 28) mark.className = "dl-tick-last";
    return mark;
  });
}

/** Days to name, at least `least` days apart: every so many days, months or years. */
function tickDays(first, last, least) {
  const days = [1, 2, 5, 10].find((step) => step >= least);
  if (days) return daysApart(first, last, days);
  const months = [1, 2, 3, 6].find((step) => step * 30 >= least);
  const start = new Date(first * DAY_MS), ticks = [];
  const step = months || 12 * [1, 2, 5, 10, 20, 50, 100].find((years) => years * 365 >= least || years === 100);
  let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
  month += (step - (month % step)) % step;
  for (; ; month += step) {
    const day = Math.floor(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS);
    if (day > last) return ticks;
    if (day >= first) ticks.push({ day, style: month % 12 ? "monthname" : "year" });
  }
}

function daysApart(first, last, step) {
  const ticks = [];
  for (let day = first; day <= last; day += step) ticks.push({ day, style: "short" });
  return ticks;
}
