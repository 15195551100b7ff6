// Interval bars: one scale a task, so that its bars can be compared down the column.

import { inBounds } from './charts.js';
import { isNumber } from './format.js';
import { cellOf, rows, withEnds } from './model.js';

const BAR = { width: 92, height: 12 };

export function barScale(task) {
  const scores = rows.map((row) => cellOf(row, task)?.score).filter(Boolean);
  const [low, high] = d3.extent([...withEnds(scores, task), task.baseline].filter(isNumber));
  if (low === undefined) return null;
  const room = high > low ? 0 : 0.01;
  return d3
    .scaleLinear(inBounds(low, high, room, task), [4, BAR.width - 4])
    .clamp(true);
}

export function bar(score, task, scale, group) {
  const svg = d3
    .create('svg')
    .attr('class', `bar ${group ? group.colour : ''}`)
    .attr('viewBox', `0 0 ${BAR.width} ${BAR.height}`)
    .attr('aria-hidden', 'true');
  const middle = BAR.height / 2;
  const rule = (kind, x1, x2, y1 = middle, y2 = middle) =>
    svg
      .append('line')
      .attr('class', kind)
      .attr('x1', x1)
      .attr('x2', x2)
      .attr('y1', y1)
      .attr('y2', y2);
  rule('track', 0, BAR.width);
  if (isNumber(task.baseline)) {
    const x = scale(task.baseline);
    rule('tick', x, x, 0, BAR.height);
  }
  if (score && isNumber(score.low)) {
    const [low, high] = scale.domain();
    const cut = score.low < low || score.high > high ? ' cut' : '';
    rule(`range${cut}`, scale(score.low), scale(score.high));
  }
  if (score) svg.append('circle').attr('cx', scale(score.mean)).attr('cy', middle).attr('r', 3);
  return svg.node();
}
