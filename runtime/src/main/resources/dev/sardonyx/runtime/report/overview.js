// The strip beside the graph: all of it, squeezed, with a frame around what is in view.
const strip = {image: null};

function paintStrip() {
  const map = byId('map');
  const ratio = window.devicePixelRatio || 1;
  strip.width = map.clientWidth;
  strip.height = map.clientHeight;
  map.width = Math.round(strip.width * ratio);
  map.height = Math.round(strip.height * ratio);
  strip.image = document.createElement('canvas');
  strip.image.width = map.width;
  strip.image.height = map.height;
  const pen = strip.image.getContext('2d');
  const colour = ink();
  pen.scale(ratio, ratio);
  // As tall as the strip allows, but a small graph is not blown up.
  strip.y = Math.min((strip.height - 16) / plane.bounds.height, 0.14);
  strip.x = Math.min((strip.width - 16) / plane.bounds.width, 0.3);
  const height = Math.max(1, HEIGHT * strip.y);
  const left = (strip.width - plane.bounds.width * strip.x) / 2;
  strip.left = left;
  for (let index = 0; index < data.nodes.length; index++) {
    pen.fillStyle = colourOf(index, colour, true).fill;
    const {x, y} = middle(index);
    pen.fillRect(left + (x - WIDTH / 2) * strip.x, 8 + (y - HEIGHT / 2) * strip.y, Math.max(2, WIDTH * strip.x), height);
  }
  pen.fillStyle = colour.bad;
  errors.forEach((error, index) => {
    if (failsAt(index)) {
      pen.beginPath();
      pen.arc(strip.width - 6, 8 + middle(index).y * strip.y, 3, 0, 7);
      pen.fill();
    }
  });
}

function paintView() {
  if (!strip.image) {
    return;
  }
  const map = byId('map');
  const ratio = window.devicePixelRatio || 1;
  const pen = map.getContext('2d');
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, map.width, map.height);
  pen.drawImage(strip.image, 0, 0);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.strokeStyle = ink().accent;
  pen.lineWidth = 1.5;
  const from = {x: strip.left + plane.left * strip.x, y: 8 + plane.top * strip.y};
  const to = {x: from.x + plane.width / plane.scale * strip.x, y: from.y + plane.height / plane.scale * strip.y};
  const clamp = (value, most) => Math.min(Math.max(value, 1), most - 1);
  const [left, top] = [clamp(from.x, strip.width), clamp(from.y, strip.height - 4)];
  pen.strokeRect(left, top, Math.max(4, clamp(to.x, strip.width) - left), Math.max(4, clamp(to.y, strip.height) - top));
}

function listenStrip() {
  const go = event => plane.center((event.offsetX - strip.left) / strip.x, (event.offsetY - 8) / strip.y);
  const map = byId('map');
  map.addEventListener('pointerdown', event => {
    map.setPointerCapture(event.pointerId);
    go(event);
  });
  map.addEventListener('pointermove', event => event.buttons && go(event));
}
