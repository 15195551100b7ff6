package org.trimtab.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the report looks: light, dark, on a phone, at the edges; and pictures of it. */
class ReportLooksTest {
  @RegisterExtension static final ReportBrowser BROWSER = new ReportBrowser();

  private static final List<String> SECTIONS =
      List.of(
          "header",
          "results",
          "curves",
          "costs",
          "setting-0",
          "setting-1",
          "gates",
          "failures",
          "trials",
          "provenance");

  @Test
  void lightAndDarkDifferAndBothCanBeRead() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.rich();
    String background = "getComputedStyle(document.body).backgroundColor";
    String light = page.value(background).asText();
    assertThat(Contrast.weak(page)).isEmpty();
    page.scheme("dark");
    String dark = page.value(background).asText();
    assertThat(dark).isNotEqualTo(light);
    assertThat(Contrast.weak(page)).isEmpty();
    page.click(".theme");
    assertThat(page.value(background).asText()).isEqualTo(light);
  }

  @Test
  void aPhoneNeverScrollsThePageSideways() throws IOException, InterruptedException {
    for (Map.Entry<String, Map<String, Object>> report : SampleReport.all().entrySet()) {
      BrowserPage page = BROWSER.open(report.getKey(), report.getValue());
      page.size(390, 844);
      page.open(ReportBrowser.SHOTS.resolve(report.getKey() + ".html").toAbsolutePath());
      page.value("document.querySelectorAll('details').forEach(d => (d.open = true))");
      int width =
          page.value("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
              .asInt();
      assertThat(width).as(report.getKey()).isLessThanOrEqualTo(390);
    }
  }

  @Test
  void edgesReadWell() throws IOException, InterruptedException {
    assertThat(BROWSER.open("pending", SampleReport.pending()).text())
        .contains("No trial has finished yet.")
        .contains("No trial has recorded a loss");
    assertThat(BROWSER.open("empty", SampleReport.empty()).text())
        .contains("The sweep has no trials yet");
    BrowserPage single = BROWSER.open("single", SampleReport.single());
    assertThat(single.text()).contains("No row is the reference").doesNotContain("▲");
    assertThat(single.count(".main .sd")).isZero();
  }

  @Test
  void looksLikeThis() throws IOException, InterruptedException {
    BrowserPage page = BROWSER.rich();
    for (String scheme : List.of("light", "dark")) {
      page.scheme(scheme);
      page.screenshot(ReportBrowser.SHOTS.resolve(scheme + ".png"), "body");
    }
    for (String section : SECTIONS) {
      page.screenshot(ReportBrowser.SHOTS.resolve("section-" + section + ".png"), "#" + section);
    }
    page.scheme("light");
    page.size(390, 844);
    page.open(ReportBrowser.SHOTS.resolve("rich.html").toAbsolutePath());
    page.screenshot(ReportBrowser.SHOTS.resolve("phone.png"));
    page.screenshot(ReportBrowser.SHOTS.resolve("phone-whole.png"), "body");
    for (String edge : List.of("pending", "empty", "single", "hostile")) {
      BROWSER
          .open(edge, SampleReport.all().getOrDefault(edge, Map.of()))
          .screenshot(ReportBrowser.SHOTS.resolve(edge + ".png"), "body");
    }
    assertThat(ReportBrowser.SHOTS.resolve("phone.png")).isNotEmptyFile();
  }
}
