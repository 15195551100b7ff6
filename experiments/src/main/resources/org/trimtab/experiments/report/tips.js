'use strict';
// The one tooltip: on hover and on focus, gone on Escape.

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
  const { width, height } = tipBox.getBoundingClientRect();
  const right = document.documentElement.clientWidth - width - 8;
  const below = y + 16;
  const fits = below + height < window.innerHeight - 8;
  tipBox.style.left = `${Math.max(8, Math.min(x + 12, right))}px`;
  tipBox.style.top = `${Math.max(8, fits ? below : y - height - 12)}px`;
}

// Gives a node its tooltip; `build` makes the content, told the event of the pointer, if any.
function tip(node, build) {
  const byPointer = (event) => showTip(node, build(event), event.clientX, event.clientY);
  node.addEventListener('pointerenter', byPointer);
  node.addEventListener('pointermove', byPointer);
  node.addEventListener('pointerleave', () => {
    if (document.activeElement !== node) hideTip();
  });
  node.addEventListener('focus', () => {
    const box = node.getBoundingClientRect();
    showTip(node, build(null), box.left, box.bottom - 8);
  });
  node.addEventListener('blur', hideTip);
  return node;
}

const tipHead = (title, ...notes) => [
  el('strong', {}, title),
  notes.filter(Boolean).map((note) => el('span', { class: 'note' }, note)),
].flat();

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hideTip();
});
window.addEventListener('scroll', hideTip, { passive: true });
