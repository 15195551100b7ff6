// A label goes beside its point where there is room; one without room is left to the tooltip.
// Of marks with the same name the first with room has it.

import { series } from './charts.js';
import { clipped } from './format.js';

const LETTER = 5.3;
const LINE = 11;

export function labels(chart, marks) {
  const taken = marks.map((m) => ({ x: m.x - 5, y: m.y - 5, width: 10, height: 10 }));
  const named = new Set();
  for (const mark of marks) {
    if (named.has(mark.name)) continue;
    const name = clipped(mark.name, 26);
    const box = placeFor(mark, name.length * LETTER, taken, chart);
    if (!box) continue;
    named.add(mark.name);
    taken.push(box);
    series(chart.over.append('text'), mark.group, 'label')
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
