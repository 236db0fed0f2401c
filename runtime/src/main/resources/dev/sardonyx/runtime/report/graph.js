// The graph: what is in view is drawn, in as much detail as can be read.
const WIDTH = 192;
const HEIGHT = 46;
const PITCH = 88;
const MOST_LINES = 24000;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif';
const drawing = data.drawing;
const suspected = data.suspect.at === undefined ? -1 : data.suspect.at;
const marks = {kind: 'iso', hits: new Set()};

const rowsOf = Array.from({length: drawing.layers || 0}, () => []);
(drawing.layer || []).forEach((row, index) => rowsOf[row].push(index));
rowsOf.forEach(row => row.sort((a, b) => drawing.x[a] - drawing.x[b]));

/** Where the lines of each row begin in the array of all. */
const firstLine = new Int32Array((drawing.layers || 0) + 1);
for (let i = 0; i < (drawing.lines || []).length; i += 6) {
  firstLine[drawing.lines[i] + 1] = i + 6;
}
for (let row = 1; row < firstLine.length; row++) {
  firstLine[row] = Math.max(firstLine[row], firstLine[row - 1]);
}

const middle = index => ({x: drawing.x[index], y: drawing.layer[index] * PITCH + HEIGHT / 2});

/** A text that fits, by the width of its characters. */
function fitting(pen, text, width) {
  const start = text.slice(0, 60);
  if (start === text && pen.measureText(text).width <= width) {
    return text;
  }
  let length = start.length;
  while (length > 1 && pen.measureText(start.slice(0, length) + '…').width > width) {
    length--;
  }
  return start.slice(0, length) + '…';
}

const fitted = new Map();

function cached(pen, key, text, width) {
  let result = fitted.get(key);
  if (result === undefined) {
    result = fitting(pen, text, width);
    fitted.set(key, result);
  }
  return result;
}

/** Steps that are too pale to be told from the ground where a node is a few pixels. */
const PALE = 14;

/** The colours of a node; from afar, what is as good as exact has one that stands out. */
function colourOf(index, colour, afar = false) {
  const error = errors[index];
  if (error) {
    const at = step(error.severity[marks.kind]);
    return at < PALE && afar ? {fill: colour.far} : colour.scale[at];
  }
  if (afar) {
    return {fill: data.nodes[index].k === 'node' ? colour.far : colour.accent};
  }
  return {fill: data.nodes[index].k === 'node' ? colour.node : colour.pill, ink: colour.text, faint: colour.soft};
}

function failsAt(index) {
  const error = errors[index];
  return error !== null && !(marks.kind === 'iso' ? error.isoPasses : error.accPasses);
}

/** The rows that are in view, and what of the plane is. */
function inView(plane) {
  const rows = drawing.layers;
  return {
    from: Math.max(0, Math.floor(plane.top / PITCH) - 1),
    to: Math.min(rows - 1, Math.ceil((plane.top + plane.height / plane.scale) / PITCH)),
    left: plane.left - WIDTH, right: plane.left + plane.width / plane.scale + WIDTH,
  };
}

function line(pen, i, curved) {
  const lines = drawing.lines;
  const top = lines[i] * PITCH;
  const from = top + HEIGHT;
  const to = top + PITCH;
  pen.moveTo(lines[i + 1], lines[i + 5] ? top : from);
  if (lines[i + 5]) {
    pen.lineTo(lines[i + 1], from);
  }
  if (curved && lines[i + 1] !== lines[i + 2]) {
    const half = (from + to) / 2;
    pen.bezierCurveTo(lines[i + 1], half, lines[i + 2], half, lines[i + 2], to);
  } else {
    pen.lineTo(lines[i + 2], to);
  }
}

/** Whether a line leads to or from the selected node. */
function touches(i) {
  const [row, , , from, to] = [0, 1, 2, 3, 4].map(k => drawing.lines[i + k]);
  return from === selected || to === selected
    || to < 0 && producers[selected].includes(from) && row < drawing.layer[selected] - 1;
}

function paintLines(pen, plane, view, colour) {
  const start = firstLine[view.from];
  const end = firstLine[view.to + 1];
  const stride = 6 * Math.max(1, Math.ceil((end - start) / 6 / MOST_LINES));
  const curved = plane.scale > 0.15;
  pen.strokeStyle = colour.line;
  pen.lineWidth = Math.max(1.3, 0.6 / plane.scale);
  pen.beginPath();
  const own = [];
  for (let i = start; i < end; i += stride) {
    const [a, b] = [drawing.lines[i + 1], drawing.lines[i + 2]];
    if (Math.max(a, b) >= view.left && Math.min(a, b) <= view.right) {
      if (selected >= 0 && touches(i)) {
        own.push(i);
      } else {
        line(pen, i, curved);
      }
    }
  }
  pen.stroke();
  pen.strokeStyle = colour.accent;
  pen.lineWidth = Math.max(2.2, 1.4 / plane.scale);
  pen.beginPath();
  own.forEach(i => line(pen, i, curved));
  pen.stroke();
  if (selected >= 0) {
    paintUnrouted(pen, plane, colour);
  }
}

