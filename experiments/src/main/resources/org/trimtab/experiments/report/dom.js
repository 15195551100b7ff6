// Elements. A text from the data becomes a text node and nothing else: no markup is ever parsed.

import { NONE } from './format.js';

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

export const words = (...texts) => texts.filter(Boolean).join(', ');

export const empty = (text) => el('p', { class: 'empty' }, text);

// Names and values, as a tooltip has them; a pair without a value is left out.
export function pairs(entries, kind = 'pairs') {
  const kept = entries.filter((entry) => entry && entry[1] !== null && entry[1] !== NONE);
  return el(
    'dl',
    { class: kind },
    kept.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );
}

// A box that scrolls sideways by itself, so that the page never does; focusable to scroll by keys.
export const scrolling = (label, node, kind = '') =>
  el('div', { class: `scroll ${kind}`, role: 'region', 'aria-label': label, tabindex: 0 }, node);

// One stop for the Tab key among many marks; the arrow keys go from mark to mark.
export function roving(container) {
  const stops = () =>
    [...container.querySelectorAll('.stop')].filter((n) => !n.classList.contains('off'));
  const enter = (node) => {
    container.querySelectorAll('.stop').forEach((n) => n.setAttribute('tabindex', -1));
    node.setAttribute('tabindex', 0);
  };
  const all = stops();
  if (all.length > 0) enter(all[0]);
  container.addEventListener('focusin', (event) => {
    const node = event.target.closest('.stop');
    if (node) enter(node);
  });
  container.addEventListener('keydown', (event) => {
    const node = event.target.closest('.stop');
    const next = node && neighbour(stops(), node, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  return container;
}

function neighbour(stops, node, key) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  if (!step) return null;
  const column = (n) => n.closest('td')?.cellIndex;
  const vertical = key === 'ArrowDown' || key === 'ArrowUp';
  const line = vertical ? stops.filter((n) => column(n) === column(node)) : stops;
  return line[line.indexOf(node) + step];
}
