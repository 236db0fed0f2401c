// Search by operator, name, module and source.
const MOST_RESULTS = 40;
const searched = data.nodes.map(node => [node.o, node.n, node.m || '', node.s || ''].join('\n').toLowerCase());
const found = {list: [], at: -1};

function find(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  found.list = words.length === 0 ? [] : searched.flatMap((one, index) => words.every(word => one.includes(word)) ? [index] : []);
  found.at = -1;
  marks.hits = new Set(found.list);
  showResults(words.length > 0);
  plane.invalidate();
}

function showResults(any) {
  const results = byId('results');
  results.hidden = !any;
  byId('search').setAttribute('aria-expanded', String(any));
  byId('search').removeAttribute('aria-activedescendant');
  const shown = found.list.slice(0, MOST_RESULTS).map((index, order) => {
    const node = data.nodes[index];
    const item = element('li', {role: 'option', id: 'result-' + order, 'aria-selected': 'false'},
      element('span', {}, node.o), element('span', {class: 'name'}, node.n.slice(0, 200)),
      element('span', {class: 'name'}, [node.m, node.s].filter(Boolean).join('  ').slice(0, 200)));
    item.addEventListener('click', () => choose(order));
    return item;
  });
  const rest = found.list.length - shown.length;
  if (rest > 0 || any && shown.length === 0) {
    shown.push(element('li', {class: 'more'}, rest > 0 ? `and ${rest} more, marked in the graph` : 'No node has all of these words.'));
  }
  results.replaceChildren(...shown);
}

function choose(order) {
  const items = byId('results').querySelectorAll('[role=option]');
  if (items.length === 0) {
    return;
  }
  if (items[found.at]) {
    items[found.at].setAttribute('aria-selected', 'false');
  }
  found.at = (order + items.length) % items.length;
  items[found.at].setAttribute('aria-selected', 'true');
  items[found.at].scrollIntoView({block: 'nearest'});
  byId('search').setAttribute('aria-activedescendant', items[found.at].id);
  select(found.list[found.at]);
}

byId('search').addEventListener('input', event => find(event.target.value));
byId('search').addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    event.target.value = '';
    find('');
  } else if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    choose(found.at + (event.key === 'ArrowUp' || event.shiftKey ? -1 : 1));
  }
});
document.addEventListener('keydown', event => {
  if (event.key === '/' && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    byId('search').focus();
  }
});
