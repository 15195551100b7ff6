'use strict';
// Puts the page together.

function section(id, title, nodes) {
  const heading = el('h2', { id: `${id}-title` }, title);
  return el('section', { id, 'aria-labelledby': `${id}-title` }, heading, nodes);
}

function sections() {
  const gates = gateBlocks();
  return {
    before: [section('results', 'Results', results())],
    // What has the methods' marks in it goes below the legend, which stays in sight.
    plots: [
      section('curves', 'Learning curves', curves()),
      section('costs', 'Score and cost', tradeoffs()),
      ...settingSections().map(([title, nodes], i) => section(`setting-${i}`, title, nodes)),
    ],
    after: [
      gates.length > 0 ? section('gates', 'Gates', gatePlots(gates)) : null,
      section('failures', 'Failures', failures()),
      section('trials', 'All trials', allTrials()),
      section('provenance', 'Environment and provenance', provenance()),
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
