// Errors as colours, on a logarithmic scale whose lightness alone tells them apart.
const RANGE = 3; // powers of ten to both sides of what is allowed, which is in the middle
const STEPS = 64;
const LIGHT = [[255, 255, 255], [248, 222, 172], [240, 168, 96], [200, 74, 58], [84, 16, 66]];
const DARK = [[44, 46, 52], [76, 48, 92], [146, 54, 106], [226, 112, 78], [255, 222, 148]];
const darkness = matchMedia('(prefers-color-scheme: dark)');

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : darkness.matches;
}

function colours(stops) {
  const result = [];
  for (let i = 0; i < STEPS; i++) {
    const at = i / (STEPS - 1) * (stops.length - 1);
    const low = Math.min(Math.floor(at), stops.length - 2);
    const rgb = stops[low].map((part, c) => Math.round(part + (stops[low + 1][c] - part) * (at - low)));
    const light = (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]) > 138;
    result.push({fill: `rgb(${rgb.join(',')})`, ink: light ? '#1d1a17' : '#ffffff', faint: light ? '#544d45' : '#e6dde0'});
  }
  return result;
}

const SCALES = {light: colours(LIGHT), dark: colours(DARK)};

/** The step of an error by how many times what is allowed it is; 0 is exact. */
function step(severity) {
  if (severity === 0) {
    return 0;
  }
  if (!Number.isFinite(severity)) {
    return STEPS - 1;
  }
  const part = (Math.log10(severity) + RANGE) / (2 * RANGE);
  return Math.round(Math.min(1, Math.max(0.02, part)) * (STEPS - 1));
}

/** Colours that a canvas needs, which CSS cannot give it. */
function ink() {
  return isDark()
    ? {scale: SCALES.dark, line: '#5c606b', node: '#262930', edge: '#6b707c', text: '#e9e6e1', soft: '#a8a39b', grid: '#2b2d33', card: '#1e2024', sard: '#ee8b5c', onyx: '#79b4ec', bad: '#ff8d97', accent: '#79b4ec', pill: '#1b2b3a', far: '#5b5f69'}
    : {scale: SCALES.light, line: '#b4ab9d', node: '#ffffff', edge: '#8d8478', text: '#211e1b', soft: '#625c55', grid: '#ebe8e1', card: '#ffffff', sard: '#a8431c', onyx: '#1f5f99', bad: '#a11d33', accent: '#1f5f99', pill: '#e6eff7', far: '#c3bdb2'};
}

const repaints = [];

function repaint() {
  repaints.forEach(paint => paint());
}

darkness.addEventListener('change', repaint);
byId('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const next = {auto: isDark() ? 'light' : 'dark', light: 'dark', dark: 'light'}[root.dataset.theme || 'auto'];
  root.dataset.theme = next;
  byId('theme').textContent = 'Theme: ' + next;
  repaint();
});

/** What was found of each node, its outputs taken together. */
const errors = data.nodes.map(node => {
  const found = (node.f || []).map(output => ({iso: comparison(output.iso), acc: comparison(output.acc)}));
  const worst = kind => found.reduce((most, one) => Number.isNaN(one[kind].l2) ? Infinity : Math.max(most, one[kind].l2), 0);
  const most = kind => found.reduce((least, one) => Math.max(least, one[kind].severity), 0);
  return found.length === 0 ? null : {
    iso: worst('iso'), acc: worst('acc'), severity: {iso: most('iso'), acc: most('acc')},
    isoPasses: found.every(one => one.iso.passes), accPasses: found.every(one => one.acc.passes),
  };
});
const hasErrors = errors.some(error => error !== null);
