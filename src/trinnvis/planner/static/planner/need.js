// Need ahead: a slider beside each number, and an address without what is as usual. The page works without.
"use strict";

(function () {
  function asNumber(text) {
    return Number(text.replace(/\s/g, "").replace("\u2212", "-").replace(",", "."));
  }

  function asText(value, step) {
    var decimals = (String(step).split(".")[1] || "").length;
    return Number(value).toFixed(decimals).replace(".", ",").replace("-", "\u2212");
  }

  function addSlider(field) {
    if (field.dataset.hasSlider) return;
    field.dataset.hasSlider = "yes";
    var slider = document.createElement("input");
    slider.type = "range";
    slider.className = "tv-assumption__slider";
    slider.min = field.dataset.sliderMin;
    slider.max = field.dataset.sliderMax;
    slider.step = field.dataset.sliderStep;
    slider.value = asNumber(field.value || field.dataset.default);
    slider.setAttribute("aria-label", field.labels[0].textContent);
    slider.addEventListener("input", function () {
      field.value = asText(slider.value, slider.step);
    });
    field.addEventListener("change", function () {
      slider.value = asNumber(field.value || field.dataset.default);
    });
    field.parentNode.append(slider);
  }

  function addSliders() {
    document.querySelectorAll("input[data-slider-min]").forEach(addSlider);
  }

  document.addEventListener("DOMContentLoaded", addSliders);
  document.addEventListener("htmx:load", addSliders);
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.target.id !== "valg") return;
    var asked = event.detail.parameters;
    if (window.echarts) event.detail.headers["Trinnvis-Draws"] = "browser"; // the server need not draw as well
    event.target.querySelectorAll("input[name]").forEach(function (field) {
      var usual = field.dataset.default;
      var same = usual !== undefined && asNumber(field.value || usual) === asNumber(usual);
      if (field.type !== "checkbox" && (field.value.trim() === "" || same)) delete asked[field.name];
    });
  });
})();
