window.datelineEmbeds || (window.datelineEmbeds = addEventListener("message", function (event) {
  var data = event.data, height = 0;
  if (typeof data === "string") height = (/^pymxPYMx.*xPYMxheightxPYMx([\d.]+)$/.exec(data) || [])[1];
  else if (data && data["datawrapper-height"]) for (var id in data["datawrapper-height"]) height = data["datawrapper-height"][id];
  else if (data && data.type === "dateline:height") height = data.height;
  height = Math.min(+height, 4000);
  if (!(height > 0)) return;
  document.querySelectorAll("iframe[data-dateline]").forEach(function (frame) {
    if (frame.contentWindow !== event.source) return;
    frame.style.aspectRatio = "auto";
    frame.style.minHeight = 0;
    frame.style.height = height + "px";
  });
}) || true);
