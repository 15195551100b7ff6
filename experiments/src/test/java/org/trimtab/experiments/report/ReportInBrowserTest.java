package org.trimtab.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The report as a reader has it: in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportInBrowserTest {
  private static final Path SHOTS = Path.of("target", "screenshots");
  private @Nullable Chromium browser;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    Optional<Path> program = Chromium.find();
    if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("CI=true, but there is no browser: install chromium");
    }
    assumeTrue(
        program.isPresent(),
        "skipped: no chromium, chromium-browser or google-chrome on the path, and TRIMTAB_CHROMIUM"
            + " names none");
    browser = Chromium.start(program.orElseThrow());
  }

  @AfterAll
  void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private BrowserPage open(String name, Map<String, Object> report)
      throws IOException, InterruptedException {
    Files.createDirectories(SHOTS);
    Path file = SHOTS.resolve(name + ".html").toAbsolutePath();
    Files.writeString(file, HtmlReport.page(report));
    BrowserPage page = java.util.Objects.requireNonNull(browser).page();
    page.size(1280, 900);
    page.scheme("light");
    page.open(file);
    return page;
  }

  private BrowserPage rich() throws IOException, InterruptedException {
    return open("rich", SampleReport.rich());
  }

  @Test
  void shots() throws IOException, InterruptedException {
    BrowserPage page = rich();
    page.screenshot(SHOTS.resolve("light.png"), "body");
    assertThat(page.complaints()).isEmpty();
  }
}
