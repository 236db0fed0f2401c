// The worst node in full: its elements, the vote, its histograms.
const CHARGES = {
  fault: ['The error is born at this node.', 'Faulty node'],
  grown: ['The error becomes too large here; it was not born here.', 'Where the error has grown too large'],
  tie: ['The engines choose between equal values here.', 'Where a tie is broken'],
  worst: ['Nothing is wrong here: this is the node that errs most for what it may.', 'Worst node'],
};

function elementsTable(suspect) {
  const third = suspect.worst.some(one => one.length > 3);
  const columns = [['element'], [data.engine, 1], [data.reference, 1], ['difference', 1]];
  if (third) {
    columns.push(['float64', 1], [data.engine + ' off by', 1], [data.reference + ' off by', 1]);
  }
  return element('div', {class: 'scroll'}, table(columns, suspect.worst.map(([place, mine, theirs, right]) => {
    const [a, b, c] = [Number(mine), Number(theirs), Number(right)];
    const row = [element('span', {class: 'mono'}, place), exact(a), exact(b), small(Math.abs(a - b))];
    return third ? [...row, exact(Number(c.toPrecision(12))), small(Math.abs(a - c)), small(Math.abs(b - c))] : row;
  })));
}

/** Bars on a logarithmic scale, because distances differ by powers of ten. */
function voteBars(vote) {
  const [mine, theirs] = [Number(vote.e), Number(vote.r)];
  const length = error => error === 0 ? 0 : Math.min(1, Math.max(0.02, (Math.log10(error) + 9) / 9)) * 100;
  const row = (label, kind, error) => [element('span', {}, label),
    element('div', {class: 'bar ' + kind, style: `width:${length(error)}%`}), element('span', {class: 'value'}, small(error))];
  return Number.isNaN(mine) && Number.isNaN(theirs) ? '' :
    element('div', {class: 'bars'}, ...row(data.engine, 'e', mine), ...row(data.reference, 'r', theirs));
}

function histogram(caption, filled, outlined) {
  const counts = filled.counts.map(Number);
  const others = (outlined ? outlined.counts : []).map(Number);
  const most = Math.max(1, ...counts, ...others);
  const height = count => count === 0 ? 0 : Math.max(1.5, Math.log1p(count) / Math.log1p(most) * 100);
  const chart = drawn('svg', {class: 'histogram', viewBox: `0 0 ${counts.length || 1} 100`, preserveAspectRatio: 'none', role: 'img', 'aria-label': caption});
  counts.forEach((count, i) => count > 0 && chart.append(drawn('rect', {class: 'e', x: i + 0.06, y: 100 - height(count), width: 0.88, height: height(count)})));
  if (others.length > 0) {
    const steps = others.map((count, i) => `L${i} ${100 - height(count)}H${i + 1}`).join('');
    chart.append(drawn('path', {class: 'r', d: 'M0 100' + steps + `L${others.length} 100`}));
  }
  chart.append(drawn('path', {class: 'base', d: `M0 100H${counts.length || 1}`}));
  const strange = [[filled, outlined ? data.engine : ''], [outlined, data.reference]].filter(([one]) => one && Number(one.others) > 0)
    .map(([one, who]) => `${who ? who + ': ' : ''}${one.others} NaN or infinite`).join(', ');
  return element('figure', {}, chart,
    element('div', {class: 'ends'}, element('span', {}, brief(Number(filled.from))), element('span', {}, brief(Number(filled.to)))),
    element('figcaption', {}, caption + (strange ? '; not drawn: ' + strange : '')));
}

function showSuspect() {
  const suspect = data.suspect;
  const node = data.nodes[suspect.at];
  const place = [node.o, node.m, node.s].filter(Boolean).join(', ').slice(0, 400);
  const section = byId('worst');
  section.append(
    element('h2', {}, CHARGES[suspect.charge][1] + ': ', link(suspect.at, node.n)),
    element('p', {class: 'lead'}, element('span', {class: 'name'}, place), '. ', CHARGES[suspect.charge][0]));
  const voted = element('div', {class: 'voted'}, element('h3', {}, 'A third opinion'),
    element('p', {class: 'vote'}, suspect.vote.reason),
    ...(suspect.vote.voter ? [element('p', {class: 'vote'}, 'Computed in float64: ' + suspect.vote.voter + '. Distance of each engine from it (relative L2):')] : []),
    voteBars(suspect.vote));
  const values = element('div', {}, element('h3', {}, 'Values of ', named(suspect.output)),
    histogram(`values of ${data.engine} (filled) and ${data.reference} (outlined); heights are logarithmic`, suspect.e, suspect.r));
  const own = element('div', {}, element('h3', {}, 'Errors'),
    histogram(`${data.engine} less ${data.reference}, the node alone; heights are logarithmic`, suspect.errors));
  const elements = element('div', {}, element('h3', {}, 'Elements that differ most'),
    suspect.worst.length > 0 ? elementsTable(suspect) : element('p', {class: 'lead'}, 'No element differs.'));
  section.append(elements, voted, element('div', {class: 'columns'}, values, own));
  section.hidden = false;
}
