// What every plot is made of: a frame with axes, marks by method, the legend that drives them.

import { el, roving } from './dom.js';
import { isNumber, short, signs } from './format.js';
import { groups } from './model.js';
import { tip } from './tips.js';

export const SIZE = { width: 340, height: 226, left: 40, right: 14, top: 10, bottom: 36 };
// Two plots side by side have more room than three; a phone has room for the small size alone.
const HALF = window.matchMedia('(min-width: 44rem)').matches ? { width: 500, height: 270 } : {};
let frameCount = 0;

// A titled SVG with axes; marks go to `plot` (clipped to the axes) or `over` (not clipped).
export function frame({ title, description, x, y, xLabel, xTicks, yFormat, lane = 0, half = false }) {
  const id = `plot-${frameCount++}`;
  const size = { ...SIZE, ...(half ? HALF : {}) };
  size.height += lane;
  const bottom = size.height - size.bottom - lane;
  x.range([size.left, size.width - size.right]);
  y.range([bottom, size.top]);
  const svg = d3
    .create('svg')
    .attr('class', 'plot')
    .attr('viewBox', `0 0 ${size.width} ${size.height}`)
    .attr('role', 'group')
    .attr('aria-labelledby', `${id}-title ${id}-desc`);
  // In defs: a title right below the root would pop up as the browser's own tooltip over ours.
  const defs = svg.append('defs');
  defs.append('title').attr('id', `${id}-title`).text(title);
  defs.append('desc').attr('id', `${id}-desc`).text(description);
  clip(defs, `${id}-clip`, size, bottom);
  axes(svg, { x, y, xLabel, xTicks, yFormat, size, bottom, lane });
  return {
    svg,
    size,
    bottom,
    plot: svg.append('g').attr('clip-path', `url(#${id}-clip)`),
    over: svg.append('g'),
  };
}

function clip(defs, id, size, bottom) {
  defs
    .append('clipPath')
    .attr('id', id)
    .append('rect')
    .attr('x', size.left - 5)
    .attr('y', size.top - 5)
    .attr('width', size.width - size.left - size.right + 10)
    .attr('height', bottom - size.top + 10);
}

function axes(svg, { x, y, xLabel, xTicks, yFormat, size, bottom, lane }) {
  const inner = size.width - size.left - size.right;
  svg
    .append('g')
    .attr('class', 'axis y')
    .attr('transform', `translate(${size.left},0)`)
    .call(d3.axisLeft(y).ticks(5).tickSize(-inner).tickPadding(6).tickFormat(yFormat))
    .call((g) => g.select('.domain').remove());
  const bottomAxis = d3.axisBottom(x).tickSize(4).tickPadding(5);
  if (xTicks) bottomAxis.tickValues(xTicks.values).tickFormat(xTicks.format);
  else bottomAxis.ticks(5).tickFormat(short);
  svg
    .append('g')
    .attr('class', 'axis x')
    .attr('transform', `translate(0,${bottom + lane})`)
    .call(bottomAxis)
    .call((g) => g.select('.domain').remove());
  rule(svg, 'base', [size.left, bottom + lane], [size.width - size.right, bottom + lane]);
  svg
    .append('text')
    .attr('class', 'axis-label')
    .attr('x', size.width - size.right)
    .attr('y', size.height - 3)
    .attr('text-anchor', 'end')
    .text(xLabel);
}

export const rule = (parent, kind, [x1, y1], [x2, y2]) =>
  parent
    .append('line')
    .attr('class', kind)
    .attr('x1', x1)
    .attr('y1', y1)
    .attr('x2', x2)
    .attr('y2', y2);

// What a line of one point is drawn as.
export const dot = (parent, x, y) => parent.append('circle').attr('cx', x).attr('cy', y).attr('r', 3);

// Marks of a group: coloured by class, found again by the legend.
export const series = (selection, group, kind = '') =>
  selection.attr('class', `series ${kind} ${group.colour}`).attr('data-group', group.index);

export const panel = (title, svg) =>
  el('figure', { class: 'panel' }, el('figcaption', {}, title), roving(svg.node()));

export const panels = (figures, kind = '') => el('div', { class: `panels ${kind}` }, figures);

