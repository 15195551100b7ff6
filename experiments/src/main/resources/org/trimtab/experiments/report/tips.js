// The one tooltip: on hover and on focus, gone on Escape.

import { el } from './dom.js';

const tipBox = document.getElementById('tip');
let tipOwner = null;

function hideTip() {
  tipBox.hidden = true;
  if (tipOwner) tipOwner.removeAttribute('aria-describedby');
  tipOwner = null;
}

function showTip(node, children, x, y) {
  if (tipOwner !== node) hideTip();
  tipOwner = node;
  node.setAttribute('aria-describedby', 'tip');
  tipBox.replaceChildren(...children);
  tipBox.hidden = false;
  placeTip(x, y);
}

function besideOwner() {
  if (!tipOwner) return;
  const box = tipOwner.getBoundingClientRect();
  placeTip(box.left, box.bottom - 8);
}

function placeTip(x, y) {
  const { width, height } = tipBox.getBoundingClientRect();
  const right = document.documentElement.clientWidth - width - 8;
  const below = y + 16;
  const fits = below + height < window.innerHeight - 8;
  tipBox.style.left = `${Math.max(8, Math.min(x + 12, right))}px`;
  tipBox.style.top = `${Math.max(8, fits ? below : y - height - 12)}px`;
}

// Gives a node its tooltip; `build` makes the content, told the event of the pointer, if any.
export function tip(node, build) {
  const leave = () => {
    if (tipOwner === node) hideTip();
  };
  // On moves alone: a page that scrolls below a resting pointer makes it enter marks too.
  node.addEventListener('pointermove', (event) =>
    showTip(node, build(event), event.clientX, event.clientY),
  );
  node.addEventListener('pointerleave', () => {
    if (document.activeElement !== node) leave();
  });
  node.addEventListener('focus', () => {
    showTip(node, build(null), 0, 0);
    besideOwner();
  });
  node.addEventListener('blur', leave);
  return node;
}

export const tipHead = (title, ...notes) =>
  [
    el('strong', {}, title),
    notes.filter(Boolean).map((note) => el('span', { class: 'note' }, note)),
  ].flat();

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hideTip();
});
// Focus may scroll the mark into sight: its tooltip goes along; the pointer's own does not.
document.addEventListener(
  'scroll',
  () => (tipOwner === document.activeElement ? besideOwner() : hideTip()),
  { passive: true, capture: true },
);
