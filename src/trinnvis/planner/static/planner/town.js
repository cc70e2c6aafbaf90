// The living map of a town: MapLibre over what the server has computed. The page works without it: then the
// drawn map and the tables stand alone. In a form it also picks the place a change is about.

const SIZE = 24;
const DRAW = {
  circle: (c) => c.arc(0, 0, 6, 0, 2 * Math.PI),
  square: (c) => c.rect(-5.5, -5.5, 11, 11),
  triangle: (c) => polygon(c, [[0, -7], [7, 5.5], [-7, 5.5]]),
  diamond: (c) => polygon(c, [[0, -8], [8, 0], [0, 8], [-8, 0]]),
  cross: (c) => { c.moveTo(-4.5, -4.5); c.lineTo(4.5, 4.5); c.moveTo(4.5, -4.5); c.lineTo(-4.5, 4.5); },
};

function polygon(c, corners) {
  corners.forEach(([x, y], at) => (at ? c.lineTo(x, y) : c.moveTo(x, y)));
  c.closePath();
}

function paint(canvas, shown) {
  const scale = 2;
  canvas.width = canvas.height = SIZE * scale;
  const c = canvas.getContext("2d");
  c.scale(scale, scale);
  c.translate(SIZE / 2, SIZE / 2);
  c.beginPath();
  DRAW[shown.shape](c);
  if (shown.shape === "cross") {
    c.lineWidth = 2.2;
    c.strokeStyle = shown.colour;
    c.stroke();
    return canvas;
  }
  c.lineWidth = 2;
  c.strokeStyle = "#ffffff";
  c.stroke();
  c.fillStyle = shown.colour;
  c.fill();
  return canvas;
}

function icon(shown) {
  const canvas = paint(document.createElement("canvas"), shown);
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
}

function serviceIcon() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * 2;
  const c = canvas.getContext("2d");
  c.scale(2, 2);
  c.fillStyle = "#ffffff";
  c.strokeStyle = "#1a1a1a";
  c.lineWidth = 2.5;
  c.fillRect(4, 4, 16, 16);
  c.strokeRect(4, 4, 16, 16);
  c.fillStyle = "#1a1a1a";
  c.beginPath();
  c.arc(12, 12, 4, 0, 2 * Math.PI);
  c.fill();
  return c.getImageData(0, 0, canvas.width, canvas.height);
}

function points(rows) {
  return { type: "FeatureCollection", features: rows.map(([at, properties]) => (
    { type: "Feature", geometry: { type: "Point", coordinates: at }, properties })) };
}

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
}

class TownMap {
  constructor(box) {
    this.box = box;
    [this.label, this.showDrawn, this.showLiving, this.move, this.zoomIn, this.zoomOut] = box.dataset.words.split("|");
    this.wanted = true;
    this.streets = null;
    this.place = null;
  }

  // The address's own choices, read anew each time: htmx changes them.
  query() {
    const query = new URLSearchParams(location.search);
    const usual = new URLSearchParams(this.box.dataset.query);
    usual.forEach((value, name) => { if (!query.has(name)) query.set(name, value); });
    if (this.box.dataset.kind) query.set("prov", this.box.dataset.kind);
    return query.toString();
  }

  async start() {
    const { default: whole, ...parts } = await import(this.box.dataset.library);
    this.gl = parts.Map ? parts : whole;
    this.gl.setWorkerUrl(new URL(this.box.dataset.worker, location.href).href);
    await this.draw();
  }

