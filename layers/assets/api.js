// What the article around the map, and tests, can call.

let ready = null;

const dateline = {
  /** Resolves when the map is drawn as its address says. */
  ready: new Promise((resolve, reject) => { ready = { resolve, reject }; }),
  filter(spec) { return dateline.app.filter(spec); },
  reset() { return dateline.app.filter({}); },
  state() { return dateline.app.filters.state(); },
};

/** Called by the page's own script, once a map. */
async function startPage(map, meta, config) {
  try {
    const [store, control] = await Promise.all([Store.open(config.id, meta), map.controlled, map.based]);
    const app = new App(map, store, config, control);
    Object.defineProperty(dateline, "app", { value: app });
    app.start();
    await app.hash.waiting;
    ready.resolve(dateline);
  } catch (error) {
    ready.reject(error);
    throw error;
  }
}

window.dateline = dateline;
