// The data, and who has which colour, mark and dash: the same in every table and plot.

import { isNumber } from './format.js';

export const report = JSON.parse(document.getElementById('data').textContent);
export const tasks = report.tasks;
export const rows = report.rows;
export const trials = report.trials;
// What the others are compared with: the rows of one method.
export const isReference = (row) => row.method === report.reference;

const COLOURS = 9;
export const DASHES = ['', '6 3', '2 2.5', '8 3 2 3'];

// A group is a method; where there is but one method, each of its rows, or all would look alike.
export const groups = [];
export const single = new Set(rows.map((row) => row.method)).size === 1;
for (const row of rows) {
  const name = single ? row.name : row.method;
  let group = groups.find((g) => g.name === name);
  if (!group) {
    group = { name, index: groups.length, rows: [] };
    groups.push(group);
  }
  row.group = group;
  row.dash = DASHES[group.rows.length % DASHES.length];
  group.rows.push(row);
}
// The reference is grey: the colours are for what is compared with it.
const DOWN = {
  draw(context, size) {
    const r = Math.sqrt(size / 3 / Math.sqrt(3));
    context.moveTo(0, 2 * r);
    context.lineTo(-Math.sqrt(3) * r, -r);
    context.lineTo(Math.sqrt(3) * r, -r);
    context.closePath();
  },
};
const SYMBOLS = [...d3.symbolsFill.slice(0, 6), DOWN];
let colours = 0;
for (const group of groups) {
  group.colour = !single && group.rows.every(isReference) ? 'cr' : `c${colours++ % COLOURS}`;
  group.symbol = d3.symbol(SYMBOLS[group.index % SYMBOLS.length]);
}

// Of an error, such as mse.
export const lowerIsBetter = (task) => task.better === 'lower';

export const taskOf = (trial) => tasks.find((task) => task.name === trial.task);

export const cellOf = (row, task) => row.cells.find((cell) => cell.task === task.name) ?? null;

const trialsBy = d3.group(
  trials,
  (trial) => trial.row,
  (trial) => trial.task,
);
export const trialsOf = (row, task) => trialsBy.get(row.name)?.get(task.name) ?? [];

// How a trial can stand. A mark tells it by more than colour; `scored` ones have a score that
// counts, `lost` ones have gone wrong.
export const STATUSES = {
  finished: { scored: true },
  collapsed: { mark: '▬', scored: true, lost: true },
  diverged: { mark: '✕', lost: true },
  failed: { mark: '■', lost: true },
  halted: { mark: '‖' },
  interrupted: { mark: '…' },
  pending: { mark: '…' },
};

const statusesWith = (fact) => Object.keys(STATUSES).filter((status) => STATUSES[status][fact]);

export const FLAGS = statusesWith('mark');
export const LOST = statusesWith('lost');

export const isCounted = (trial) => STATUSES[trial.status].scored === true;
export const isLost = (trial) => LOST.includes(trial.status);

export const MARKS = {
  better: ['▲', 'better'],
  worse: ['▼', 'worse'],
  same: ['○', 'not distinguishable'],
};

// Means and the ends of their intervals; an interval far longer than the means are apart is cut, or
// it would flatten the rest.
export function withEnds(scores, task) {
  const means = scores.map((score) => score.mean);
  const [low, high] = d3.extent(means);
  const least = task.rate ? 0.02 : 0.1 * Math.max(Math.abs(low), Math.abs(high));
  const room = Math.max(least, 0.4 * (high - low));
  const ends = scores.flatMap((score) => [score.low, score.high]).filter(isNumber);
  return [...means, ...ends.map((end) => Math.max(low - room, Math.min(high + room, end)))];
}

export function mean(values) {
  const known = values.filter(isNumber);
  return known.length === 0 ? null : d3.mean(known);
}

// The trainable parameters of a row differ between tasks by their heads alone: the largest stands.
export function sizeOf(row) {
  const sizes = row.cells.filter((cell) => isNumber(cell.parameters));
  return d3.greatest(sizes, (cell) => cell.parameters) ?? null;
}
