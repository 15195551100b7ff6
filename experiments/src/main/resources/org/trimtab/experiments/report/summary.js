// The head of the page: what was run, how much of it is there, how to read the rest.

import { el, words } from './dom.js';
import { count, date, duration, plural } from './format.js';
import { isReference, LOST, MARKS, report, rows, STATUSES, tasks } from './model.js';

// Told only where there are any.
const RARE = ['halted', 'interrupted'];

export function summary() {
  const counts = report.counts;
  document.title = `${report.name} · sweep report`;
  return [
    el('div', { class: 'title' }, el('h1', {}, report.name), themeButton()),
    el(
      'p',
      { class: 'when' },
      words(
        date(report.created),
        plural(rows.length, 'row'),
        plural(tasks.length, 'task'),
        report.seconds > 0 ? `${duration(report.seconds)} of training` : '',
      ),
    ),
    el(
      'dl',
      { class: 'counts' },
      figureOf('trials', counts.trials),
      Object.keys(STATUSES)
        .filter((status) => !RARE.includes(status) || counts[status] > 0)
        .map((status) => figureOf(status, counts[status], LOST.includes(status) ? status : '')),
    ),
    howToRead(),
  ];
}

const figureOf = (name, number, kind = '') =>
  el(
    'div',
    { class: number > 0 ? kind : 'none' },
    el('dt', {}, kind ? statusMark(kind) : null, name),
    el('dd', {}, count(number)),
  );

function howToRead() {
  const mark = (name) => el('span', { class: `mark ${name}` }, MARKS[name][0]);
  const compared = rows.some(isReference)
    ? [
        mark('better'),
        ' better and ',
        mark('worse'),
        ' worse than ',
        el('b', {}, report.reference),
        ' by the paired bootstrap over the same seeds and items, after Holm’s correction, ',
        mark('same'),
        ' not distinguishable from it. The smallest effect is the difference that a paired t test ',
        'over these seeds would have found in four of five such sweeps.',
      ]
    : ['No row is the reference, so none is compared with another.'];
  return el(
    'p',
    { class: 'reading' },
    scoresStand(),
    ': mean ± standard deviation over seeds, a bar for the 95 % interval, a ',
    'tick for the majority baseline, n the seeds. Every finished seed counts, collapsed ones too. ',
    compared,
  );
}

function scoresStand() {
  const plain = tasks.filter((task) => task.metric !== '' && !task.rate);
  if (plain.length === 0) return 'Scores stand times 100';
  if (plain.length === tasks.length) return 'Scores stand as they are';
  return `Scores stand times 100, but those on ${plain.map((t) => t.name).join(', ')} as they are`;
}

// Shapes, so that a status is not told by colour alone.
export const statusMark = (status) =>
  STATUSES[status]?.mark
    ? el('span', { class: `status ${status}`, 'aria-hidden': 'true' }, STATUSES[status].mark)
    : null;

function themeButton() {
  const root = document.documentElement;
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const button = el('button', { type: 'button', class: 'theme' });
  const label = () => {
    button.textContent = isDark() ? '☀ Light' : '☾ Dark';
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    label();
  });
  system.addEventListener('change', label);
  label();
  return button;
}
