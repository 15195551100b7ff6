// A cell of the main table: a row's score on a task, and all that is known of it in its tooltip.

import { bar } from './bars.js';
import { el, pairs, words } from './dom.js';
import { count, difference, interval, isNumber, NONE, points, probability } from './format.js';
import { cellOf, FLAGS, MARKS, report } from './model.js';
import { statusMark } from './summary.js';
import { tip, tipHead } from './tips.js';

export function scoreCell(row, task, scale) {
  const cell = cellOf(row, task);
  if (!cell) return NONE;
  const { score, comparison } = cell;
  const mark = comparison ? MARKS[comparison.mark] : null;
  const node = el(
    'div',
    { class: 'stop cell', role: 'group', 'aria-label': `${row.name} on ${task.name}` },
    el(
      'span',
      { class: 'value' },
      el('span', { class: 'mean' }, points(score?.mean, task)),
      isNumber(score?.sd) ? el('span', { class: 'sd' }, ` ± ${points(score.sd, task)}`) : null,
      mark
        ? el(
            'span',
            {
              class: `mark ${comparison.mark}`,
              role: 'img',
              'aria-label': `${mark[1]}, against the reference`,
            },
            mark[0],
          )
        : null,
    ),
    score
      ? el('span', { class: 'under' }, bar(score, task, scale, row.group), seedsNote(score.n))
      : null,
    flags(cell),
  );
  return tip(node, () => cellTip(row, task, cell));
}

const seedsNote = (n) => el('span', { class: 'note' }, `n ${count(n)}`);

// What went otherwise than it should; `undefined`: finished, but its metric has no value.
function flags(cell) {
  const numbers = { ...cell, undefined: cell.finished - (cell.score?.n ?? 0) };
  const kinds = [...FLAGS, 'undefined'].filter((kind) => numbers[kind] > 0);
  if (kinds.length === 0) return null;
  return el(
    'span',
    { class: 'flags' },
    kinds.map((kind) =>
      el('span', { class: kind }, statusMark(kind), `${count(numbers[kind])} ${kind}`),
    ),
  );
}

function cellTip(row, task, cell) {
  const { score, comparison } = cell;
  const tests = new Map((comparison?.mcnemar ?? []).map((test) => [test.seed, test.p]));
  return [
    ...tipHead(`${row.name} on ${task.name}`, words(task.metric, `${count(task.items)} examples`)),
    pairs([
      ['mean', points(score?.mean, task)],
      ['standard deviation', points(score?.sd, task)],
      ['95 % interval', interval(score?.low, score?.high, task)],
      ['finished', `${count(cell.finished)} of ${count(cell.trials)}`],
      ...FLAGS.map((kind) => (cell[kind] > 0 ? [kind, count(cell[kind])] : null)),
    ]),
    seedsTable(cell.scores, tests, task),
    comparison ? comparisonPairs(comparison, task) : null,
  ].filter(Boolean);
}

function seedsTable(scores, tests, task) {
  if (scores.length === 0) return null;
  const line = (name, values) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, name),
      values.map((value) => el('td', {}, value)),
    );
  return el(
    'table',
    { class: 'seeds' },
    line(
      'seed',
      scores.map((s) => count(s.seed)),
    ),
    line(
      'score',
      scores.map((s) => points(s.score, task)),
    ),
    tests.size > 0
      ? line(
          'McNemar p',
          scores.map((s) => probability(tests.get(s.seed))),
        )
      : null,
  );
}

const comparisonPairs = (comparison, task) =>
  pairs([
    [`against ${report.reference ?? 'the reference'}`, MARKS[comparison.mark]?.join(' ') ?? NONE],
    ['difference', difference(comparison.difference, task)],
    ['its 95 % interval', interval(comparison.low, comparison.high, task)],
    ['p', probability(comparison.p)],
    ['p, adjusted by Holm', probability(comparison.adjusted)],
    ['smallest effect', points(comparison.smallest_effect, task)],
  ]);
