// Error by depth: each compared node from left to right, its error on a logarithmic axis.
const plotted = errors.flatMap((error, index) => error === null ? [] : [index]);

/** The error at which a node would use up its tolerance, were all of its elements as much further off. */
function bound(index, kind) {
  return errors[index][kind] / errors[index].severity[kind];
}

function plot() {
  const canvas = byId('plot');
  const tip = byId('plot-tip');
  const margin = {left: 58, right: 14, top: 12, bottom: 34};
  const logs = plotted.flatMap(i => [errors[i].iso, errors[i].acc]).filter(e => e > 0 && Number.isFinite(e)).map(Math.log10);
  const bounds = plotted.map(i => ['iso', 'acc'].map(kind => bound(i, kind))).flat().filter(t => t > 0 && t < 1).map(Math.log10);
  const all = [...logs, ...bounds, -8];
  const low = Math.floor(all.reduce((a, b) => Math.min(a, b)));
  const high = Math.ceil(all.reduce((a, b) => Math.max(a, b), -5));
  let size = {width: 0, height: 0};
  let base = null;
  let hovered = -1;

  const x = order => margin.left + (order + 0.5) / plotted.length * (size.width - margin.left - margin.right);
  const bottom = () => size.height - margin.bottom - 26;
  const y = error => {
    if (error === 0) {
      return size.height - margin.bottom - 4;
    }
    const part = Number.isFinite(error) ? (Math.log10(error) - low) / (high - low) : 1;
    return bottom() - part * (bottom() - margin.top);
  };
  const nearest = place => Math.max(0, Math.min(plotted.length - 1,
    Math.floor((place - margin.left) / (size.width - margin.left - margin.right) * plotted.length)));

  function axes(pen, colour) {
    pen.font = '12px system-ui, sans-serif';
    pen.fillStyle = colour.soft;
    pen.strokeStyle = colour.grid;
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    const stride = Math.ceil((high - low) / 7);
    for (let decade = low; decade <= high; decade += stride) {
      const at = Math.round(y(10 ** decade)) + 0.5;
      pen.beginPath();
      pen.moveTo(margin.left, at);
      pen.lineTo(size.width - margin.right, at);
      pen.stroke();
      pen.fillText('1e' + String(decade).replace('-', '−'), margin.left - 8, at);
    }
    pen.fillText('exact', margin.left - 8, y(0));
    pen.textAlign = 'center';
    const count = Math.min(plotted.length, Math.max(2, Math.floor(size.width / 110)));
    for (let i = 0; i < count; i++) {
      const order = count === 1 ? 0 : Math.round(i * (plotted.length - 1) / (count - 1));
      pen.fillText(String(order + 1), x(order), size.height - margin.bottom + 14);
    }
    pen.textAlign = 'left';
    pen.fillText('node', 4, size.height - margin.bottom + 14);
  }

  function paintBase() {
    const ratio = window.devicePixelRatio || 1;
    const colour = ink();
    size = {width: canvas.clientWidth, height: canvas.clientHeight};
    base = document.createElement('canvas');
    base.width = canvas.width = Math.max(1, Math.round(size.width * ratio));
    base.height = canvas.height = Math.max(1, Math.round(size.height * ratio));
    const pen = base.getContext('2d');
    pen.scale(ratio, ratio);
    axes(pen, colour);
    pen.setLineDash([5, 4]);
    pen.lineWidth = 1.2;
    for (const [kind, stroke] of [['iso', colour.sard], ['acc', colour.onyx]]) {
      pen.strokeStyle = stroke;
      pen.globalAlpha = 0.75;
      pen.beginPath();
      let begun = false;
      plotted.forEach((i, order) => {
        const most = bound(i, kind);
        if (most > 0 && Number.isFinite(most)) {
          pen[begun ? 'lineTo' : 'moveTo'](x(order), Math.max(margin.top, y(most)));
          begun = true;
        }
      });
      pen.stroke();
      pen.globalAlpha = 1;
    }
    pen.setLineDash([]);
    pen.strokeStyle = colour.onyx;
    pen.lineWidth = 1.5;
    pen.lineJoin = 'round';
    pen.beginPath();
    plotted.forEach((i, order) => pen[order === 0 ? 'moveTo' : 'lineTo'](x(order), y(errors[i].acc)));
    pen.stroke();
    const radius = plotted.length > 600 ? 1.6 : plotted.length > 150 ? 2.3 : 3.4;
    pen.fillStyle = colour.sard;
    plotted.forEach((i, order) => {
      if (errors[i].isoPasses) {
        pen.beginPath();
        pen.arc(x(order), y(errors[i].iso), radius, 0, 7);
        pen.fill();
      }
    });
    pen.strokeStyle = colour.bad;
    pen.lineWidth = 2.4;
    plotted.forEach((i, order) => {
      if (!errors[i].isoPasses) {
        cross(pen, x(order), y(errors[i].iso), 5);
      }
    });
  }

  function cross(pen, atX, atY, reach) {
    pen.beginPath();
    pen.moveTo(atX - reach, atY - reach);
    pen.lineTo(atX + reach, atY + reach);
    pen.moveTo(atX + reach, atY - reach);
    pen.lineTo(atX - reach, atY + reach);
    pen.stroke();
  }

  function paint() {
    if (base === null) {
      return; // its size is not known yet
    }
    const ratio = window.devicePixelRatio || 1;
    const pen = canvas.getContext('2d');
    const colour = ink();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(base, 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const [order, stroke] of [[plotted.indexOf(selected), colour.text], [hovered, colour.soft]]) {
      if (order >= 0) {
        pen.strokeStyle = stroke;
        pen.lineWidth = 1;
        pen.beginPath();
        pen.moveTo(x(order), margin.top);
        pen.lineTo(x(order), size.height - margin.bottom);
        pen.stroke();
        for (const error of [errors[plotted[order]].iso, errors[plotted[order]].acc]) {
          pen.beginPath();
          pen.arc(x(order), y(error), 5.5, 0, 7);
          pen.stroke();
        }
      }
    }
  }

  function hover(order, place) {
    hovered = order;
    tip.hidden = order < 0;
    if (order >= 0) {
      const node = data.nodes[plotted[order]];
      const error = errors[plotted[order]];
      tip.replaceChildren(element('strong', {class: 'name'}, node.n.slice(0, 120)), node.o + ', node ' + (order + 1),
        element('br'), `isolated ${told(error.iso)}, ${share(error.severity.iso)} of its tolerance`,
        element('br'), `accumulated ${told(error.acc)}, ${share(error.severity.acc)} of its tolerance`);
      tip.style.left = Math.max(8, Math.min(place + 14, size.width - tip.offsetWidth - 8)) + 'px';
      tip.style.top = '14px';
    }
    paint();
  }

  canvas.addEventListener('pointermove', event => hover(nearest(event.offsetX), event.offsetX));
  canvas.addEventListener('pointerleave', () => hover(-1));
  canvas.addEventListener('click', event => select(plotted[nearest(event.offsetX)]));
  canvas.addEventListener('keydown', event => {
    const move = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (move) {
      event.preventDefault();
      const next = Math.max(0, Math.min(plotted.length - 1, plotted.indexOf(selected) + move));
      select(plotted[next]);
      hover(next, x(next));
    }
  });
  const anew = () => { paintBase(); paint(); };
  repaints.push(anew);
  listeners.push(paint);
  new ResizeObserver(anew).observe(canvas);
}

