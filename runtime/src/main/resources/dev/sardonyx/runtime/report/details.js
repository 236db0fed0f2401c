// All about the selected node.
function listOf(title, entries) {
  return entries.length === 0 ? [] : [element('h4', {}, title), ...entries];
}

function valueLine([name, type, maker]) {
  const line = element('p', {});
  line.append(maker >= 0 && maker !== selected ? link(maker, name) : named(name), ' ',
    element('span', {class: 'mono'}, type));
  return line;
}

function errorsOf(node) {
  const parts = [];
  for (const output of node.f || []) {
    const [iso, acc] = [comparison(output.iso), comparison(output.acc)];
    const row = (label, read) => [label, read(iso), read(acc)];
    parts.push(element('h4', {}, 'Errors of ', named(output.n)), table(
      [[''], ['isolated', 1], ['accumulated', 1]],
      [row('relative L2', found => small(found.l2)), row('max abs', found => small(found.abs)),
        row('max rel', found => small(found.rel)), row('ULP', found => brief(Number(found.ulp.toFixed(1)))),
        ...(Number.isNaN(iso.cosine) ? [] : [row('cosine', found => found.cosine.toFixed(6))]),
        row('of tolerance', found => share(found.severity)),
        row('outside', found => String(found.outside)), ...(iso.tied + acc.tied > 0 ? [row('tied', found => String(found.tied))] : []), row('NaN/Inf differ', found => String(found.misplaced)),
        row('verdict', found => mark(found.passes))]));
    for (const difference of new Set([iso.difference, acc.difference].filter(Boolean))) {
      parts.push(element('p', {class: 'alarm'}, difference));
    }
    parts.push(...numbersOf(output));
  }
  return parts;
}

function numbersOf(output) {
  const labels = ['elements', 'least', 'greatest', 'mean', 'rms', 'NaN', 'infinite'];
  if (Number(output.e[0]) === 0 && Number(output.r[0]) === 0) {
    return [];
  }
  return [element('h4', {}, 'Numbers'), table([[''], [data.engine, 1], [data.reference, 1]],
    labels.map((label, i) => [label, brief(Number(output.e[i])), brief(Number(output.r[i]))]))];
}

function showDetails(index) {
  const panel = byId('details');
  if (index < 0) {
    panel.replaceChildren(element('p', {class: 'empty'}, 'Click a node, search for one, or go from node to node with the arrow keys.'));
    return;
  }
  const node = data.nodes[index];
  const facts = element('dl', {});
  const fact = (label, text) => text && facts.append(element('dt', {}, label), element('dd', {class: 'name'}, text.slice(0, 2000)));
  fact('module', node.m);
  fact('source', node.s);
  fact('domain', node.d);
  fact('layer', drawing.layer ? String(drawing.layer[index] + 1) : '');
  const attributes = (node.a || []).map(([name, value]) =>
    element('p', {}, named(name), ' = ', element('span', {class: 'mono name'}, value)));
  panel.replaceChildren(
    element('h3', {}, node.d ? node.d + '.' + node.o : node.o),
    element('p', {id: 'details-name', class: 'name clip'}, node.n),
    ...(index === suspected ? [element('p', {class: data.suspect.charge === 'worst' ? 'empty' : 'alarm'}, CHARGES[data.suspect.charge][0])] : []),
    ...(node.left ? [element('p', {class: 'alarm'}, 'Left out: ' + node.left)] : []),
    facts,
    ...listOf('Attributes', attributes),
    ...listOf('Inputs', (node.i || []).map(valueLine)),
    ...listOf('Outputs', (node.u || []).map(valueLine)),
    ...listOf('Used by', consumers[index].slice(0, 40).map(to => element('p', {}, link(to, data.nodes[to].n), ' ', data.nodes[to].o))),
    ...errorsOf(node));
  panel.scrollTop = 0;
}

listeners.push(showDetails);
