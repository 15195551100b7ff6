// Puts the page together.

import { legend } from './charts.js';
import { curves } from './curves.js';
import { el, empty } from './dom.js';
import { gateBlocks, gatePlots } from './gates.js';
import { groups } from './model.js';
import { results } from './results.js';
import { settingSections } from './settings.js';
import { summary } from './summary.js';
import { tradeoffs } from './tradeoffs.js';
import { allTrials, failures, provenance } from './trials.js';

// A section that can't be drawn says so and leaves the others alone.
function section(id, title, make) {
  const heading = el('h2', { id: `${id}-title` }, title);
  const node = el('section', { id, 'aria-labelledby': `${id}-title` }, heading);
  try {
    node.append(...make());
  } catch (error) {
    console.error(id, error);
    node.append(empty(`This section can't be drawn: ${error.message}`));
  }
  return node;
}

function sections() {
  const gates = gateBlocks();
  return {
    before: [section('results', 'Results', results)],
    // What has the methods' marks in it goes below the legend, which stays in sight.
    plots: [
      section('curves', 'Learning curves', curves),
      section('costs', 'Score and cost', tradeoffs),
      ...settingSections().map(([title, make], i) => section(`setting-${i}`, title, make)),
    ],
    after: [
      gates.length > 0 ? section('gates', 'Gates', () => gatePlots(gates)) : null,
      section('failures', 'Failures', failures),
      section('trials', 'All trials', allTrials),
      section('provenance', 'Environment and provenance', provenance),
    ].filter(Boolean),
  };
}

function build() {
  const { before, plots, after } = sections();
  document.getElementById('header').append(...summary());
  const drawn = plots.some((node) => node.querySelector('.plot'));
  const legendBox = drawn && groups.length > 1 ? [legend()] : [];
  const main = document.getElementById('main');
  main.append(...before, el('div', { class: 'plots' }, legendBox, plots), ...after);
  document.getElementById('contents').append(
    el(
      'ul',
      {},
      [...before, ...plots, ...after].map((node) =>
        el('li', {}, el('a', { href: `#${node.id}` }, node.querySelector('h2').textContent)),
      ),
    ),
  );
}

// Print shows what is folded: on paper nobody can open it.
window.addEventListener('beforeprint', () =>
  document.querySelectorAll('details').forEach((node) => (node.open = true)),
);

build();
