// How a score depends on each setting that the sweep varies, the learning rate before all.

import {
  baselineRule,
  frame,
  interactive,
  logTicks,
  panel,
  panels,
  rule,
  scoreScale,
  scoreTick,
  series,
  shape,
} from './charts.js';
import { el, empty, pairs, words } from './dom.js';
import { clipped, isNumber, plural, points, signs } from './format.js';
import {
  cellOf,
  DASHES,
  isCounted,
  isLost,
  LOST,
  report,
  rows,
  STATUSES,
  tasks,
  trialsOf,
} from './model.js';
import { lastPart } from './results.js';
import { statusMark } from './summary.js';
import { tipHead } from './tips.js';

const LANE = 30;

// The varied keys with two values or more, that some row's method has: [title, maker of its nodes].
export function settingSections() {
  return report.varied
    .map((key) => ({ key, values: valuesOf(key) }))
    .filter(({ values }) => values.length > 1)
    .filter(({ key }) => linesOf(key).length > 0)
    .map(({ key, values }) => [titleOf(key), () => settingPlots(key, values)]);
}

const isRate = (key) => key.endsWith('lr');

const titleOf = (key) =>
  isRate(key)
    ? `Stability over learning rates${key === 'train.lr' ? '' : ` (${key})`}`
    : `Effect of ${key}`;

const settingOf = (row, key) =>
  row.settings[key] === undefined ? null : String(row.settings[key]);

function valuesOf(key) {
  const values = [...new Set(rows.map((row) => settingOf(row, key)).filter((v) => v !== null))];
  return values.every(isNumeral) ? values.sort((a, b) => a - b) : values;
}

const isNumeral = (text) => text.trim() !== '' && Number.isFinite(Number(text));

function settingPlots(key, values) {
  const lines = linesOf(key);
  const note = el(
    'p',
    {},
    `Lines are means over seeds by ${key}, bands one standard deviation to either side, dots `,
    'the seeds (hollow where collapsed). A seed that gave way is also marked below the plot: ',
    LOST.map((kind, i) => [statusMark(kind), `${kind}${i < LOST.length - 1 ? ', ' : '.'}`]),
  );
  const drawn = tasks.map((task) => settingPanel(task, key, values, lines)).filter(Boolean);
  return drawn.length > 0
    ? [note, lineKey(lines), panels(drawn)]
    : [empty('No trial at these values has ended yet.')];
}

// Which line is whose: their names are too long to stand beside them.
const lineKey = (lines) =>
  el(
    'ul',
    { class: 'key' },
    lines.map((line) => el('li', {}, lineSample(line), line.name)),
  );

function lineSample({ group, dash }) {
  const svg = d3
    .create('svg')
    .attr('class', `sample curve ${group.colour}`)
    .attr('viewBox', '-17 -6 34 12')
    .attr('aria-hidden', 'true');
  rule(svg, 'line', [-17, 0], [17, 0]).attr('stroke-dasharray', dash || null);
  svg.append('path').attr('d', shape(group, 40));
  return svg.node();
}

// A line joins the rows of a method that differ in this setting alone; a lone row makes none.
function linesOf(key) {
  const others = report.varied.filter((other) => other !== key);
  const lines = new Map();
  for (const row of rows.filter((r) => settingOf(r, key) !== null)) {
    const rest = others.map((other) => settingOf(row, other));
    const id = JSON.stringify([row.method, rest]);
    const name = words(
      row.method,
      ...others.map((o, i) => (rest[i] ? `${lastPart(o)} = ${rest[i]}` : '')),
    );
    const line = lines.get(id) ?? { name, method: row.method, group: row.group, rows: [] };
    line.rows.push(row);
    lines.set(id, line);
  }
  const joined = [...lines.values()].filter((line) => line.rows.length > 1);
  const seen = d3.group(joined, (line) => line.method);
  for (const same of seen.values()) {
    same.forEach((line, i) => (line.dash = DASHES[i % DASHES.length]));
  }
  return joined;
}

// Numbers on a line, by powers if they span more than one decade; texts side by side.
function settingScale(values) {
  if (!values.every(isNumeral)) {
    const fitting = (value) => clipped(value, Math.max(6, Math.floor(52 / values.length)));
    return { x: d3.scalePoint(values, [0, 1]).padding(0.5), ticks: { values, format: fitting } };
  }
  const numbers = values.map(Number);
  const [low, high] = [numbers[0], numbers.at(-1)];
  const log = low > 0 && high / low > 10;
  const room = log ? (high / low) ** 0.06 : (high - low) * 0.06;
  const x = log
    ? d3.scaleLog([low / room, high * room], [0, 1])
    : d3.scaleLinear([low - room, high + room], [0, 1]);
  const asGiven = (number, i) => signs(values[i]);
  const few = numbers.length <= 7 ? { values: numbers, format: asGiven } : null;
  return { x, ticks: few ?? (log ? logTicks([low, high]) : null), numeric: true };
}

