// The trials one by one, and where all of it came from.

import { el, empty, scrolling, words } from './dom.js';
import { count, duration, fixed, memory, NONE, plural, points } from './format.js';
import { FLAGS, isLost, LOST, lowerIsBetter, report, STATUSES, taskOf, tasks, trials } from './model.js';
import { statusMark } from './summary.js';
import { filterable, sortable } from './tables.js';

const statusCell = (trial) => [statusMark(trial.status), trial.status];

// The worst first.
const ORDER = [...LOST].reverse().concat(Object.keys(STATUSES).filter((s) => !LOST.includes(s)));
const statusOrder = (trial) => ORDER.indexOf(trial.status);

const column = (label, value, cell, more = {}) => ({ label, value, cell, ...more });
const numeric = (label, value, format, more = {}) =>
  column(label, value, (item) => format(value(item)), { kind: 'number', ...more });

const trialColumns = () => [
  column(
    'Trial',
    (t) => t.id,
    (t) => el('code', {}, t.id),
  ),
  column(
    'Row',
    (t) => t.row,
    (t) => t.row,
    { kind: 'text' },
  ),
  column(
    'Task',
    (t) => t.task,
    (t) => t.task,
  ),
  numeric('Seed', (t) => t.seed, count),
  column('Status', statusOrder, statusCell),
];

export function failures() {
  const lost = trials
    .filter(isLost)
    .sort((a, b) => statusOrder(a) - statusOrder(b));
  const table = sortable({
    caption: 'Trials that collapsed, diverged or failed.',
    columns: [
      ...trialColumns(),
      column(
        'Message',
        (t) => t.message,
        (t) => t.message ?? NONE,
        { kind: 'text wide' },
      ),
    ],
    items: lost,
  });
  return [
    lost.length === 0
      ? empty('No trial has collapsed, diverged or failed.')
      : scrolling('Failures', table),
    warnings(),
  ].filter(Boolean);
}

function warnings() {
  const byText = d3.rollups(
    trials.flatMap((trial) => trial.warnings.map((text) => ({ text, trial }))),
    (same) => same.map(({ trial }) => trial),
    ({ text }) => text,
  );
  if (byText.length === 0) return null;
  return el(
    'details',
    { class: 'warnings' },
    el('summary', {}, plural(byText.length, 'warning')),
    el(
      'ul',
      {},
      byText.map(([text, from]) =>
        el(
          'li',
          {},
          text,
          el('span', { class: 'note' }, words(...from.slice(0, 4).map(nameOf), more(from))),
        ),
      ),
    ),
  );
}

const nameOf = (trial) => `${trial.row} on ${trial.task}, seed ${trial.seed}`;
const more = (from) => (from.length > 4 ? `and ${count(from.length - 4)} more` : '');

export function allTrials() {
  if (trials.length === 0) return [empty('The sweep has no trials.')];
  const table = sortable({
    caption: 'Every trial; metrics are as computed, not times 100.',
    columns: [
      ...trialColumns(),
      column(
        'Score',
        (t) => t.score,
        (t) => points(t.score, taskOf(t)),
        { kind: 'number', highFirst: !tasks.every(lowerIsBetter) },
      ),
      column('Metrics', (t) => t.score, metricsCell),
      numeric('Steps', (t) => t.steps, count),
      numeric('Best step', (t) => t.best_step, count),
      numeric('Time', (t) => t.seconds, duration),
      numeric('Memory', (t) => t.memory_mib, memory),
      column(
        'Folder',
        (t) => t.folder,
        (t) => el('code', {}, t.folder ?? NONE),
      ),
    ],
    items: trials,
    rowClass: (t) => (FLAGS.includes(t.status) ? 'odd-one' : ''),
  });
  return [filterable(table, 'trial'), scrolling('All trials', table, 'tall')];
}

function metricsCell(trial) {
  const metrics = Object.entries(trial.metrics ?? {});
  return metrics.length === 0
    ? NONE
    : metrics.map(([name, v]) => `${name} ${fixed(v, 4)}`).join(', ');
}

export function provenance() {
  const entries = Object.entries(report.provenance ?? {});
  if (entries.length === 0) return [empty('Nothing is recorded of where this came from.')];
  return [
    el(
      'dl',
      { class: 'provenance' },
      entries.map(([name, value]) =>
        el(
          'div',
          {},
          el('dt', {}, name.replaceAll('_', ' ')),
          el('dd', {}, provenanceValue(value)),
        ),
      ),
    ),
  ];
}

function provenanceValue(value) {
  if (value === null || value === '') return NONE;
  if (Array.isArray(value))
    return el(
      'ul',
      {},
      value.map((item) => el('li', {}, el('code', {}, `${item}`))),
    );
  return el('code', {}, typeof value === 'object' ? JSON.stringify(value) : `${value}`);
}
