// Elements are made here, and text enters the page as text only.

/** An element with properties, attributes and children; strings become text nodes. */
function el(name, options = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (key === "class") node.className = value;
    else if (key in node && key !== "list" && typeof value !== "string") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** Report text: its own direction, whatever the page's. */
function said(name, text, options = {}) {
  return el(name, { dir: "auto", ...options }, text);
}

/** A link to the web, or plain text where the address is none. */
function webLink(address, text, options = {}) {
  let url = null;
  try { url = new URL(address); } catch { /* not an address */ }
  if (!url || !/^https?:$/.test(url.protocol)) return said("span", text, options);
  return el("a", { ...options, href: url.href, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text);
}

/** A small picture drawn by lines: the page's own icons. */
function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = { viewBox: "0 0 16 16", width: 16, height: 16, class: "dl-icon", "aria-hidden": "true", focusable: "false" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const ICONS = {
  play: "M5 3.2v9.6l7.6-4.8z",
  pause: "M4.5 3v10M11.5 3v10",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  filter: "M2 4h12M4.5 8h7M6.8 12h2.4",
  list: "M2.5 4h11M2.5 8h11M2.5 12h11",
  info: "M8 7.2v4.6M8 4.1v.3M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0z",
  share: "M8 10V2M4.8 4.8L8 1.8l3.2 3M3 8.5V14h10V8.5",
  download: "M8 2v8M4.8 7.2L8 10.2l3.2-3M3 13.5h10",
  layers: "M8 2l6 3.2L8 8.4 2 5.2zM2.5 8.2L8 11l5.5-2.8M2.5 11L8 13.8 13.5 11",
  back: "M10 3L5 8l5 5",
  next: "M6 3l5 5-5 5",
  search: "M10.8 10.8L14 14M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0z",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  reset: "M3 3v4h4M3.2 7A5.2 5.2 0 1 1 3 9.4",
};

/** Runs `task` once in the next frame, however often it is asked for. */
function oncePerFrame(task) {
  let frame = 0;
  return () => {
    if (!frame) frame = requestAnimationFrame(() => { frame = 0; task(); });
  };
}

/** Runs `task` when there is nothing else to do. */
function idly(task) {
  if (window.requestIdleCallback) window.requestIdleCallback(task);
  else setTimeout(task, 30);
}