if (hasErrors) {
  const key = (label, ...shape) => element('span', {}, drawn('svg', {width: 26, height: 12, 'aria-hidden': 'true'}, ...shape), label);
  byId('depth').hidden = false;
  byId('depth-lead').append(`How far ${data.engine} lies from ${data.reference} (relative L2) at each of ${plotted.length} nodes, in the order in which they run. A node's own error shows where a fault is born; the accumulated one shows what it does downstream.`);
  byId('depth-legend').append(
    key('isolated: the node alone', drawn('circle', {cx: 13, cy: 6, r: 4, style: 'fill:var(--sard)'})),
    key('accumulated: with all that came before', drawn('path', {d: 'M1 6h24', style: 'stroke:var(--onyx);stroke-width:2'})),
    key('beyond its tolerance', drawn('path', {d: 'M8 1l10 10M18 1L8 11', style: 'stroke:var(--bad);stroke-width:2.4'})));
  byId('depth-legend').append(
    key('tolerance of either', drawn('path', {d: 'M1 3h24', style: 'stroke:var(--sard);stroke-width:1.5;stroke-dasharray:5 4'}),
      drawn('path', {d: 'M1 9h24', style: 'stroke:var(--onyx);stroke-width:1.5;stroke-dasharray:5 4'})));
  plot();
}