function paintUnrouted(pen, plane, colour) {
  pen.setLineDash([6 / plane.scale, 5 / plane.scale]);
  pen.lineWidth = 1.4 / plane.scale;
  pen.beginPath();
  for (const [from, to] of drawing.unrouted) {
    if (from === selected || to === selected) {
      pen.moveTo(middle(from).x, middle(from).y);
      pen.lineTo(middle(to).x, middle(to).y);
    }
  }
  pen.stroke();
  pen.setLineDash([]);
}

function box(pen, index, grow) {
  const {x, y} = middle(index);
  const round = data.nodes[index].k === 'node' ? 7 : HEIGHT / 2;
  pen.beginPath();
  pen.roundRect(x - WIDTH / 2 - grow, y - HEIGHT / 2 - grow, WIDTH + 2 * grow, HEIGHT + 2 * grow, round + grow);
}

function paintNode(pen, plane, index, colour) {
  const {x, y} = middle(index);
  const own = colourOf(index, colour, plane.scale < 0.2);
  pen.fillStyle = own.fill;
  if (plane.scale < 0.2) {
    const height = Math.max(HEIGHT, 2 / plane.scale);
    pen.fillRect(x - WIDTH / 2, y - height / 2, WIDTH, height);
    return;
  }
  box(pen, index, 0);
  pen.fill();
  pen.strokeStyle = colour.edge;
  pen.lineWidth = 1 / Math.min(1, plane.scale);
  pen.setLineDash(data.nodes[index].left ? [5, 4] : []);
  pen.stroke();
  pen.setLineDash([]);
  if (plane.scale >= 0.42) {
    paintText(pen, index, x, y, own);
  }
}

function paintText(pen, index, x, y, own) {
  const node = data.nodes[index];
  const error = errors[index];
  const tail = error ? told(error[marks.kind]) : node.left ? 'left out' : '';
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillStyle = own.ink;
  pen.font = '600 13px ' + FONT;
  const room = WIDTH - 24 - (tail ? 8 * tail.length + 4 : 0);
  pen.fillText(cached(pen, 'o' + room + node.o, node.o, room), x - WIDTH / 2 + 12, y - 9);
  pen.font = '12px ' + FONT;
  pen.fillStyle = own.faint;
  const below = node.k === 'node' && !hasErrors && node.u.length > 0 ? node.u[0][1] : node.n;
  pen.fillText(cached(pen, index, below, WIDTH - 24), x - WIDTH / 2 + 12, y + 10);
  if (tail) {
    pen.fillStyle = own.ink;
    pen.textAlign = 'right';
    pen.fillText(tail, x + WIDTH / 2 - 10, y - 9);
  }
}

/** A ring around a node, and a sign at its corner: shape tells what colour may not. */
function paintRing(pen, plane, index, stroke, width, grow) {
  pen.strokeStyle = stroke;
  pen.lineWidth = width / Math.min(1, plane.scale);
  box(pen, index, grow / Math.min(1, plane.scale));
  pen.stroke();
}

function paintCross(pen, plane, index, colour) {
  const {x, y} = middle(index);
  const size = Math.min(9 / Math.min(1, plane.scale), Math.max(PITCH * 0.42, 2.5 / plane.scale));
  const [atX, atY] = [x + WIDTH / 2, y - HEIGHT / 2];
  pen.fillStyle = colour.bad;
  pen.beginPath();
  pen.arc(atX, atY, size, 0, 7);
  pen.fill();
  pen.strokeStyle = colour.card;
  pen.lineWidth = size / 4;
  pen.beginPath();
  const reach = size * 0.42;
  pen.moveTo(atX - reach, atY - reach);
  pen.lineTo(atX + reach, atY + reach);
  pen.moveTo(atX + reach, atY - reach);
  pen.lineTo(atX - reach, atY + reach);
  pen.stroke();
}

function paintGraph(pen, plane) {
  const colour = ink();
  const view = inView(plane);
  paintLines(pen, plane, view, colour);
  const special = [];
  for (let row = view.from; row <= view.to; row++) {
    for (const index of rowsOf[row]) {
      if (drawing.x[index] >= view.left && drawing.x[index] <= view.right) {
        paintNode(pen, plane, index, colour);
        if (index === selected || index === suspected || marks.hits.has(index) || failsAt(index)) {
          special.push(index);
        }
      }
    }
  }
  for (const index of special) {
    if (marks.hits.has(index)) {
      paintRing(pen, plane, index, colour.onyx, 2, 3);
    }
    if (index === suspected) {
      paintRing(pen, plane, index, colour.sard, 3, 4);
    }
    if (index === selected) {
      paintRing(pen, plane, index, colour.text, 2.5, 1);
    }
    if (failsAt(index)) {
      paintCross(pen, plane, index, colour);
    }
  }
  paintView();
}

const plane = new Plane(byId('canvas'), pen => drawing.layers && paintGraph(pen, plane));

/** The node at a place of the canvas, or -1. */
function nodeAt(x, y) {
  const [atX, atY] = [plane.left + x / plane.scale, plane.top + y / plane.scale];
  const row = Math.floor(atY / PITCH);
  const slack = 4 / plane.scale;
  if (row < 0 || row >= rowsOf.length || atY - row * PITCH > HEIGHT + slack) {
    return -1;
  }
  const found = rowsOf[row].find(index => Math.abs(drawing.x[index] - atX) <= WIDTH / 2 + slack);
  return found === undefined ? -1 : found;
}
