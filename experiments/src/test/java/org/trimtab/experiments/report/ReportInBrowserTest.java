package org.trimtab.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The report as a reader has it: in a real browser. */
class ReportInBrowserTest {
  @RegisterExtension static final ReportBrowser BROWSER = new ReportBrowser();

  private static final String TIP =
      "document.getElementById('tip').hidden ? '' : document.getElementById('tip').innerText";

  @Test
  void asksForNothingAndComplainsOfNothing() throws IOException, InterruptedException {
    for (Map.Entry<String, Map<String, Object>> report : SampleReport.all().entrySet()) {
      BrowserPage page = BROWSER.open(report.getKey(), report.getValue());
      assertThat(page.complaints()).as(report.getKey()).isEmpty();
      assertThat(page.requests())
          .as(report.getKey())
          .hasSize(1)
          .allMatch(a -> a.startsWith("file:"));
      assertThat(page.text().replaceFirst("Majority baseline\\s+undefined", ""))
          .as(report.getKey())
          .doesNotContain("NaN")
          .doesNotContain("undefined")
          .doesNotContain("null")
          .doesNotContain("can't be drawn");
    }
  }

  @Test
  void scriptsShareNoScope() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.open("scope", SampleReport.empty());
    assertThat(page.value("[typeof d3, typeof report, typeof el, typeof $format].join()").asText())
        .isEqualTo("object,undefined,undefined,undefined");
  }

  @Test
  void markupInATextStaysText() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.open("hostile", SampleReport.hostile());
    assertThat(page.value("document.querySelectorAll('img').length").asInt()).isZero();
    assertThat(page.value("'broken' in window").asBoolean()).isFalse();
    assertThat(page.value("document.querySelector('h1').textContent").asText())
        .isEqualTo("s" + SampleReport.HOSTILE);
    page.hover(".main td .cell");
    assertThat(page.value(TIP).asText()).contains("<img src=x");
    assertThat(page.value("document.querySelectorAll('img').length").asInt()).isZero();
  }

  @Test
  void aHeadingSortsByAClickAndByAKey() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.rich();
    String head = ".main thead th:nth-child(2)";
    List<Double> before = scores(page);
    page.click(head + " button");
    assertThat(sort(page, head)).isEqualTo("descending");
    assertThat(scores(page))
        .containsExactlyInAnyOrderElementsOf(before)
        .isSortedAccordingTo(Comparator.reverseOrder());
    page.click(head + " button");
    assertThat(sort(page, head)).isEqualTo("ascending");
    assertThat(scores(page)).isSorted();
    page.focus(head + " button");
    page.press("Enter", 13);
    assertThat(sort(page, head)).isEqualTo("descending");
    assertThat(scores(page)).isSortedAccordingTo(Comparator.reverseOrder());
    page.press("Tab", 9);
    page.press("Enter", 13);
    assertThat(sort(page, head)).isEqualTo("none");
    assertThat(sort(page, ".main thead th:nth-child(3)")).isEqualTo("descending");
  }

  @Test
  void whatHasNoScoreStaysLastEitherWay() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.rich();
    String last = "document.querySelector('.main tbody tr:last-child td:nth-child(4)').textContent";
    for (int click = 0; click < 2; click++) {
      page.click(".main thead th:nth-child(4) button");
      assertThat(page.value(last).asText()).startsWith("–");
    }
  }

  private static String sort(BrowserPage page, String head) {
    return page.value("document.querySelector('" + head + "').getAttribute('aria-sort')").asText();
  }

  private static List<Double> scores(BrowserPage page) {
    List<Double> scores = new ArrayList<>();
    page.value(
            "[...document.querySelectorAll('.main tbody:not(.baseline) tr')]"
                + ".map(r => parseFloat(r.querySelector('td .mean').textContent))")
        .forEach(score -> scores.add(score.asDouble()));
    return scores;
  }

  @Test
  void aTooltipComesOnHoverAndOnFocus() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.rich();
    page.hover(".main tbody tr:nth-child(2) .cell");
    assertThat(page.value(TIP).asText())
        .contains("bitfit on rte")
        .contains("95 % interval")
        .contains("p, adjusted by Holm")
        .contains("McNemar p")
        .contains("smallest effect");
    page.screenshot(ReportBrowser.SHOTS.resolve("tooltip.png"));
    page.press("Escape", 27);
    assertThat(page.value(TIP).asText()).isEmpty();
    page.focus(".main tbody tr:nth-child(1) .stop");
    page.press("ArrowDown", 40);
    assertThat(page.value(TIP).asText()).contains("bitfit on rte");
    page.focus("#costs .point");
    assertThat(page.value(TIP).asText()).contains("trainable parameters");
    page.hover("#costs .point[data-group='1']");
    assertThat(page.value(TIP).asText()).contains("bitfit").contains("21,890");
  }

  /** Only rates stand times 100. */
  @Test
  void anErrorStandsAsItIs() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.open("errors", SampleReport.errors());
    String main = page.value("document.querySelector('.main').textContent").asText();
    assertThat(main).contains("350.250 ± 0.125").contains("undefined").contains("50.0");
    assertThat(page.value("document.querySelector('.reading').textContent").asText())
        .contains("Scores stand times 100, but those on grades as they are");
    page.hover(".main tbody tr:nth-child(1) .cell");
    assertThat(page.value(TIP).asText()).contains("349.500 to 351.000");
    assertThat(page.value("document.body.textContent").asText()).doesNotContain("35025");
    String ticks = page.value("document.querySelector('#costs').textContent").asText();
    assertThat(ticks).contains("349").doesNotContain("34900");
  }

  @Test
  void everyPlotHasItsMarks() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.rich();
    assertThat(page.count(".main tbody:not(.baseline) tr")).isEqualTo(14);
    assertThat(page.count(".main tbody:not(.baseline) .bar circle")).isEqualTo(14 * 3 - 1);
    // Two plots a task; a row that diverged with every seed has no mean.
    assertThat(page.count("#curves .plot")).isEqualTo(6);
    assertThat(page.count("#curves .curve")).isEqualTo(2 * (14 * 3 - 1));
    assertThat(page.count("#curves .seed")).isEqualTo(2 * (14 * 9 - 2));
    assertThat(page.count("#costs .point")).isEqualTo(2 * (14 * 3 - 1));
    // Two methods at four rates, three seeds: five trials diverged, two collapsed.
    assertThat(page.count("#setting-0 .dot")).isEqualTo(2 * 4 * 9 - 5);
    assertThat(page.count("#setting-0 .dot.collapsed")).isEqualTo(2);
    assertThat(page.count("#setting-0 .lost")).isEqualTo(7);
    assertThat(page.count("#setting-0 g.curve")).isEqualTo(6);
    assertThat(page.count("#setting-1 .dot")).isEqualTo(2 * 9);
    assertThat(page.count("#gates .gate")).isEqualTo(3 * 6 * 4);
    assertThat(page.count("#gates .gate-line")).isEqualTo(3 * 6 * 4);
    assertThat(page.count("#failures tbody tr")).isEqualTo(8);
    assertThat(page.count("#trials tbody tr")).isEqualTo(14 * 9);
    assertThat(page.count(".plot:not(:has(.stop))")).isZero();
    assertThat(page.count(".plot")).isEqualTo(page.count(".plot title"));
  }

  @Test
  void theLegendHidesAMethodAndTheFilterATrial() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.rich();
    page.click(".legend button:nth-child(2)");
    assertThat(page.count("#costs .point.off")).isEqualTo(6);
    page.click(".legend button:nth-child(2)");
    assertThat(page.count(".off")).isZero();
    page.focus("#trials input");
    page.type("lora failed");
    assertThat(page.count("#trials tbody tr:not([hidden])")).isEqualTo(1);
    assertThat(page.value("document.querySelector('#trials output').textContent").asText())
        .isEqualTo("1 of 126 trials");
  }
}
