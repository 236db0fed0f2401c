// What all parts of the page use. Texts of the model come into the page as text nodes only.
const data = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; what is no element becomes text. */
function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(result, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'style') {
      result.style.cssText = value; // the attribute itself is refused by the page's policy
    } else {
      result.setAttribute(key, value);
    }
  }
  result.append(...children);
  return result;
}

/** A name of the model, kept apart from the direction of the text around it. */
function named(text, more = '') {
  return element('span', {class: 'name ' + more, title: text.slice(0, 300)}, text.length > 400 ? text.slice(0, 400) + '…' : text);
}

/** A number of any size in few characters. */
function brief(number) {
  const size = Math.abs(number);
  if (number === 0) {
    return '0';
  }
  if (!Number.isFinite(number)) {
    return Number.isNaN(number) ? 'NaN' : number > 0 ? '∞' : '−∞';
  }
  const text = size >= 1e-3 && size < 1e5
    ? String(Number(number.toPrecision(size >= 1 && Number.isInteger(number) ? 6 : 4)))
    : number.toExponential(2);
  return text.replace('-', '−').replace('e-', 'e−').replace('e+', 'e');
}

/** All digits that tell two numbers apart, as few as a float32 needs where it is one. */
function exact(number) {
  if (!Number.isFinite(number)) {
    return brief(number);
  }
  let text = String(number);
  if (Math.fround(number) === number) {
    for (let digits = 9; digits > 0 && Math.fround(Number(number.toPrecision(digits))) === number; digits--) {
      text = String(Number(number.toPrecision(digits)));
    }
  }
  return text.replaceAll('-', '−');
}

/** An error: its order of magnitude is what matters. */
function small(number) {
  return number === 0 || !Number.isFinite(number) ? brief(number) : number.toExponential(1).replace('-', '−').replace('+', '');
}

function comparison(found) {
  const [passes, l2, abs, rel, ulp, misplaced, outside, difference, cosine, severity, tied] = found;
  return {
    passes, l2: Number(l2), abs: Number(abs), rel: Number(rel), ulp: Number(ulp), misplaced, outside,
    difference, cosine: Number(cosine), severity: Number(severity), tied,
  };
}

/** Twenty-four by twenty-four: a check, a cross, a dash. */
const SIGNS = {pass: 'M5 12.5l4.5 4.5L19 7.5', fail: 'M6.5 6.5l11 11M17.5 6.5l-11 11', empty: 'M6 12h12', graph: 'M9 3.5h6v5H9zM3.5 15.5h6v5h-6zM14.5 15.5h6v5h-6zM12 8.5V12M6.5 15.5V12h11v3.5'};

function sign(kind) {
  return drawn('svg', {viewBox: '0 0 24 24', 'aria-hidden': 'true'}, drawn('path', {d: SIGNS[kind]}));
}

function mark(passes) {
  return element('span', {class: 'mark ' + (passes ? 'good' : 'bad')}, sign(passes ? 'pass' : 'fail'), passes ? 'pass' : 'fail');
}

/** How much of a tolerance is used up. */
function share(severity) {
  const part = severity < 1e-3 ? small(severity * 100) : brief(Number((severity * 100).toPrecision(2)));
  return severity === 0 || severity > 10 || !Number.isFinite(severity) ? times(severity) : part + ' %';
}

function times(severity) {
  return severity === 0 ? '0' : brief(Number(severity.toPrecision(2))) + ' ×';
}

/** A table; columns are [title, whether of numbers]. */
function table(columns, rows) {
  const kind = i => columns[i][1] ? {class: 'number'} : {};
  return element('table', {},
    element('thead', {}, element('tr', {}, ...columns.map(([title], i) => element('th', {scope: 'col', ...kind(i)}, title)))),
    element('tbody', {}, ...rows.map(row => element('tr', {}, ...row.map((cell, i) => element('td', kind(i), cell))))));
}
