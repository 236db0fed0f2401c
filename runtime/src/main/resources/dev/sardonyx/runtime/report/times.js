// Time per node, the engines side by side; the slowest nodes first.
const MOST_TIMES = 16;

function showTimes() {
  const {engines, nodes} = data.times;
  if (engines.length === 0 || nodes.length === 0) {
    byId('times').append(element('p', {class: 'lead'}, 'Nodes were not timed for this report.'));
    return;
  }
  const rows = nodes.map(([index, ...times]) => ({index, times: times.map(Number)}));
  const most = row => row.times.reduce((a, b) => Number.isFinite(b) ? Math.max(a, b) : a, 0);
  rows.sort((a, b) => most(b) - most(a));
  const longest = most(rows[0]) || 1;
  const totals = engines.map((_, i) => rows.reduce((sum, row) => sum + (Number.isFinite(row.times[i]) ? row.times[i] : 0), 0));
  const bars = row => element('div', {}, ...row.times.map((time, i) =>
    element('div', {class: 'bar ' + (i === 0 ? 'e' : 'r'), style: `width:${Number.isFinite(time) ? time / longest * 100 : 0}%`})));
  byId('times').append(
    element('p', {class: 'lead'}, engines.map((engine, i) => `${engine}: ${totals[i].toFixed(3)} ms in ${rows.length} nodes`).join('; ')
      + (rows.length > MOST_TIMES ? `. The ${MOST_TIMES} slowest are shown.` : '.')),
    element('div', {class: 'legend'}, ...engines.map((engine, i) => element('span', {},
      element('div', {class: 'bar ' + (i === 0 ? 'e' : 'r'), style: 'width:26px'}), engine))),
    element('div', {class: 'scroll times'}, table([['node'], ['operator'], ['', 0], ...engines.map(engine => [engine + ' ms', 1])],
      rows.slice(0, MOST_TIMES).map(row => [link(row.index, data.nodes[row.index].n), data.nodes[row.index].o, bars(row),
        ...row.times.map(time => Number.isFinite(time) ? time.toFixed(3) : '–')]))));
  byId('times').querySelectorAll('tbody td:nth-child(3)').forEach(cell => cell.classList.add('track'));
}
