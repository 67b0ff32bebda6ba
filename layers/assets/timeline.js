// The date range: a histogram with two handles, presets and play.

const MOST_BINS = 120, LONGEST = 73000;

class Timeline {
  constructor(app) {
    Object.assign(this, { app, store: app.store, words: app.words });
    const { firstDay, lastDay } = this.store, dated = firstDay !== NEVER;
    const controlled = app.control ? app.control.lastDay : -NEVER;
    this.first = dated ? firstDay : 0;
    this.last = dated ? Math.min(Math.max(lastDay, controlled), firstDay + LONGEST) : 0;
    this.hasDates = this.last > this.first;
    this.perBin = Math.max(1, Math.ceil((this.last - this.first + 1) / MOST_BINS));
    this.bins = Math.ceil((this.last - this.first + 1) / this.perBin);
    this.element = this.build();
  }

  build() {
    const { words } = this;
    if (!this.hasDates) return null; // one day, or none, is no range to choose from
    this.canvas = el("canvas", { class: "dl-bars", "aria-hidden": "true" });
    this.low = this.handle("from_date");
    this.high = this.handle("to_date");
    this.track = el("div", { class: "dl-track" }, this.canvas, el("div", { class: "dl-window" }), this.low, this.high);
    this.label = el("output", { class: "dl-range", "aria-live": "polite" });
    this.playButton = el("button", { type: "button", class: "dl-round", "aria-label": words.say("play"), on: { click: () => this.toggle() } }, icon("play"));
    this.ticks = el("div", { class: "dl-ticks", "aria-hidden": "true" });
    this.pointed = el("span", { class: "dl-pointed", "aria-hidden": "true", hidden: true });
    this.drag();
    this.size = [0, 0];
    new ResizeObserver(([{ contentRect }]) => {
      this.size = [Math.round(contentRect.width), Math.round(contentRect.height)];
      this.ticks.replaceChildren(...tickMarks(this.first, this.last, this.size[0], words));
      this.update();
    }).observe(this.track);
    return el("section", { class: "dl-time", "aria-label": words.say("dates") },
      this.playButton,
      el("div", { class: "dl-time-main" }, el("div", { class: "dl-time-head" }, this.label, this.pointed, this.presets()), this.track, this.ticks));
  }

