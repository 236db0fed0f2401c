// Which node is selected; every part of the page that shows it listens.
const listeners = [];
let selected = -1;

/** Selects a node; shown says whether the graph is to bring it into view. */
function select(index, shown = true) {
  selected = index;
  listeners.forEach(listener => listener(index, shown));
}

/** A button with a node's name that selects it. */
function link(index, text) {
  const result = element('button', {class: 'link', type: 'button', title: text.slice(0, 300)}, text.length > 160 ? text.slice(0, 157) + '…' : text);
  result.addEventListener('click', () => select(index));
  return result;
}

/** Nodes that take the values of each. */
const consumers = data.nodes.map(() => []);
data.nodes.forEach((node, index) => {
  for (const [, , maker] of node.i || []) {
    if (maker >= 0 && consumers[maker].at(-1) !== index) {
      consumers[maker].push(index);
    }
  }
});
const producers = data.nodes.map(node => [...new Set((node.i || []).map(input => input[2]).filter(maker => maker >= 0))]);

/** How an error is told: the number, or that there is none. */
function told(error) {
  return error === Infinity ? 'no number' : small(error);
}
