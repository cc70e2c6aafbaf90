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
      colours.dark = darkness.matches;
      return colours;
    }

    var darkness = window.matchMedia("(prefers-color-scheme: dark)");
    var STILL = ".tv-chart__box[data-figure]:not([data-alive])";
    var alive = new Map(); // from the box of a figure to its chart and what that is drawn from

    // Everything the page is asked is asked before anything is changed, for all the figures together: each
    // question after a change has the whole page laid out anew.
    function enliven(boxes) {
      boxes.map(measured).forEach(bringToLife);
    }

    function measured(box) {
      var still = box.querySelector("svg");
      var data = JSON.parse(document.getElementById(box.dataset.figure).textContent);
      return { box: box, still: still, data: data, colours: themeColours(box, data.colours), size: still.getBoundingClientRect() };
    }

    function bringToLife(figure) {
      if (alive.has(figure.box)) return; // told twice that it came near
      var holder = document.createElement("div");
      holder.className = "tv-chart__live";
      holder.setAttribute("role", "img");
      holder.setAttribute("aria-label", figure.still.getAttribute("aria-label"));
      holder.style.aspectRatio = figure.data.width + " / " + figure.data.height;
      figure.still.before(holder);
      figure.still.setAttribute("hidden", "");
      figure.width = figure.size.width;
      figure.chart = window.echarts.init(holder, null, { renderer: "svg", width: figure.width, height: figure.size.height });
      figure.box.dataset.alive = "yes";
      alive.set(figure.box, figure);
      draw(figure);
      sizes.observe(holder);
    }

    function draw(figure) {
      figure.chart.setOption(trinnvisFigures.revive(recoloured(figure.data.option, figure.colours)), { notMerge: true });
    }

    var sizes = new ResizeObserver(function (changes) {
      changes.forEach(function (change) {
        var figure = alive.get(change.target.parentElement);
        var width = change.contentRect.width;
        if (!figure || !width || Math.abs(width - figure.width) < 1) return;
        figure.width = width;
        figure.chart.resize({ width: width, height: change.contentRect.height });
      });
    });

    // The drawn picture stands until it is about to be looked at.
    var near = new IntersectionObserver(function (seen) {
      var boxes = seen.filter(function (each) { return each.isIntersecting; }).map(function (each) { return each.target; });
      boxes.forEach(function (box) { near.unobserve(box); });
      enliven(boxes);
    }, { rootMargin: "50%" });

    function waitForEach() {
      if (!window.echarts) return;
      forgetWhatIsGone();
      enliven(Array.from(document.querySelectorAll(STILL + ":has(> svg:empty)"))); // not drawn by the server
      document.querySelectorAll(STILL + ":has(> svg)").forEach(function (box) { near.observe(box); });
    }

    function forgetWhatIsGone() {
      alive.forEach(function (figure, box) {
        if (box.isConnected) return;
        sizes.unobserve(figure.chart.getDom());
        figure.chart.dispose();
        alive.delete(box);
      });
    }

    darkness.addEventListener("change", function () {
      alive.forEach(function (figure) { figure.colours = themeColours(figure.box, figure.data.colours); });
      alive.forEach(draw);
    });
    document.addEventListener("DOMContentLoaded", waitForEach);
    document.addEventListener("htmx:load", waitForEach);
  })();
}