  handle(key) {
    const move = (step) => {
      const day = this.day(key) + step;
      this.choose(key === "from_date" ? day : this.day("from_date"), key === "to_date" ? day : this.day("to_date"));
    };
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30, Home: -1e6, End: 1e6 };
    return el("div", {
      class: `dl-handle dl-handle-${key}`, role: "slider", tabindex: "0", "aria-label": this.words.say(key), "aria-valuemin": String(this.first), "aria-valuemax": String(this.last),
      on: { keydown: (event) => {
        let step = steps[event.key];
        if (!step) return;
        if (document.documentElement.dir === "rtl" && /^Arrow(Left|Right)$/.test(event.key)) step = -step;
        event.preventDefault();
        move(event.shiftKey ? step * 7 : step);
      } },
    });
  }

  presets() {
    const { words } = this, length = this.last - this.first + 1;
    const spans = [[1, "preset_day"], [7, "preset_week"], [30, "preset_month"]].filter(([days]) => length > days * 1.5);
    const set = (days) => this.choose(this.last - days + 1, this.last);
    return el("div", { class: "dl-presets" },
      spans.map(([days, key]) => el("button", { type: "button", on: { click: () => set(days) } }, words.say(key))),
      spans.length ? el("button", { type: "button", on: { click: () => this.choose(null, null) } }, words.say("preset_all")) : null);
  }

  /** The chosen first or last day; the data's where none is chosen. */
  day(key) {
    const { filters } = this.app;
    return key === "from_date" ? filters.from ?? this.first : filters.to ?? this.last;
  }

  choose(from, to) {
    const clamp = (day) => Math.max(this.first, Math.min(this.last, day));
    const state = this.app.filters.state();
    delete state.from;
    delete state.to;
    if (from !== null) {
      const low = Math.min(clamp(from), clamp(to)), high = Math.max(clamp(from), clamp(to));
      if (low > this.first || high < this.last) Object.assign(state, { from: isoOf(low), to: isoOf(high) });
    }
    this.app.filter(state);
  }

  drag() {
    const dayAt = (event, slip = 0) => {
      const box = this.track.getBoundingClientRect();
      let part = (event.clientX - slip - box.left) / box.width;
      if (document.documentElement.dir === "rtl") part = 1 - part;
      return Math.floor(this.first + Math.max(0, Math.min(0.9999, part)) * (this.last - this.first + 1));
    };
    /** How far the pointer is from the middle of a day: handles stand beside the day that they choose. */
    const slipOf = (event, day) => {
      const box = this.track.getBoundingClientRect();
      let part = (day - this.first + 0.5) / (this.last - this.first + 1);
      if (document.documentElement.dir === "rtl") part = 1 - part;
      return event.clientX - box.left - part * box.width;
    };
    let held = null;
    this.track.addEventListener("pointerdown", (event) => {
      this.stop();
      const day = dayAt(event), low = this.day("from_date"), high = this.day("to_date");
      const inside = day > low && day < high && (low > this.first || high < this.last) && event.target !== this.low && event.target !== this.high;
      if (event.target === this.low) held = { kind: "low", other: high, slip: slipOf(event, low) };
      else if (event.target === this.high) held = { kind: "high", other: low, slip: slipOf(event, high) };
      else if (inside) held = { kind: "both", day, low, high };
      else { held = { kind: "new", other: day }; }
      this.track.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.track.addEventListener("pointermove", (event) => {
      if (!held) { this.point(event.pointerType === "mouse" ? dayAt(event) : null); return; }
      this.point(null);
      const day = dayAt(event, held.slip);
      if (held.kind === "both") {
        const shift = Math.max(this.first - held.low, Math.min(this.last - held.high, day - held.day));
        this.choose(held.low + shift, held.high + shift);
      } else this.choose(held.other, day);
    });
    const end = () => { held = null; };
    this.track.addEventListener("pointerleave", () => this.point(null));
    this.track.addEventListener("pointerup", end);
    this.track.addEventListener("pointercancel", end);
  }

  /** Says what the bar of a day holds; null ends it. */
  point(day) {
    this.pointed.hidden = this.label.hidden = false;
    if (day === null) { this.pointed.hidden = true; return; }
    this.label.hidden = true;
    const bin = Math.floor((day - this.first) / this.perBin), start = this.first + bin * this.perBin;
    const { now } = this.app.filters.histogram(this.first, this.perBin, this.bins);
    this.pointed.textContent = `${this.words.range(start, Math.min(this.last, start + this.perBin - 1))} · ${this.words.count("events", now[bin])}`;
  }

  /** Plays: the window moves on; without a window one of a tenth is used. */
  toggle() {
    if (this.timer) return this.stop();
    const full = this.last - this.first + 1;
    let low = this.day("from_date"), length = this.day("to_date") - low + 1;
    if (length >= full) { length = Math.max(1, Math.round(full / 10)); low = this.first - 1; }
    else if (low + length > this.last) low = this.first - 1;
    const step = Math.max(1, Math.round(length / 8));
    const run = () => {
      low += step;
      if (low + length - 1 > this.last) return this.stop();
      this.choose(low, low + length - 1);
    };
    this.timer = setInterval(run, 180);
    this.playButton.replaceChildren(icon("pause"));
    this.playButton.setAttribute("aria-label", this.words.say("pause"));
    run();
    return undefined;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.playButton.replaceChildren(icon("play"));
    this.playButton.setAttribute("aria-label", this.words.say("play"));
  }

  update() {
    if (!this.hasDates) return;
    const low = this.day("from_date"), high = this.day("to_date"), length = this.last - this.first + 1;
    const from = ((low - this.first) / length) * 100, to = ((high - this.first + 1) / length) * 100;
    const shade = this.track.querySelector(".dl-window");
    for (const [node, at] of [[this.low, from], [this.high, to]]) node.style.insetInlineStart = `${at}%`;
    shade.style.insetInlineStart = `${from}%`;
    shade.style.inlineSize = `${to - from}%`;
    for (const [node, day] of [[this.low, low], [this.high, high]]) {
      node.setAttribute("aria-valuenow", String(day));
      node.setAttribute("aria-valuetext", this.words.day(day));
    }
    this.label.textContent = this.words.range(low, high);
    this.bars();
  }

  bars() {
    const { canvas } = this, ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = this.size; // kept, since to ask for it here would lay the page out anew
    if (!width || !height) return;
    const w = Math.round(width * ratio), h = Math.round(height * ratio);
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const ctx = canvas.getContext("2d"), { others, now } = this.app.filters.histogram(this.first, this.perBin, this.bins);
    const mirrored = document.documentElement.dir === "rtl";
    ctx.setTransform(mirrored ? -ratio : ratio, 0, 0, ratio, mirrored ? w : 0, 0);
    ctx.clearRect(0, 0, width, height);
    const top = Math.max(1, ...others), step = width / this.bins, gap = step > 4 ? 1 : 0;
    const { theme } = this.app.config;
    const bar = (values, colour) => {
      ctx.fillStyle = colour;
      for (let b = 0; b < this.bins; b++) {
        if (!values[b]) continue;
        const tall = Math.max(1.5, (values[b] / top) * (height - 4));
        ctx.fillRect(b * step, height - tall, Math.max(1, step - gap), tall);
      }
    };
    bar(others, theme.faint);
    bar(now, theme.accent);
  }
}
