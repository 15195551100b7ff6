// Learning curves: a plot of the loss and one of the dev score for each task.

import {
  baselineRule,
  dot,
  frame,
  highlight,
  interactive,
  panel,
  panels,
  scoreScale,
  scoreTick,
  series,
} from './charts.js';
import { el, empty, pairs } from './dom.js';
import { count, fixed, isNumber, plural, points } from './format.js';
import { isCounted, rows, tasks, trialsOf } from './model.js';
import { tipHead } from './tips.js';

const CURVE_POINTS = 120;

export function curves() {
  const figures = tasks.flatMap((task) => [
    curvePanel(task, 'loss', 'Training loss', (v) => fixed(v, 3)),
    curvePanel(task, 'dev', 'Dev score', (v) => points(v, task)),
  ]);
  const drawn = figures.filter(Boolean);
  if (drawn.length === 0) return [empty('No trial has recorded a loss or a dev score yet.')];
  return [
    el(
      'p',
      {},
      'Thick lines are means over the finished seeds, drawn as far as all of them trained; thin ',
      'lines are seeds, diverged and failed ones too.',
    ),
    panels(drawn, 'pairwise'),
  ];
}

function curvePanel(task, kind, title, format) {
  const lines = rows.map((row) => curveOf(row, task, kind)).filter((c) => c.seeds.length > 0);
  if (lines.length === 0) return null;
  const last = d3.max(lines, (c) => d3.max(c.seeds, (seed) => seed.at(-1)[0]));
  const x = d3.scaleLinear([0, last || 1], [0, 1]);
  const y = kind === 'dev' ? devScale(lines, task) : lossScale(lines);
  const chart = frame({
    title: `${title} on ${task.name}`,
    description: `${title} by training step, a line for each of ${plural(lines.length, 'row')}.`,
    x,
    y,
    xLabel: 'training step',
    half: true,
    yFormat: kind === 'dev' ? scoreTick(task) : (v) => d3.format('~g')(v),
  });
  if (kind === 'dev') baselineRule(chart, task, y);
  lines.forEach((curve) => drawSeeds(chart, curve, x, y));
  lines.forEach((curve) => drawMean(chart, curve, x, y, `${title} on ${task.name}`, format));
  return panel(
    [el('b', {}, task.name), ` ${title.toLowerCase()}${kind === 'dev' ? `, ${task.metric}` : ''}`],
    chart.svg,
  );
}

function curveOf(row, task, kind) {
  const known = trialsOf(row, task)
    .map((trial) => ({ trial, line: thin((trial[kind] ?? []).filter(([, v]) => isNumber(v))) }))
    .filter((entry) => entry.line.length > 0);
  const counted = known.filter((entry) => isCounted(entry.trial)).map((entry) => entry.line);
  return {
    row,
    seeds: known.map((entry) => entry.line),
    mean: meanLine(counted),
    count: counted.length,
  };
}

// Long curves are drawn by the means of even stretches of them: fewer points, the same shape.
function thin(line) {
  if (line.length <= CURVE_POINTS) return line;
  const size = Math.ceil(line.length / CURVE_POINTS);
  return d3.range(0, line.length, size).map((start) => {
    const part = line.slice(start, start + size);
    return [part.at(-1)[0], d3.mean(part, ([, value]) => value)];
  });
}

// At the steps that all seeds have: a mean over fewer of them would jump where one ends.
export function meanLine(lines) {
  const steps = d3.rollup(
    lines.flat(),
    (at) => at.map(([, value]) => value),
    ([step]) => step,
  );
  return [...steps]
    .filter(([, values]) => values.length === lines.length)
    .map(([step, values]) => [step, d3.mean(values)])
    .sort(([a], [b]) => a - b);
}

function devScale(lines, task) {
  const values = lines.flatMap((c) => c.seeds.flat().map(([, v]) => v));
  return scoreScale(values.concat(task.baseline), task);
}

// Up to what almost all values of the means stay below: a diverged seed leaves at the top.
function lossScale(lines) {
  const means = lines.flatMap((c) => c.mean);
  const shown = means.length > 0 ? means : lines.flatMap((c) => c.seeds.flat());
  const values = shown.map(([, v]) => v).sort(d3.ascending);
  const high = d3.quantileSorted(values, 0.999);
  return d3.scaleLinear([Math.min(0, values[0]), high || 1], [0, 1]).nice();
}

// A loss on its way to infinity stays a number that SVG can draw.
export const path = (x, y) =>
  d3.line(
    ([step]) => x(step),
    ([, value]) => Math.max(-1e4, Math.min(1e4, y(value))),
  );

function drawSeeds(chart, { row, seeds }, x, y) {
  seeds.forEach((seed) =>
    series(chart.plot.append('path'), row.group, 'seed').attr('d', path(x, y)(seed)),
  );
}

function drawMean(chart, curve, x, y, title, format) {
  const { row } = curve;
  if (curve.mean.length === 0) return;
  const g = series(chart.plot.append('g'), row.group, 'curve');
  const d = path(x, y)(curve.mean);
  g.append('path').attr('class', 'hit').attr('d', d);
  g.append('path')
    .attr('class', 'line')
    .attr('d', d)
    .attr('stroke-dasharray', row.dash || null);
  if (curve.mean.length === 1) {
    const [step, value] = curve.mean[0];
    dot(g, x(step), y(value));
  }
  const node = g.node();
  interactive(g, `${row.name}, ${title}: ${format(curve.mean.at(-1)[1])} at the end`, (event) => {
    const at = event ? x.invert(d3.pointer(event, chart.svg.node())[0]) : Infinity;
    const [step, value] = d3.least(curve.mean, ([s]) => (at === Infinity ? -s : Math.abs(s - at)));
    return [
      ...tipHead(row.name, title),
      pairs([
        ['step', count(step)],
        ['mean', format(value)],
        ['seeds', count(curve.count)],
      ]),
    ];
  });
  node.addEventListener('pointerenter', () => highlight(row.group));
  node.addEventListener('pointerleave', () => highlight(null));
}
