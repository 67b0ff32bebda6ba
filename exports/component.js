customElements.get("dateline-map") || customElements.define("dateline-map", class extends HTMLElement {
  connectedCallback() {
    if (this.firstElementChild && this.firstElementChild.matches("iframe[data-dateline]")) return;
    var frame = document.createElement("iframe");
    frame.src = this.getAttribute("src");
    frame.title = this.getAttribute("title") || "";
    frame.loading = "lazy";
    frame.setAttribute("sandbox", "SANDBOX");
    frame.allow = "fullscreen; clipboard-write";
    frame.referrerPolicy = "no-referrer";
    frame.dataset.dateline = "";
    frame.style.cssText = "STYLE";
    this.style.display = "block";
    this.replaceChildren(frame);
  }
});
