'use strict';
// The main table: rows by tasks.

function results() {
  if (rows.length === 0 || tasks.length === 0) {
    return [empty('The sweep has no trials yet: there is nothing to compare.')];
  }
  const scales = new Map(tasks.map((task) => [task.name, barScale(task)]));
  const table = sortable({
    caption: 'Dev scores by row and task. Headings sort, by click or key; scores tell more when pointed at.',
    columns: [nameColumn(), ...tasks.map((task) => taskColumn(task, scales)), ...totals()],
    items: rows,
    rest: baselines(scales),
    rowClass: (row) => (row === reference ? 'reference' : ''),
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
    row === reference ? el('span', { class: 'tag' }, 'reference') : null,
    settingsNote(row),
  ],
});

function settingsNote(row) {
  const settings = Object.entries(row.settings);
  if (settings.length === 0) return null;
  return el('span', { class: 'note' }, settings.map(([k, v]) => `${lastPart(k)} = ${v}`).join(', '));
}

const lastPart = (key) => key.split('.').at(-1);

function taskColumn(task, scales) {
  return {
    label: task.name,
    note: words(task.metric, `${count(task.items)} ${task.split}`, task.subset ? 'a subset' : ''),
    kind: 'score',
    highFirst: true,
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
      highFirst: true,
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
  const node = el('span', { class: 'stop mean' }, points(row.average.mean));
  tip(node, () => [
    ...tipHead(row.name, `mean over ${plural(row.average.tasks, 'task')}`),
    pairs([
      ['mean', points(row.average.mean)],
      ['Wilcoxon p', probability(row.average.wilcoxon_p)],
    ]),
  ]);
  const missing = row.average.tasks < tasks.length;
  return [node, missing ? el('span', { class: 'note' }, `${row.average.tasks} of ${tasks.length}`) : null];
}

function sizeCell(row) {
  const cell = sizeOf(row);
  if (!cell) return NONE;
  return [
    count(cell.parameters),
    el('span', { class: 'note' }, share(cell.parameters, cell.total_parameters)),
  ];
}

function scoreCell(row, task, scale) {
  const cell = cellOf(row, task);
  if (!cell) return NONE;
  const { score, comparison } = cell;
  const mark = comparison ? MARKS[comparison.mark] : null;
  const node = el(
    'div',
    { class: 'stop cell' },
    el(
      'span',
      { class: 'value' },
      el('span', { class: 'mean' }, points(score?.mean)),
      isNumber(score?.sd) ? el('span', { class: 'sd' }, ` ± ${points(score.sd)}`) : null,
      mark
        ? el('span', { class: `mark ${comparison.mark}`, role: 'img', 'aria-label': `${mark[1]}, against the reference` }, mark[0])
        : null,
    ),
    score ? el('span', { class: 'under' }, bar(score, task, scale, row.group), seedsNote(score.n)) : null,
    flags(cell),
  );
  return tip(node, () => cellTip(row, task, cell));
}

const seedsNote = (n) => el('span', { class: 'note' }, `n ${count(n)}`);

function flags(cell) {
  const kinds = FLAGS.filter((kind) => cell[kind] > 0);
  if (kinds.length === 0) return null;
  return el(
    'span',
    { class: 'flags' },
    kinds.map((kind) => el('span', {}, statusMark(kind), `${count(cell[kind])} ${kind}`)),
  );
}

function cellTip(row, task, cell) {
  const { score, comparison } = cell;
  const tests = new Map((comparison?.mcnemar ?? []).map((test) => [test.seed, test.p]));
  return [
    ...tipHead(`${row.name} on ${task.name}`, words(task.metric, `${count(task.items)} examples`)),
    pairs([
      ['mean', points(score?.mean)],
      ['standard deviation', points(score?.sd)],
      ['95 % interval', interval(score?.low, score?.high)],
      ['finished', `${count(cell.finished)} of ${count(cell.trials)}`],
      ...FLAGS.map((kind) => (cell[kind] > 0 ? [kind, count(cell[kind])] : null)),
    ]),
    seedsTable(cell.scores, tests),
    comparison ? comparisonPairs(comparison) : null,
  ].filter(Boolean);
}

function seedsTable(scores, tests) {
  if (scores.length === 0) return null;
  const line = (name, values) =>
    el('tr', {}, el('th', { scope: 'row' }, name), values.map((value) => el('td', {}, value)));
  return el(
    'table',
    { class: 'seeds' },
    line('seed', scores.map((s) => count(s.seed))),
    line('score', scores.map((s) => points(s.score))),
    tests.size > 0 ? line('McNemar p', scores.map((s) => probability(tests.get(s.seed)))) : null,
  );
}

const comparisonPairs = (comparison) =>
  pairs([
    [`against ${report.reference ?? 'the reference'}`, MARKS[comparison.mark]?.join(' ') ?? NONE],
    ['difference', difference(comparison.difference)],
    ['its 95 % interval', interval(comparison.low, comparison.high)],
    ['p', probability(comparison.p)],
    ['p, adjusted by Holm', probability(comparison.adjusted)],
    ['smallest effect', points(comparison.smallest_effect)],
  ]);

// Interval bars: one scale a task, so that its bars can be compared down the column.
const BAR = { width: 92, height: 12 };

function barScale(task) {
  const scores = rows.map((row) => cellOf(row, task)?.score).filter(Boolean);
  const values = scores.flatMap((s) => [s.mean, s.low, s.high]).concat(task.baseline);
  const [low, high] = d3.extent(values.filter(isNumber));
  if (low === undefined) return null;
  const room = high > low ? 0 : 0.01;
  return d3.scaleLinear([Math.max(-1, low - room), Math.min(1, high + room)], [4, BAR.width - 4]).clamp(true);
}

function bar(score, task, scale, group) {
  const svg = d3
    .create('svg')
    .attr('class', `bar ${group ? group.colour : ''}`)
    .attr('viewBox', `0 0 ${BAR.width} ${BAR.height}`)
    .attr('aria-hidden', 'true');
  const middle = BAR.height / 2;
  const rule = (kind, x1, x2, y1 = middle, y2 = middle) =>
    svg.append('line').attr('class', kind).attr('x1', x1).attr('x2', x2).attr('y1', y1).attr('y2', y2);
  rule('track', 0, BAR.width);
  if (isNumber(task.baseline)) {
    const x = scale(task.baseline);
    rule('tick', x, x, 0, BAR.height);
  }
  if (score && isNumber(score.low)) rule('range', scale(score.low), scale(score.high));
  if (score) svg.append('circle').attr('cx', scale(score.mean)).attr('cy', middle).attr('r', 3);
  return svg.node();
}

// A line of its own, below the methods and never sorted among them.
function baselines(scales) {
  if (!tasks.some((task) => isNumber(task.baseline))) return [];
  const cells = tasks.map((task) =>
    el(
      'td',
      { class: 'score' },
      isNumber(task.baseline)
        ? el(
            'div',
            { class: 'cell' },
            el('span', { class: 'value' }, el('span', { class: 'mean' }, points(task.baseline))),
            el('span', { class: 'under' }, bar(null, task, scales.get(task.name), null)),
          )
        : NONE,
    ),
  );
  const name = el('th', { scope: 'row', class: 'name' }, el('span', { class: 'label' }, 'Majority baseline'));
  const average = mean(tasks.map((task) => task.baseline));
  const complete = tasks.every((task) => isNumber(task.baseline));
  const rest = [complete ? points(average) : NONE, NONE, NONE, NONE];
  return [
    el(
      'tbody',
      { class: 'baseline' },
      el('tr', {}, name, cells, rest.map((text) => el('td', { class: 'number' }, text))),
    ),
  ];
}
