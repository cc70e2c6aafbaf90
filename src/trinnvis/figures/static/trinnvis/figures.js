// Figures: what the server's and the browser's drawing share, and the live version in the browser.
// An option is plain JSON; the few places where ECharts wants a function hold {"$number": …} or {"$texts": …}.
"use strict";

var trinnvisFigures = (function () {
  var NBSP = "\u00a0";

  // 182300 as "182 300": the same as trinnvis.formats.number.
  function number(value, decimals) {
    var text = Math.abs(value).toFixed(decimals || 0).split(".");
    var whole = text[0].replace(/\B(?=(\d{3})+(?!\d))/g, NBSP);
    var shown = whole + (text[1] ? "," + text[1] : "");
    return (value < 0 && /[1-9]/.test(shown) ? "\u2212" : "") + shown;
  }

  // The marks of an axis, without decimals that say nothing.
  function formatter(how) {
    return function (value) {
      return number(how.absolute ? Math.abs(value) : value, how.decimals).replace(/,0+$/, "");
    };
  }

  // The tooltip's text was written on the server, row by row; here it is only looked up.
  function lookup(texts) {
    return function (found) {
      var item = Array.isArray(found) ? found[0] : found;
      var list = texts[item.dataType] || texts.rows;
      return (list && list[item.dataIndex]) || "";
    };
  }

  function revive(part) {
    if (Array.isArray(part)) return part.map(revive);
    if (part === null || typeof part !== "object") return part;
    if (part.$number) return formatter(part.$number);
    if (part.$texts) return lookup(part.$texts);
    var result = {};
    for (var name of Object.keys(part)) result[name] = revive(part[name]);
    return result;
  }

  return { number: number, revive: revive };
})();

if (typeof document !== "undefined") {
  (function () {
    function recoloured(part, colours) {
      if (Array.isArray(part)) return part.map(function (each) { return recoloured(each, colours); });
      if (typeof part === "string") return colours[part] || stroke(part, colours.dark);
      if (part === null || typeof part !== "object") return part;
      var result = {};
      for (var name of Object.keys(part)) result[name] = recoloured(part[name], colours);
      return result;
    }

    // The strokes of the patterns are light or dark; in dark mode the colours under them change places.
    function stroke(text, dark) {
      if (!dark || text.slice(0, 5) !== "rgba(") return text;
      return /^rgba\(255/.test(text) ? text.replace("255,255,255", "0,0,0") : text.replace("0,0,0", "255,255,255");
    }

    function themeColours(box, roles) {
      var style = getComputedStyle(box);
      var colours = {};
      for (var value of Object.keys(roles)) {
        colours[value] = style.getPropertyValue("--ds-color-" + roles[value]).trim() || value;
      }
      colours.dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
      return colours;
    }

    function enliven(box) {
      var data = JSON.parse(document.getElementById(box.dataset.figure).textContent);
      var still = box.querySelector("svg");
      if (!still || box.dataset.alive || !window.echarts) return;
      box.dataset.alive = "yes";
      var holder = document.createElement("div");
      holder.className = "tv-chart__live";
      holder.setAttribute("role", "img");
      holder.setAttribute("aria-label", still.getAttribute("aria-label"));
      holder.style.aspectRatio = data.width + " / " + data.height;
      still.before(holder);
      var chart = window.echarts.init(holder, null, { renderer: "svg" });

      function draw() {
        var option = recoloured(data.option, themeColours(box, data.colours));
        chart.setOption(trinnvisFigures.revive(option), { notMerge: true });
      }
      draw();
      still.setAttribute("hidden", "");
      var fit = function () { chart.resize(); };
      new ResizeObserver(fit).observe(holder);
      window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    }

    function enlivenAll() {
      document.querySelectorAll(".tv-chart__box[data-figure]").forEach(enliven);
    }

    document.addEventListener("DOMContentLoaded", enlivenAll);
    document.addEventListener("htmx:load", enlivenAll);
  })();
}
