'use strict';
// What a score costs: dev score by trainable parameters and by time, a plot of each for each task.

function tradeoffs() {
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
  const y = scoreScale([...withEnds(found.map(({ cell }) => cell.score)), task.baseline]);
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
    yFormat: scoreTick,
  });
  baselineRule(chart, task, y);
  const marks = found.map(({ row, cell }) => ({
    row,
    cell,
    x: x(cell[cost]),
    y: y(cell.score.mean),
  }));
  marks.forEach((mark) => drawPoint(chart, mark, task, y, [label, format(mark.cell[cost])]));
  labels(chart, marks);
  return panel([el('b', {}, task.name), ` by ${label}`], chart.svg);
}

function drawPoint(chart, { row, cell, x, y: height }, task, y, cost) {
  const { score } = cell;
  const g = series(chart.plot.append('g'), row.group, 'point');
  if (isNumber(score.low)) rule(g, 'range', [x, y(score.low)], [x, y(score.high)]);
  g.append('path').attr('d', shape(row.group, 58)).attr('transform', `translate(${x},${height})`);
  interactive(g, `${row.name}: ${points(score.mean)} at ${cost[1]}, ${cost[0]}`, () => [
    ...tipHead(row.name, task.name),
    pairs([
      ['mean', points(score.mean)],
      ['95 % interval', interval(score.low, score.high)],
      ['seeds', count(score.n)],
      cost,
    ]),
  ]);
}

// A label goes beside its point where there is room; one without room is left to the tooltip.
const LETTER = 5.3;
const LINE = 11;

function labels(chart, marks) {
  const taken = marks.map((m) => ({ x: m.x - 5, y: m.y - 5, width: 10, height: 10 }));
  const named = new Set();
  for (const mark of marks) {
    const { group } = mark.row;
    if (named.has(group)) continue;
    const name = clipped(group.name, 20);
    const box = placeFor(mark, name.length * LETTER, taken, chart);
    if (!box) continue;
    named.add(group);
    taken.push(box);
    series(chart.over.append('text'), group, 'label')
      .attr('x', box.x)
      .attr('y', box.y + LINE - 2.5)
      .text(name);
  }
}

function placeFor({ x, y }, width, taken, { size, bottom }) {
  const box = (left, top) => ({ x: left, y: top, width, height: LINE });
  const places = [
    box(x + 8, y - LINE / 2),
    box(x - 8 - width, y - LINE / 2),
    box(x + 6, y - LINE - 5),
    box(x - 6 - width, y - LINE - 5),
    box(x + 6, y + 5),
    box(x - 6 - width, y + 5),
  ];
  const inside = (b) =>
    b.x > size.left && b.x + width < size.width && b.y > 0 && b.y + LINE < bottom;
  return places.find((b) => inside(b) && !taken.some((other) => overlap(b, other)));
}

const overlap = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