// A mark with a tooltip that the keyboard reaches too.
export function interactive(selection, label, build) {
  selection.classed('stop', true).attr('role', 'img').attr('aria-label', label);
  tip(selection.node(), build);
  return selection;
}

// With some room, but none beyond what an accuracy or a correlation can be.
export const inBounds = (low, high, room, { rate }) =>
  rate ? [Math.max(-1, low - room), Math.min(1, high + room)] : [low - room, high + room];

export function scoreScale(values, task) {
  const [low, high] = d3.extent(values.filter(isNumber));
  if (low === undefined) return d3.scaleLinear([0, 1], [0, 1]);
  const room = high - low < 1e-9 ? 0.02 : 0.08 * (high - low);
  return d3.scaleLinear(inBounds(low, high, room, task), [0, 1]);
}

export const scoreTick =
  ({ rate }) =>
  (value) =>
    signs(d3.format('~g')(Number(((rate ? 100 : 1) * value).toPrecision(6))));

// Powers of ten, with more between them the less the scale spans.
export function logTicks([low, high]) {
  const decades = Math.log10(high / low);
  if (decades < 0.7) return { values: d3.ticks(low, high, 4), format: short };
  const steps = decades > 3 ? [1] : decades > 1.2 ? [1, 3] : [1, 2, 3, 5];
  const powers = d3.range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1);
  const values = powers.flatMap((p) => steps.map((step) => Number(`${step}e${p}`)));
  return { values: values.filter((v) => v >= low && v <= high), format: short };
}

export function baselineRule(chart, task, y) {
  if (!isNumber(task.baseline)) return;
  const height = y(task.baseline);
  if (height > chart.bottom || height < chart.size.top) return;
  rule(
    chart.plot,
    'baseline-rule',
    [chart.size.left, height],
    [chart.size.width - chart.size.right, height],
  );
  chart.plot
    .append('text')
    .attr('class', 'baseline-label')
    .attr('x', chart.size.width - chart.size.right)
    .attr('y', height + (height + 12 < chart.bottom ? 11 : -4))
    .attr('text-anchor', 'end')
    .text('baseline');
}

export const shape = (group, area) => group.symbol.size(area)();

export function swatch(group) {
  const svg = d3
    .create('svg')
    .attr('class', `swatch ${group.colour}`)
    .attr('viewBox', '-7 -7 14 14')
    .attr('aria-hidden', 'true');
  svg.append('path').attr('d', shape(group, 62));
  return svg.node();
}

const marksOf = (index) => document.querySelectorAll(`[data-group="${index}"]`);

export function highlight(group) {
  document.body.classList.toggle('highlighting', group !== null);
  document.querySelectorAll('.series.lit').forEach((node) => node.classList.remove('lit'));
  if (group !== null) marksOf(group.index).forEach((node) => node.classList.add('lit'));
}

// A button a method: pressed while its marks are shown; pointing at it lights them up.
export function legend() {
  const entries = groups.map((group) => [group, legendButton(group)]);
  const show = (shown) => entries.forEach(([group, button]) => setShown(group, button, shown));
  const all = (label, shown) => {
    const button = el('button', { type: 'button', class: 'all' }, label);
    button.addEventListener('click', () => show(shown));
    return button;
  };
  return el(
    'div',
    { class: 'legend', role: 'group', 'aria-label': 'Methods in the plots' },
    entries.map(([, button]) => button),
    all('All', true),
    all('None', false),
  );
}

function legendButton(group) {
  const button = el(
    'button',
    { type: 'button', 'aria-pressed': 'true' },
    swatch(group),
    group.name,
  );
  button.addEventListener('click', () =>
    setShown(group, button, button.getAttribute('aria-pressed') === 'false'),
  );
  for (const event of ['pointerenter', 'focus'])
    button.addEventListener(event, () => highlight(group));
  for (const event of ['pointerleave', 'blur'])
    button.addEventListener(event, () => highlight(null));
  return button;
}

function setShown(group, button, shown) {
  button.setAttribute('aria-pressed', shown);
  marksOf(group.index).forEach((node) => node.classList.toggle('off', !shown));
}
