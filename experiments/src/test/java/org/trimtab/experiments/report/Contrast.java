package org.trimtab.experiments.report;

import java.util.List;

/** What of a page is too faint to be read. */
final class Contrast {
  private Contrast() {}

  /** Texts below 4.5 : 1 and marks below 3 : 1 against the page. */
  static List<String> weak(BrowserPage page) {
    String script =
        """
        (() => {
          const parts = (c) => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const linear = (v) => (v <= 10 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4);
          const light = ([r, g, b]) =>
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
          const paper = light(parts(getComputedStyle(document.body).backgroundColor));
          const contrast = (c) => {
            const l = light(parts(c));
            return (Math.max(l, paper) + 0.05) / (Math.min(l, paper) + 0.05);
          };
          let looked = 0;
          const bad = (selector, property, least) =>
            [...document.querySelectorAll(selector)]
              .map((n) => [n, getComputedStyle(n)[property]])
              .filter(([, c]) => c.startsWith('rgb'))
              .filter(([, c]) => looked++ >= 0 && contrast(c) < least)
              .map(([n, c]) => `${selector} ${c} ${n.textContent}`);
          const found = [
            ...bad('h1, h2, p, td, th, dt, dd, a, .note, .sd, .flags, button', 'color', 4.5),
            ...bad('.point path, .swatch path, .axis text', 'fill', 3),
            ...bad('.curve .line', 'stroke', 3),
          ];
          // An empty look must not pass.
          return (looked < 200 ? ['only ' + looked + ' parts seen', ...found] : found).join('|');
        })()
        """;
    String found = page.value(script).asText();
    return found.isEmpty() ? List.of() : List.of(found.split("\\|"));
  }
}
