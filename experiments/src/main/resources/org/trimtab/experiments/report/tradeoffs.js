// What a score costs: dev score by trainable parameters and by time, a plot of each for each task.

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
import { el, empty, pairs } from './dom.js';
import { count, duration, interval, isNumber, plural, points } from './format.js';
import { labels } from './labels.js';
import { cellOf, rows, tasks, withEnds } from './model.js';
import { tipHead } from './tips.js';

export function tradeoffs() {
  const drawn = tasks
    .flatMap((task) => [
      costPanel(task, 'parameters', 'trainable parameters', (v) => count(v)),
      costPanel(task, 'seconds', 'seconds a trial', duration),
    ])
    .filter(Boolean);
  if (drawn.length === 0) {
    return [empty('No finished trial has told its parameters or its time yet.')];
  }
  return [
    el(
      'p',
      {},
      'Means over seeds with their 95 % intervals, cut at the edge of the plot. Parameters and time are on log scales.',
    ),
    panels(drawn, 'pairwise'),
  ];
}

function costPanel(task, cost, label, format) {
  const found = rows
    .map((row) => ({ row, cell: cellOf(row, task) }))
    .filter(({ cell }) => cell?.score && isNumber(cell[cost]) && cell[cost] > 0);
  if (found.length === 0) return null;
  const y = scoreScale(
    [...withEnds(found.map(({ cell }) => cell.score), task), task.baseline],
    task,
  );
  const [low, high] = d3.extent(found, ({ cell }) => cell[cost]);
  const room = high > low ? (high / low) ** 0.08 : 1.5;
  const domain = [low / room, high * room];
  const x = d3.scaleLog(domain, [0, 1]);
  const chart = frame({
    title: `Score by ${label} on ${task.name}`,
    description: `${task.metric} by ${label}, a point for each of ${plural(found.length, 'row')}.`,
    x,
    y,
    xLabel: label,
    half: true,
    xTicks: logTicks(domain),
    yFormat: scoreTick(task),
  });
  baselineRule(chart, task, y);
  const marks = found.map(({ row, cell }) => ({
    row,
    cell,
    x: x(cell[cost]),
    y: y(cell.score.mean),
  }));
  marks.forEach((mark) => drawPoint(chart, mark, task, y, [label, format(mark.cell[cost])]));
  labels(
    chart,
    marks.map((mark) => ({ ...mark, group: mark.row.group, name: mark.row.group.name })),
  );
  return panel([el('b', {}, task.name), ` by ${label}`], chart.svg);
}

function drawPoint(chart, { row, cell, x, y: height }, task, y, cost) {
  const { score } = cell;
  const g = series(chart.plot.append('g'), row.group, 'point');
  if (isNumber(score.low)) rule(g, 'range', [x, y(score.low)], [x, y(score.high)]);
  g.append('path').attr('d', shape(row.group, 58)).attr('transform', `translate(${x},${height})`);
  interactive(g, `${row.name}: ${points(score.mean, task)} at ${cost[1]}, ${cost[0]}`, () => [
    ...tipHead(row.name, task.name),
    pairs([
      ['mean', points(score.mean, task)],
      ['95 % interval', interval(score.low, score.high, task)],
      ['seeds', count(score.n)],
      cost,
    ]),
  ]);
}
