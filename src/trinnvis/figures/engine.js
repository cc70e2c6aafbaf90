// The few things of a browser that ECharts looks for, and the drawing itself. Runs on the server only.
"use strict";

var window = this, self = this, global = this;
function setTimeout() { return 0; }
function clearTimeout() {}

// `widths`: {"400": {character: advance}, "600": …} in parts of the font size.
function prepareDrawing(widths) {
  // ECharts takes every letter outside ASCII for as wide as this one when it breaks lines; ours are æ, ø and å.
  widths["400"]["\u56fd"] = widths["600"]["\u56fd"] = 0.62;
  echarts.setPlatformAPI({
    measureText: function (text, font) {
      var size = /([\d.]+)px/.exec(font || "");
      var table = widths[/\b(bold|[6-9]00)\b/.test(font || "") ? "600" : "400"];
      var sum = 0;
      for (var character of text || "") {
        sum += table[character] === undefined ? table.m : table[character];
      }
      return { width: sum * (size ? Number(size[1]) : 12) };
    },
  });
}

function draw(option, width, height) {
  var chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width, height: height });
  try {
    chart.setOption(trinnvisFigures.revive(option));
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    chart.dispose();
  }
}