  async draw() {
    const drawn = this.box.querySelector("#figur-kart .tv-chart__box");
    if (!drawn) return;
    const content = await (await fetch(`${this.box.dataset.content}?${this.query()}`)).json();
    if (!this.streets || this.streets.version !== content.version) {
      const { lines } = await (await fetch(`${this.box.dataset.streets}?${this.query()}`)).json();
      this.streets = { version: content.version, lines };
    }
    this.content = content;
    const area = content.bounds.join();
    const moved = this.area !== area;
    this.area = area;
    if (this.map) {
      this.placeIn(drawn);
      this.map.resize();
      if (moved) this.map.fitBounds(content.bounds, { padding: 20, animate: false });
      this.refill();
      return;
    }
    this.makeFrame();
    this.placeIn(drawn);
    this.map = new this.gl.Map({
      container: this.frame, style: this.style(), attributionControl: { compact: false, customAttribution: content.credit },
      maxZoom: 18, dragRotate: false, pitchWithRotate: false, fadeDuration: 0,
      bounds: content.bounds, fitBoundsOptions: { padding: 20 },
      locale: { "Map.Title": this.label, "NavigationControl.ZoomIn": this.zoomIn,
        "NavigationControl.ZoomOut": this.zoomOut },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new this.gl.NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new this.gl.ScaleControl({ unit: "metric" }), "bottom-left");
    this.map.getCanvas().setAttribute("aria-label", this.label);
    this.map.on("load", () => this.fill());
    this.map.once("idle", () => { this.box.dataset.ready = content.streets.length; });
  }

  makeFrame() {
    this.frame = document.createElement("div");
    this.frame.className = "town-map";
    const key = document.createElement("ul");
    key.className = "town-key";
    this.content.classes.forEach((shown) => {
      const row = document.createElement("li");
      const mark = paint(document.createElement("canvas"), shown);
      mark.setAttribute("aria-hidden", "true");
      row.append(mark, shown.label);
      key.append(row);
    });
    const bar = document.createElement("div");
    bar.className = "town-map__bar";
    const button = this.button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button";
    button.dataset.variant = "tertiary";
    button.dataset.size = "sm";
    this.living = document.createElement("div");
    this.living.append(key, this.frame);
    button.addEventListener("click", () => { this.wanted = !this.wanted; this.show(); });
    bar.append(button);
    this.bar = bar;
  }

  // The same map goes over each new drawing, so that nothing blinks and nobody loses their place.
  placeIn(drawn) {
    this.drawn = drawn;
    drawn.before(this.living, this.bar);
    this.show();
  }

  show() {
    this.living.hidden = !this.wanted;
    this.drawn.hidden = this.wanted;
    this.button.textContent = this.wanted ? this.showDrawn : this.showLiving;
    if (this.wanted && this.map) this.map.resize();
  }

  style() {
    const background = { id: "ground", type: "background", paint: { "background-color": "#f4f4f2" } };
    const sources = {}, layers = [background];
    if (this.box.dataset.tiles) {
      sources.tiles = { type: "raster", tiles: [this.box.dataset.tiles], tileSize: 256,
        attribution: this.box.dataset.tilesCredit };
      layers.push({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-opacity": 0.6 } });
    }
    return { version: 8, sources, layers };
  }

  fill() {
    const { map, content } = this;
    const count = content.classes.length;
    content.classes.forEach((shown, at) => map.addImage(`class-${at}`, icon(shown), { pixelRatio: 2 }));
    map.addImage("service", serviceIcon(), { pixelRatio: 2 });
    const data = this.data();
    map.addSource("streets", { type: "geojson", tolerance: 0.2, data: data.streets });
    map.addSource("homes", { type: "geojson", data: data.homes });
    map.addSource("services", { type: "geojson", data: data.services });
    for (let at = count - 1; at >= 0; at -= 1) {
      const shown = content.classes[at];
      const paintLine = { "line-color": shown.colour,
        "line-width": ["interpolate", ["linear"], ["zoom"], 10, shown.width / 2, 15, shown.width * 1.2] };
      if (shown.dash.length) paintLine["line-dasharray"] = shown.dash.map((part) => part / shown.width);
      map.addLayer({ id: `street-${at}`, type: "line", source: "streets", filter: ["==", ["get", "c"], at],
        layout: { "line-cap": shown.dash.length ? "butt" : "round", "line-join": "round" }, paint: paintLine });
    }
    for (let at = count - 1; at >= 0; at -= 1) {
      map.addLayer({ id: `home-${at}`, type: "symbol", source: "homes", filter: ["==", ["get", "c"], at],
        layout: { "icon-image": `class-${at}`, "icon-allow-overlap": true, "icon-ignore-placement": true,
          "icon-size": ["interpolate", ["linear"], ["zoom"], 10, 0.15, 13, 0.32, 15, 0.6, 17, 1] } });
    }
    map.addLayer({ id: "service", type: "symbol", source: "services", layout: { "icon-image": "service",
      "icon-allow-overlap": true, "icon-ignore-placement": true,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 10, 0.6, 15, 1] } });
    this.names();
    this.listen(count);
    this.showPlace();
  }

  data() {
    const { content } = this;
    return {
      streets: { type: "FeatureCollection", features: this.streets.lines.map((line, at) => (
        { type: "Feature", geometry: { type: "LineString", coordinates: line },
          properties: { c: Number(content.streets[at]) } })) },
      homes: points(content.homes.ids.map((id, at) => (
        [content.homes.at[at], { id, c: Number(content.homes.classes[at]) }]))),
      services: points(content.services.map((one) => [one.at, { id: one.id, name: one.name }])),
    };
  }

  refill() {
    Object.entries(this.data()).forEach(([name, data]) => {
      const source = this.map.getSource(name);
      if (source) source.setData(data);
    });
    this.names();
    this.showPlace();
  }

  // Names as elements: no file of letters is needed, and they are real text.
  names() {
    (this.markers || []).forEach((marker) => marker.remove());
    this.markers = [];
    this.content.services.forEach((one) => {
      const name = document.createElement("div");
      name.className = "town-name";
      name.textContent = one.name;
      const marker = new this.gl.Marker({ element: name, anchor: "left", offset: [13, 0] });
      this.markers.push(marker.setLngLat(one.at).addTo(this.map));
      name.removeAttribute("aria-label");
      name.removeAttribute("role");
      name.removeAttribute("tabindex");
      name.setAttribute("aria-hidden", "true");
    });
    if (this.near) return;
    const near = this.near = () => this.frame.classList.toggle("town-map--far", this.map.getZoom() < 12.5);
    this.map.on("zoom", near);
    near();
  }

  listen(count) {
    const { map } = this;
    const homes = Array.from({ length: count }, (_unused, at) => `home-${at}`);
    if (this.box.dataset.pick) {
      map.getCanvas().style.cursor = "crosshair";
      map.on("click", (event) => this.pick(event.lngLat, this.homeAt(event.point, homes)));
      return;
    }
    map.on("click", (event) => {
      const [service] = map.queryRenderedFeatures(event.point, { layers: ["service"] });
      if (service) { this.offer(service); return; }
      const home = this.homeAt(event.point, homes);
      if (home) this.why(home);
    });
    [...homes, "service"].forEach((layer) => {
      map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
    });
  }

  homeAt({ x, y }, layers) {
    const [home] = this.map.queryRenderedFeatures([[x - 5, y - 5], [x + 5, y + 5]], { layers });
    return home && home.properties.id;
  }

  why(id) {
    const address = `${this.box.dataset.home}?${this.query()}&id=${encodeURIComponent(id)}`;
    window.htmx.ajax("GET", address, { target: "#hvorfor", swap: "innerHTML" });
    document.querySelector("#hvorfor").scrollIntoView({ block: "nearest" });
  }

  offer(service) {
    const text = document.createElement("div");
    text.append(service.properties.name);
    if (this.box.dataset.move) {
      const link = document.createElement("a");
      link.href = `${this.box.dataset.move}?${this.query()}&tilbud=${encodeURIComponent(service.properties.id)}`;
      link.textContent = `${this.move} ${service.properties.name}`;
      text.replaceChildren(link);
    }
    new this.gl.Popup().setLngLat(service.geometry.coordinates).setDOMContent(text).addTo(this.map);
  }

  // A form with two places takes the first click as the first, and every later one as the last.
  pick(at, home) {
    const form = document.getElementById(this.box.dataset.pick);
    const fields = this.box.dataset.places.split(" ").map((name) => form.elements[name]);
    const field = fields.find((each) => !each.value) || fields[fields.length - 1];
    const place = `${at.lat.toFixed(6)} ${at.lng.toFixed(6)}`;
    field.value = field.name === "bolig" && home ? home : place;
    this.place = at;
    window.htmx.trigger(form, "prov");
  }

  showPlace() {
    if (!this.place || !this.box.dataset.pick) return;
    if (!this.pin) {
      this.pin = new this.gl.Marker({ draggable: true, color: "#b3253a" });
      this.pin.on("dragend", () => this.pick(this.pin.getLngLat()));
    }
    this.pin.setLngLat(this.place).addTo(this.map);
  }
}

// A click in the drawn map: the server knows which place it is.
function pickInDrawing(box) {
  box.addEventListener("click", (event) => {
    const svg = event.target.closest("#figur-kart svg");
    if (!svg || !box.dataset.pick) return;
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const form = document.getElementById(box.dataset.pick);
    const query = new URLSearchParams(new FormData(form));
    query.set("figur.x", Math.round(spot.x));
    query.set("figur.y", Math.round(spot.y));
    location.assign(`${form.action}?${query}`);
  });
}

const box = document.querySelector("[data-town-map]");
if (box) {
  pickInDrawing(box);
  if (hasWebGL()) {
    const town = new TownMap(box);
    town.start().catch((error) => console.warn(error));
    document.addEventListener("htmx:afterSettle", (event) => {
      if (event.detail.target === box && town.gl) town.draw();
    });
  }
}
