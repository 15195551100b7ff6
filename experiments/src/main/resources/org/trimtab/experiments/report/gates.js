// How open the gates are: by layer and part after the last step, and on the way there.

import { dot, frame, interactive, panel, panels, SIZE, swatch } from './charts.js';
import { meanLine, path } from './curves.js';
import { el, pairs } from './dom.js';
import { clipped, count, fixed, isNumber } from './format.js';
import { isCounted, rows, tasks, trialsOf } from './model.js';
import { tipHead } from './tips.js';

// As methods name them: lora.gate.encoder.layer.0.attention.self.query, or layer.0.prefix.
const LAYER = /^(?:(.*?)\.)?(?:encoder\.)?layer\.(\d+)\.(.+)$/;

function placeOf(name) {
  const found = LAYER.exec(name);
  if (!found) return { layer: null, part: name };
  const of = (found[1] ?? '').replace(/\.?\b(gate|encoder)\b/g, '');
  return { layer: Number(found[2]), part: [of, found[3]].filter(Boolean).join(' ') };
}

export function gateBlocks() {
  const found = rows.flatMap((row) =>
    tasks.map((task) => ({ row, task, gates: gatesOf(row, task) })),
  );
  return found.filter((entry) => entry.gates.length > 0);
}

export function gatePlots(blocks) {
  return [
    el(
      'p',
      {},
      'A gate is 0 where it is shut and 1 where it is open. Values are means over dev examples ',
      'and finished seeds.',
    ),
    ...blocks.map((block, index) =>
      el(
        'details',
        { class: 'gates', open: index === 0 },
        el('summary', {}, swatch(block.row.group), `${block.row.name} on ${block.task.name}`),
        panels([heatPanel(block), ...linePanels(block)]),
      ),
    ),
  ];
}

// The gates of a row on a task: { name, layer, part, line }, the line a mean over seeds.
function gatesOf(row, task) {
  const all = trialsOf(row, task)
    .filter(isCounted)
    .map((trial) => trial.gates ?? {});
  const names = [...new Set(all.flatMap(Object.keys))];
  return names
    .map((name) => {
      const { layer, part } = placeOf(name);
      const lines = all.map((gates) => gates[name]).filter(Boolean);
      const line = meanLine(lines.map((values) => values.filter(([, v]) => isNumber(v))));
      return { name, layer, part, line };
    })
    .filter((gate) => gate.line.length > 0);
}

const layersOf = (gates) => [...new Set(gates.map((gate) => gate.layer))].sort(d3.ascending);
const partsOf = (gates) => [...new Set(gates.map((gate) => gate.part))];
const layerName = (layer) => (layer === null ? 'all' : `layer ${layer}`);
const heat = (value) => d3.interpolateCividis(Math.max(0, Math.min(1, value)));

function heatPanel({ row, task, gates }) {
  const layers = layersOf(gates);
  const parts = partsOf(gates);
  const side = { left: 56, top: 22, line: Math.min(26, Math.max(15, 200 / layers.length)) };
  const width = (SIZE.width - side.left - 4) / parts.length;
  const height = side.top + side.line * layers.length + 4;
  const title = `Gates of ${row.name} on ${task.name} after the last step`;
  const svg = d3
    .create('svg')
    .attr('class', 'plot heat')
    .attr('viewBox', `0 0 ${SIZE.width} ${height}`)
    .attr('role', 'group')
    .attr('aria-label', title);
  const defs = svg.append('defs');
  defs.append('title').text(title);
  defs.append('desc').text('A line for each layer, a column for each part; darker is shut.');
  parts.forEach((part, i) =>
    text(svg, side.left + (i + 0.5) * width, 14, clipped(part, Math.max(4, width / 6)), 'middle'),
  );
  layers.forEach((layer, j) =>
    text(svg, side.left - 8, side.top + (j + 0.5) * side.line + 4, layerName(layer), 'end'),
  );
  for (const gate of gates) {
    const x = side.left + parts.indexOf(gate.part) * width;
    heatCell(svg, gate, x, side.top + layers.indexOf(gate.layer) * side.line, width, side.line);
  }
  return panel(['Last step, ', el('b', {}, 'layer by part')], svg);
}

const text = (parent, x, y, words, anchor) =>
  parent.append('text').attr('x', x).attr('y', y).attr('text-anchor', anchor).text(words);

function heatCell(svg, gate, x, y, width, height) {
  const value = gate.line.at(-1)[1];
  const g = svg.append('g').attr('class', 'gate');
  g.append('rect')
    .attr('x', x + 1)
    .attr('y', y + 1)
    .attr('width', width - 2)
    .attr('height', height - 2)
    .attr('fill', heat(value));
  text(g, x + width / 2, y + height / 2 + 4, value.toFixed(2), 'middle').attr(
    'class',
    value > 0.5 ? 'on-light' : 'on-dark',
  );
  interactive(g, `${gate.name}: ${value.toFixed(2)}`, () => gateTip(gate, gate.line.at(-1)));
}

const gateTip = (gate, [step, value]) => [
  ...tipHead(gate.name),
  pairs([
    ['step', count(step)],
    ['mean', fixed(value, 3)],
  ]),
];

// The layers' numbers where the lines end; one too close to another is left to the tooltip.
function endLabels(chart, lines, x, y) {
  const taken = [];
  for (const gate of lines.filter((line) => line.layer !== null)) {
    const [step, value] = gate.line.at(-1);
    if (taken.some((other) => Math.abs(other - y(value)) < 9)) continue;
    taken.push(y(value));
    text(chart.over, x(step) + 3, y(value) + 3.5, `${gate.layer}`, 'start');
  }
}

const linePanels = (block) => partsOf(block.gates).map((part) => gateLines(block, part));

function gateLines({ row, task, gates }, part) {
  const lines = gates.filter((gate) => gate.part === part);
  const x = d3.scaleLinear([0, d3.max(lines, (gate) => gate.line.at(-1)[0]) || 1], [0, 1]);
  const y = d3.scaleLinear([0, 1], [0, 1]);
  const chart = frame({
    title: `Gate ${part} of ${row.name} on ${task.name}`,
    description: 'The mean gate by training step, a line for each layer, its number at the end.',
    x,
    y,
    xLabel: 'training step',
    yFormat: d3.format('~g'),
  });
  const deepest = d3.max(lines, (gate) => gate.layer) || 1;
  for (const gate of lines) {
    const d = path(x, y)(gate.line);
    const g = chart.plot
      .append('g')
      .attr('class', 'gate-line')
      .style('--depth', `${Math.round((100 * (gate.layer ?? 0)) / deepest)}%`);
    g.append('path').attr('class', 'hit').attr('d', d);
    g.append('path').attr('class', 'line').attr('d', d);
    if (gate.line.length === 1) dot(g, x(gate.line[0][0]), y(gate.line[0][1]));
    interactive(g, `${gate.name}: ${fixed(gate.line.at(-1)[1], 2)} at the end`, (event) => {
      const at = event ? x.invert(d3.pointer(event, chart.svg.node())[0]) : Infinity;
      return gateTip(
        gate,
        d3.least(gate.line, ([s]) => (at === Infinity ? -s : Math.abs(s - at))),
      );
    });
  }
  endLabels(chart, lines, x, y);
  return panel([el('b', {}, part), ' by training step'], chart.svg);
}
