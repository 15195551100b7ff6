// The main table: rows by tasks.

import { bar, barScale } from './bars.js';
import { scoreCell } from './cells.js';
import { swatch } from './charts.js';
import { el, empty, pairs, roving, scrolling, words } from './dom.js';
import {
  count,
  duration,
  isNumber,
  memory,
  NONE,
  plural,
  points,
  probability,
  share,
} from './format.js';
import { cellOf, isReference, lowerIsBetter, mean, report, rows, single, sizeOf, tasks } from './model.js';
import { sortable } from './tables.js';
import { tip, tipHead } from './tips.js';

export function results() {
  if (rows.length === 0 || tasks.length === 0) {
    return [empty('The sweep has no trials yet: there is nothing to compare.')];
  }
  const scales = new Map(tasks.map((task) => [task.name, barScale(task)]));
  const table = sortable({
    caption:
      'Dev scores by row and task. Headings sort, by click or key; scores tell more when pointed at.',
    columns: [nameColumn(), ...tasks.map((task) => taskColumn(task, scales)), ...totals()],
    items: rows,
    rest: baselines(scales),
    rowClass: (row) => (isReference(row) ? 'reference' : ''),
  });
  const note = report.counts.finished === 0 ? empty('No trial has finished yet.') : null;
  return [note, scrolling('Results', roving(table), 'main')].filter(Boolean);
}

const nameColumn = () => ({
  label: single ? 'Row' : 'Method',
  kind: 'name',
  value: (row) => row.name,
  cell: (row) => [
    swatch(row.group),
    el('span', { class: 'label' }, single ? row.name : row.method),
    isReference(row) ? el('span', { class: 'tag' }, 'reference') : null,
    settingsNote(row),
  ],
});

function settingsNote(row) {
  const settings = Object.entries(row.settings);
  if (settings.length === 0) return null;
  return el(
    'span',
    { class: 'note' },
    settings.map(([k, v]) => `${lastPart(k)} = ${v}`).join(', '),
  );
}

export const lastPart = (key) => key.split('.').at(-1);

function taskColumn(task, scales) {
  return {
    label: task.name,
    note: words(
      task.metric,
      lowerIsBetter(task) ? 'lower is better' : '',
      `${count(task.items)} ${task.split}`,
      task.subset ? 'a subset' : '',
    ),
    kind: 'score',
    highFirst: !lowerIsBetter(task),
    value: (row) => cellOf(row, task)?.score?.mean ?? null,
    cell: (row) => scoreCell(row, task, scales.get(task.name)),
  };
}

function totals() {
  const seconds = (row) => mean(row.cells.map((cell) => cell.seconds));
  const memories = (row) => d3.max(row.cells, (cell) => cell.memory_mib) ?? null;
  const numeric = (column) => ({ kind: 'number', ...column });
  return [
    numeric({
      label: 'Average',
      note: 'over tasks',
      highFirst: !tasks.every(lowerIsBetter),
      value: (row) => row.average?.mean ?? null,
      cell: averageCell,
    }),
    numeric({
      label: 'Parameters',
      note: 'trainable',
      value: (row) => sizeOf(row)?.parameters ?? null,
      cell: sizeCell,
    }),
    numeric({
      label: 'Time',
      note: 'a trial, mean',
      value: seconds,
      cell: (row) => duration(seconds(row)),
    }),
    numeric({
      label: 'Memory',
      note: 'peak',
      value: memories,
      cell: (row) => memory(memories(row)),
    }),
  ];
}

function averageCell(row) {
  if (!row.average) return NONE;
  const node = el('span', { class: 'stop mean' }, points(row.average.mean, tasks[0]));
  tip(node, () => [
    ...tipHead(row.name, `mean over ${plural(row.average.tasks, 'task')}`),
    pairs([
      ['mean', points(row.average.mean, tasks[0])],
      ['Wilcoxon p', probability(row.average.wilcoxon_p)],
    ]),
  ]);
  const missing = row.average.tasks < tasks.length;
  return [
    node,
    missing ? el('span', { class: 'note' }, `${row.average.tasks} of ${tasks.length}`) : null,
  ];
}

function sizeCell(row) {
  const cell = sizeOf(row);
  if (!cell) return NONE;
  return [
    count(cell.parameters),
    el('span', { class: 'note' }, share(cell.parameters, cell.total_parameters)),
  ];
}

// A line of its own, below the methods and never sorted among them.
function baselines(scales) {
  if (tasks.every((task) => task.metric === '')) return []; // no trial has a result yet
  const cells = tasks.map((task) =>
    el(
      'td',
      { class: 'score' },
      isNumber(task.baseline)
        ? el(
            'div',
            { class: 'cell' },
            el('span', { class: 'value' }, el('span', { class: 'mean' }, points(task.baseline, task))),
            el('span', { class: 'under' }, bar(null, task, scales.get(task.name), null)),
          )
        : task.metric === ''
          ? NONE
          : 'undefined',
    ),
  );
  const name = el(
    'th',
    { scope: 'row', class: 'name' },
    el('span', { class: 'label' }, 'Majority baseline'),
  );
  const average = mean(tasks.map((task) => task.baseline));
  const alike = new Set(tasks.map((task) => `${task.better} ${task.rate}`)).size === 1;
  const complete = alike && tasks.every((task) => isNumber(task.baseline));
  const rest = [complete ? points(average, tasks[0]) : NONE, NONE, NONE, NONE];
  return [
    el(
      'tbody',
      { class: 'baseline' },
      el(
        'tr',
        {},
        name,
        cells,
        rest.map((text) => el('td', { class: 'number' }, text)),
      ),
    ),
  ];
}
