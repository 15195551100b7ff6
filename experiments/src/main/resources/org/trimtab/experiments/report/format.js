// How numbers are written. Scores that are rates, such as accuracies, stand times 100, as tables of
// results in papers have them; all others, such as errors, as they are.

export const NONE = '–';

export const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

export const signs = (text) => text.replace('-', '−');

export const fixed = (value, digits) => (isNumber(value) ? signs(value.toFixed(digits)) : NONE);

// Of an error: no more digits than tell it apart, but for very large and very small ones.
const plain = (value) =>
  value !== 0 && (Math.abs(value) < 0.01 || Math.abs(value) >= 1e6)
    ? signs(value.toExponential(2))
    : fixed(value, 3);

export const points = (score, { rate }) =>
  !isNumber(score) ? NONE : rate ? fixed(100 * score, 1) : plain(score);

export const difference = (value, task) =>
  (isNumber(value) && value > 0 ? '+' : '') + points(value, task);

export const interval = (low, high, task) =>
  isNumber(low) && isNumber(high) ? `${points(low, task)} to ${points(high, task)}` : NONE;

export const count = (value) =>
  isNumber(value) ? value.toLocaleString('en-GB', { maximumFractionDigits: 0 }) : NONE;

export function probability(p) {
  if (!isNumber(p)) return NONE;
  if (p < 0.001) return '< 0.001';
  return p.toFixed(p < 0.0995 ? 3 : 2);
}

export function share(part, whole) {
  if (!isNumber(part) || !isNumber(whole) || whole <= 0) return NONE;
  const percent = (100 * part) / whole;
  if (percent === 0 || percent === 100) return `${percent} %`;
  return percent < 0.01 ? '< 0.01 %' : `${Number(percent.toPrecision(2))} %`;
}

export function duration(seconds) {
  if (!isNumber(seconds)) return NONE;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 119.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

export const memory = (mib) =>
  isNumber(mib) ? (mib < 1024 ? `${count(mib)} MiB` : `${(mib / 1024).toFixed(1)} GiB`) : NONE;

export const clipped = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

export function date(text) {
  const time = new Date(text);
  if (!text || Number.isNaN(time.getTime())) return text || 'no date';
  const day = time.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${day}, ${time.toISOString().slice(11, 16)} UTC`;
}

// Ticks of parameters, learning rates and steps: 1e-3, 7.7k, 1M.
export function short(value) {
  if (value !== 0 && Math.abs(value) < 0.01) return value.toExponential().replace('e-', 'e−');
  return d3.format(Math.abs(value) >= 1000 ? '~s' : '~g')(value);
}
