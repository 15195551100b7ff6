package org.trimtab.experiments.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser for the tests of a class. Where there is none they are skipped and say so; with CI=true
 * they fail.
 */
final class ReportBrowser implements BeforeEachCallback, AfterAllCallback {
  /** Pages and pictures, kept for a look. */
  static final Path SHOTS = Path.of("target", "screenshots");

  private @Nullable Chromium browser;

  /** Before each, not before all: so that each test skipped is one reported, with the reason. */
  @Override
  public void beforeEach(ExtensionContext context) throws IOException, InterruptedException {
    if (browser != null) {
      return;
    }
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

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  /** The page of a report, in a light window of a desk's size. */
  BrowserPage open(String name, Map<String, Object> report)
      throws IOException, InterruptedException {
    Files.createDirectories(SHOTS);
    Path file = SHOTS.resolve(name + ".html").toAbsolutePath();
    Files.writeString(file, HtmlReport.page(report));
    BrowserPage page = Objects.requireNonNull(browser).page();
    page.size(1280, 900);
    page.scheme("light");
    page.open(file);
    return page;
  }

  BrowserPage rich() throws IOException, InterruptedException {
    return open("rich", SampleReport.rich());
  }
}
