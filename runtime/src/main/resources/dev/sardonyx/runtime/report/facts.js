// Verdict, environment, outputs, notes.
document.title = (data.verdict.state === 'graph' ? 'Graph of ' : 'Cross-check of ') + data.model.slice(0, 100) + ' · Sardonyx';
byId('verdict').classList.add(data.verdict.state);
byId('seal').append(sign(data.verdict.state));
byId('eyebrow').append((data.verdict.state === 'graph' ? 'Graph of ' : 'Cross-check of '), element('span', {class: 'name'}, data.model.slice(0, 300)));
byId('headline').append(data.verdict.headline);
byId('sentences').append(...data.verdict.sentences.map(text => element('p', {}, text)));
byId('facts').append(...[...data.environment, ...data.facts].map(([label, text]) =>
  element('div', {}, element('dt', {}, label), element('dd', {}, text))));

if (data.outputs.length > 0) {
  const rows = data.outputs.map(output => {
    const found = comparison(output.c);
    return [named(output.n), output.pair, element('span', {class: 'mono'}, output.type), small(found.abs), small(found.rel),
      small(found.l2), Number.isNaN(found.cosine) ? '–' : found.cosine.toFixed(6), brief(Number(found.ulp.toFixed(1))),
      found.misplaced === 0 ? 'same' : found.misplaced + ' differ', share(found.severity), String(found.outside), mark(found.passes)];
  });
  const columns = [['output'], ['engines'], ['shape'], ['max abs', 1], ['max rel', 1], ['rel L2', 1], ['cosine', 1], ['ULP', 1], ['NaN/Inf'], ['of tolerance', 1], ['outside', 1], ['verdict']];
  byId('outputs-table').append(table(columns, rows));
  for (const output of data.outputs) {
    const difference = comparison(output.c).difference;
    if (difference) {
      byId('outputs-table').append(element('p', {class: 'alarm'}, output.pair + ': ' + difference));
    }
  }
  byId('outputs').hidden = false;
}

if (data.notes.length > 0) {
  byId('notes-list').append(...data.notes.map(note => element('li', {}, note)));
  byId('notes').hidden = false;
}
