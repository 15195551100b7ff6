// Tables that sort by a click or a key on a column's head.

import { el } from './dom.js';
import { plural } from './format.js';

// A column: { label, note, kind, value(item), cell(item), highFirst }. `value` is what is sorted by;
// what has none stays last either way. `rest` are table bodies that take no part.
export function sortable({ caption, columns, items, rest = [], rowClass = () => '' }) {
  const body = el('tbody');
  const heads = columns.map((column) => head(column));
  const table = el(
    'table',
    {},
    el('caption', {}, caption),
    el('thead', {}, el('tr', {}, heads)),
    body,
    rest,
  );
  const lines = items.map((item) => ({ item, node: line(columns, item, rowClass(item)) }));
  body.append(...lines.map((entry) => entry.node));
  heads.forEach((node, index) => {
    node.querySelector('button').addEventListener('click', () => {
      const first = columns[index].highFirst ? 'descending' : 'ascending';
      const other = first === 'ascending' ? 'descending' : 'ascending';
      const order = node.getAttribute('aria-sort') === first ? other : first;
      heads.forEach((n) => n.setAttribute('aria-sort', n === node ? order : 'none'));
      body.append(...sorted(lines, columns[index].value, order).map((entry) => entry.node));
    });
  });
  return table;
}

const head = (column) =>
  el(
    'th',
    { scope: 'col', 'aria-sort': 'none', class: column.kind ?? '' },
    el('button', { type: 'button' }, column.label, el('i', { 'aria-hidden': 'true' })),
    column.note ? el('span', { class: 'note' }, column.note) : null,
  );

// The first column names the line.
const line = (columns, item, kind) =>
  el(
    'tr',
    { class: kind },
    columns.map((column, index) =>
      index === 0
        ? el('th', { scope: 'row', class: column.kind ?? '' }, column.cell(item))
        : el('td', { class: column.kind ?? '' }, column.cell(item)),
    ),
  );

function sorted(lines, value, order) {
  const known = (entry) => (value(entry.item) ?? null) !== null;
  const byValue = order === 'ascending' ? d3.ascending : d3.descending;
  return [
    ...lines.filter(known).sort((a, b) => byValue(value(a.item), value(b.item))),
    ...lines.filter((entry) => !known(entry)),
  ];
}

// A box that keeps the lines that hold all of its words.
export function filterable(table, noun) {
  const lines = [...table.tBodies[0].rows];
  const input = el('input', {
    type: 'search',
    placeholder: 'lora rte failed',
    autocomplete: 'off',
  });
  const shown = el('output', {}, plural(lines.length, noun));
  input.addEventListener('input', () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const node of lines) {
      const text = node.textContent.toLowerCase();
      node.hidden = !wanted.every((word) => text.includes(word));
    }
    const left = lines.filter((node) => !node.hidden).length;
    shown.textContent =
      left === lines.length ? plural(left, noun) : `${left} of ${plural(lines.length, noun)}`;
  });
  return el('div', { class: 'filter' }, el('label', {}, 'Filter ', input), shown);
}