function settingPanel(task, key, values, lines) {
  const entries = lines.map((line) => ({ line, points: pointsOf(line, task, key, values) }));
  const scores = entries.flatMap((e) => e.points.flatMap((at) => at.seeds.map((t) => t.score)));
  const marks = entries.flatMap((e) => e.points.flatMap((at) => at.lost));
  if (scores.length + marks.length === 0) return null;
  const { x, ticks, numeric } = settingScale(values);
  const y = scoreScale(scores.concat(task.baseline), task);
  const chart = frame({
    title: `Score by ${key} on ${task.name}`,
    description: `${task.metric} by ${key}, a line for each of ${plural(lines.length, 'method')}.`,
    x,
    y,
    xLabel: key,
    xTicks: ticks,
    yFormat: scoreTick(task),
    lane: marks.length > 0 ? LANE : 0,
  });
  baselineRule(chart, task, y);
  const place = (value) => x(numeric ? Number(value) : value);
  entries.forEach((entry) => drawSetting(chart, entry, place, y, task));
  if (marks.length > 0) drawLane(chart, entries, place, task);
  return panel([el('b', {}, task.name), ` ${task.metric}`], chart.svg);
}

const pointsOf = (line, task, key, values) =>
  line.rows
    .map((row) => {
      const all = trialsOf(row, task);
      return {
        row,
        value: settingOf(row, key),
        score: cellOf(row, task)?.score ?? null,
        seeds: all.filter((trial) => isCounted(trial) && isNumber(trial.score)),
        lost: all.filter(isLost),
      };
    })
    .sort((a, b) => values.indexOf(a.value) - values.indexOf(b.value));

function drawSetting(chart, { line, points: all }, place, y, task) {
  const known = all.filter((at) => at.score);
  if (known.length === 0) return;
  const x = (at) => place(at.value);
  const spread = (at) => at.score.sd ?? 0;
  const area = d3.area(
    x,
    (at) => y(at.score.mean - spread(at)),
    (at) => y(at.score.mean + spread(at)),
  );
  const mid = d3.line(x, (at) => y(at.score.mean));
  series(chart.plot.append('path'), line.group, 'band').attr('d', area(known));
  const stroke = series(chart.plot.append('g'), line.group, 'curve').append('path');
  stroke
    .attr('class', 'line')
    .attr('d', mid(known))
    .attr('stroke-dasharray', line.dash || null);
  for (const at of known) {
    for (const trial of at.seeds) {
      series(chart.plot.append('circle'), line.group, `dot ${trial.status}`)
        .attr('cx', x(at))
        .attr('cy', y(trial.score))
        .attr('r', 2.2);
    }
    const g = series(chart.over.append('g'), line.group, 'point');
    g.append('path')
      .attr('d', shape(line.group, 40))
      .attr('transform', `translate(${x(at)},${y(at.score.mean)})`);
    interactive(g, `${line.name}, ${at.value}: ${points(at.score.mean, task)}`, () =>
      settingTip(line, at, task),
    );
  }
}

const settingTip = (line, at, task) => [
  ...tipHead(line.name, `${at.value} on ${task.name}`),
  pairs([
    ['mean', points(at.score?.mean, task)],
    ['standard deviation', points(at.score?.sd, task)],
    ...at.seeds.map((trial) => [`seed ${trial.seed}`, points(trial.score, task)]),
    ...at.lost.map((trial) => [`seed ${trial.seed}`, trial.status]),
  ]),
];

// Below the axis of scores: the seeds that have no place on it, or none that means much.
function drawLane(chart, entries, place, task) {
  rule(
    chart.over,
    'base faint',
    [chart.size.left, chart.bottom + 7],
    [chart.size.width - chart.size.right, chart.bottom + 7],
  );
  const lost = entries.flatMap(({ line, points: all }) =>
    all.flatMap((at) => at.lost.map((trial) => ({ line, at, trial }))),
  );
  for (const same of d3.group(lost, ({ at }) => at.value).values()) {
    same.forEach(({ line, at, trial }, i) => {
      const perLine = 5;
      const inLine = Math.min(perLine, same.length - perLine * Math.floor(i / perLine));
      const x = place(at.value) + ((i % perLine) - (inLine - 1) / 2) * 9;
      const y = chart.bottom + 18 + 9 * Math.floor(i / perLine);
      const text = series(chart.over.append('text'), line.group, `lost ${trial.status}`)
        .attr('x', x)
        .attr('y', y)
        .text(STATUSES[trial.status].mark);
      interactive(text, `${line.name}, ${at.value}, seed ${trial.seed}: ${trial.status}`, () => [
        ...tipHead(line.name, `${at.value}, seed ${trial.seed}`),
        pairs([
          ['status', trial.status],
          ['score', points(trial.score, task)],
          ['message', trial.message],
        ]),
      ]);
    });
  }
}
