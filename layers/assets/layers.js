// What can be shown and hidden: our layers, then those that the map's author added.

class LayerSwitches {
  constructor(app) {
    this.app = app;
    const { layer, map, words, control, config } = app;
    const ours = (key, name) => this.one(key, words.say(`layer_${key}`), true, (on) => { layer[name] = on; layer.schedule(); });
    const base = (key) => this.one(key, words.say(`layer_${key}`), true, (on) => { map.basemap.shown[key] = on; map.basemap.schedule(); });
    this.all = [
      ours("points", "showPoints"), ours("areas", "showAreas"),
      ...(control ? control.sources : []).map(({ name }) => this.one(`control:${name}`, [words.say("control"), name].filter(Boolean).join(": "), true, (on) => { control.toggle(name, on); app.key.update(); })),
      ours("labels", "showLabels"), base("borders"), base("rivers"),
      ...config.overlays.map(({ name, title, shown }, k) => this.one(`own:${k}`, title, shown, (on) => (on ? window[name].addTo(map) : window[name].remove()))),
    ];
  }

  /** A switch with its checkbox. */
  one(key, label, first, set) {
    const input = el("input", { type: "checkbox", checked: first, on: { change: () => this.turn(key, input.checked) } });
    return { key, first, on: first, set, input, row: el("label", { class: "dl-option" }, input, said("span", label)) };
  }

  turn(key, on) {
    const found = this.all.find((one) => one.key === key);
    if (!found || found.on === on) return;
    found.on = found.input.checked = on;
    found.set(on);
    if (this.app.hash) this.app.hash.write();
  }

  /** The layers that stand otherwise than at first, for the address. */
  changed() { return this.all.filter((one) => one.on !== one.first).map((one) => one.key); }

  /** Takes over what an address says. */
  restore(keys) {
    for (const { key, first } of this.all) this.turn(key, keys.includes(key) ? !first : first);
  }
}
