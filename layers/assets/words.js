// What the page says: interface strings, numbers and dates in the reader's language.

class Words {
  constructor(config) {
    this.language = config.language;
    this.strings = config.words;
    this.countries = config.countries;
    this.names = new Map(Object.entries(config.names));
    const locale = this.locale = supported(config.language);
    this.numbers = new Intl.NumberFormat(locale);
    this.compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
    this.dates = {
      day: new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" }),
      short: new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short" }),
      month: new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "long", year: "numeric" }),
      moment: new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" }),
      monthname: new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "short" }),
      year: new Intl.DateTimeFormat(locale, { timeZone: "UTC", year: "numeric" }),
    };
    this.plurals = new Intl.PluralRules(locale);
    this.regions = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames([locale], { type: "region" }) : null;
  }

  /** The string `key`, with {name} replaced by values. */
  say(key, values = {}) {
    const text = this.strings[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** A counted string: forms after Unicode's plural rules, apart by "|" in the order that the language has them. */
  count(key, number) {
    const forms = (this.strings[key] ?? "{n}").split("|");
    const order = ["zero", "one", "two", "few", "many", "other"].filter((name) => this.categories().includes(name));
    const at = Math.max(0, order.indexOf(this.plurals.select(number)));
    return forms[Math.min(at, forms.length - 1)].replace("{n}", this.number(number));
  }

  categories() { return this.plurals.resolvedOptions().pluralCategories; }

  number(value) { return this.numbers.format(value); }

  short(value) { return value < 10000 ? this.number(value) : this.compact.format(value); }

  day(day, style = "day") { return this.dates[style].format(new Date(day * DAY_MS)); }

  /** A moment in UTC, and that it is UTC. */
  moment(iso) {
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return iso;
    return this.dates[/T00:00Z$/.test(iso) ? "day" : "moment"].format(at); // midnight: only the day was given
  }

  /** Event `i`'s date, no more exact than it is known. */
  when(store, i) {
    if (!store.isDated(i)) return this.say("no_date");
    const start = store.start[i], end = store.end[i], precision = store.text(i, "precision"), time = store.text(i, "time");
    if (precision === "month") return this.day(start, "month");
    if (precision === "year") return this.day(start, "year");
    if (end > start) return this.range(start, end);
    return time && precision === "minute" ? `${this.day(start)}, ${time}` : this.day(start);
  }

  range(start, end) {
    const format = this.dates.day;
    if (start === end) return this.day(start);
    if (format.formatRange) return format.formatRange(new Date(start * DAY_MS), new Date(end * DAY_MS));
    return `${this.day(start)} – ${this.day(end)}`;
  }

  /** What readers call a side: the name the editor chose, a country's name, or the side's own. */
  side(code) {
    if (!code) return this.say("not_stated");
    if (this.names.has(code)) return this.names.get(code);
    const country = this.countries[code];
    if (!country || !this.regions) return code;
    try { return this.regions.of(country); } catch { return code; }
  }

  /** What readers call a type of event: its sub-type, else its main type. */
  type(name) {
    if (!name) return this.say("not_stated");
    const words = name.split(": "), last = words[words.length - 1];
    return this.strings[`type:${last}`] || last;
  }

  status(name) { return name ? this.strings[`status:${name}`] || name : this.say("not_stated"); }

  /** What readers call a member of a facet. */
  member(facet, name) {
    if (facet === "sides") return this.side(name);
    if (facet === "types") return this.type(name);
    if (facet === "status") return this.status(name);
    return name || this.say("not_stated");
  }

  /** A distance in metres, rounded as it deserves. */
  distance(metres) {
    if (metres < 1000) return this.say("metres", { n: this.number(Math.round(metres)) });
    const km = metres / 1000;
    return this.say("kilometres", { n: this.number(km < 10 ? Math.round(km * 10) / 10 : Math.round(km)) });
  }

  /** How well the place of event `i` is known, in plain words. */
  whereWords(store, i) {
    if (!store.isLocated(i)) return this.say("no_place");
    if (store.isArea(i)) return this.say("somewhere_in_area");
    return store.radius[i] ? this.say("within", { distance: this.distance(store.radius[i]) }) : this.say("radius_unknown");
  }
}

function supported(language) {
  try { return Intl.DateTimeFormat.supportedLocalesOf([language])[0] || "en"; } catch { return "en"; }
}
