// Puts the parts together.
function fit() {
  plane.scale = Math.min(1, (plane.width - 100) / plane.bounds.width, (plane.height - 24) / plane.bounds.height);
  plane.left = plane.bounds.width / 2 - (plane.width - 76) / 2 / plane.scale;
  plane.top = plane.bounds.height / 2 - plane.height / 2 / plane.scale;
  plane.invalidate();
}

/** The whole where it can be read, else its beginning, or the node to look at. */
function firstView() {
  fit();
  if (plane.scale < 0.6) {
    plane.scale = Math.min(1, Math.max(0.85, (plane.width - 100) / plane.bounds.width));
    const start = suspected >= 0 ? suspected : rowsOf[0][0];
    const {x, y} = middle(start);
    plane.center(x + 38 / plane.scale, suspected >= 0 ? y : y + plane.height / plane.scale / 2 - 60);
  }
}

function show(index, wanted) {
  if (index >= 0 && wanted && drawing.layers) {
    const {x, y} = middle(index);
    if (plane.scale < 0.42) {
      plane.scale = 0.8;
    }
    if (!plane.shows(x, y, 110)) {
      plane.center(x + 38 / plane.scale, y);
    }
  }
  plane.invalidate();
}

/** The nearest of some nodes, from left to right. */
function nearestOf(indices) {
  const here = drawing.x[selected];
  return indices.toSorted((a, b) => Math.abs(drawing.x[a] - here) - Math.abs(drawing.x[b] - here))[0];
}

function beside(by) {
  const row = rowsOf[drawing.layer[selected]];
  return row[row.indexOf(selected) + by];
}

function listenGraph() {
  const canvas = byId('canvas');
  canvas.addEventListener('click', event => {
    if (plane.travelled < 5) {
      select(nodeAt(event.offsetX, event.offsetY), false);
    }
  });
  canvas.addEventListener('pointermove', event => {
    if (plane.pointers.size === 0) {
      canvas.classList.toggle('over', nodeAt(event.offsetX, event.offsetY) >= 0);
    }
  });
  canvas.addEventListener('keydown', event => {
    const actions = {
      '+': () => plane.zoom(1.25), '=': () => plane.zoom(1.25), '-': () => plane.zoom(0.8), 0: fit,
      Escape: () => select(-1), ArrowUp: () => step1(producers), ArrowDown: () => step1(consumers),
      ArrowLeft: () => go(beside(-1)), ArrowRight: () => go(beside(1)),
    };
    const go = index => index !== undefined && select(index);
    const step1 = neighbours => go(nearestOf(neighbours[selected]));
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      if (event.key.startsWith('Arrow') && selected < 0) {
        select(suspected >= 0 ? suspected : rowsOf[0][0]);
      } else {
        action();
      }
    }
  });
  byId('zoom-in').addEventListener('click', () => plane.zoom(1.3));
  byId('zoom-out').addEventListener('click', () => plane.zoom(1 / 1.3));
  byId('fit').addEventListener('click', fit);
  byId('to-suspect').addEventListener('click', () => select(suspected));
  for (const kind of ['iso', 'acc']) {
    byId('mode-' + kind).addEventListener('click', () => {
      marks.kind = kind;
      byId('mode-iso').setAttribute('aria-pressed', String(kind === 'iso'));
      byId('mode-acc').setAttribute('aria-pressed', String(kind === 'acc'));
      paintStrip();
      plane.invalidate();
    });
  }
}

function graphLegend() {
  const bar = element('canvas', {width: 192, height: 12});
  const paint = () => {
    const pen = bar.getContext('2d');
    ink().scale.forEach((colour, i) => {
      pen.fillStyle = colour.fill;
      pen.fillRect(i * 3, 0, 3, 12);
    });
    pen.fillStyle = ink().text;
    pen.fillRect(95, 0, 2, 12);
  };
  paint();
  repaints.push(paint);
  const ring = (stroke, extra = '') => drawn('svg', {width: 26, height: 14, 'aria-hidden': 'true'},
    drawn('rect', {x: 1.5, y: 1.5, width: 23, height: 11, rx: 4, style: `fill:none;stroke:${stroke};stroke-width:2.2;${extra}`}));
  const cross = drawn('svg', {width: 16, height: 16, 'aria-hidden': 'true'}, drawn('circle', {cx: 8, cy: 8, r: 8, style: 'fill:var(--bad)'}),
    drawn('path', {d: 'M5 5l6 6M11 5l-6 6', style: 'stroke:var(--card);stroke-width:2'}));
  byId('graph-legend').append(element('span', {}, 'exact', bar, '1000 times its tolerance; the notch: all of it'),
    element('span', {}, cross, 'beyond its tolerance'), element('span', {}, ring('var(--sard)'), 'worst node'),
    element('span', {}, ring('var(--soft)', 'stroke-width:1.2;stroke-dasharray:4 3'), 'left out'));
}

function startGraph() {
  plane.bounds = {width: drawing.width, height: drawing.layers * PITCH - PITCH + HEIGHT};
  const canvas = byId('canvas');
  let first = true;
  new ResizeObserver(() => {
    paintStrip();
    plane.resize();
    if (first) {
      first = false;
      firstView();
      plane.paintNow();
      requestAnimationFrame(() => hook.painted = performance.now());
    }
  }).observe(canvas);
  repaints.push(() => { paintStrip(); plane.invalidate(); });
  listenStrip();
  listenGraph();
  listeners.push(show);
  if (suspected >= 0) {
    byId('to-suspect').hidden = false;
  }
  if (hasErrors) {
    byId('modes').hidden = false;
    graphLegend();
  }
  if (drawing.unrouted.length > 0) {
    byId('graph-lead').append(`${drawing.unrouted.length} connections are too long to be routed in a graph of this size; they are drawn for the selected node. `);
  }
}

/** What tests ask of the page: window.sardonyx. */
const hook = {
  /** When the graph was first painted, in milliseconds since the page was asked for. */
  painted: NaN,
  /** Where the middle of a node is in the window, once it is in view; null for none of this name. */
  placeOf(name) {
    const index = data.nodes.findIndex(node => node.k === 'node' && node.n === name);
    if (index < 0) {
      return null;
    }
    const {x, y} = middle(index);
    const box = byId('canvas').getBoundingClientRect();
    return {x: box.left + (x - plane.left) * plane.scale, y: box.top + (y - plane.top) * plane.scale};
  },
  /** The name of the selected node, or null. */
  selected: () => selected < 0 ? null : data.nodes[selected].n,
};
window.sardonyx = hook;

if (drawing.refused) {
  byId('graph-lead').append(drawing.refused);
  byId('graph-tools').hidden = true;
  document.querySelector('.stage').hidden = true;
} else if (!drawing.layers) {
  byId('graph-lead').append('The graph has no nodes.');
} else {
  byId('graph-lead').append('Drag to move; click the graph, then scroll to zoom. The lines of the selected node are marked.');
  startGraph();
}
if (suspected >= 0) {
  showSuspect();
}
if (data.verdict.state !== 'graph') {
  byId('time').hidden = false;
  showTimes();
}
select(suspected, false);
for (const section of document.querySelectorAll('main > section[id]')) {
  const heading = section.querySelector('h2');
  if (heading && !section.hidden) {
    const title = {worst: 'Worst node'}[section.id] || heading.textContent;
    byId('nav').append(element('a', {href: '#' + section.id}, title));
  }
}
