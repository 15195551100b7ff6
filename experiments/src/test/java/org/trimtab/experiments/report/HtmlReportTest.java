package org.trimtab.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's text, before any browser has it. */
class HtmlReportTest {
  private static final String OPEN = "<script type=\"application/json\" id=\"data\">";
  private static final List<String> NAMES_NOT_FETCHED =
      List.of("http://www.w3.org/", "https://d3js.org");

  private final String page = HtmlReport.page(SampleReport.rich());

  @Test
  void thePageNamesNoAddressButNamespacesAndTheLicence() {
    List<String> addresses =
        Pattern.compile("(?:https?:)?//[a-z0-9-]+\\.[a-z][^\"'\\s)]*", Pattern.CASE_INSENSITIVE)
            .matcher(page)
            .results()
            .map(MatchResult::group)
            .filter(address -> NAMES_NOT_FETCHED.stream().noneMatch(address::startsWith))
            .toList();
    assertThat(addresses).isEmpty();
    assertThat(page)
        .doesNotContain(" src=")
        .doesNotContain("<link")
        .doesNotContain("@import")
        .doesNotContain("innerHTML =")
        .contains("Permission to use, copy, modify, and/or distribute this software");
  }

  @Test
  void thePolicyForbidsEveryRequest() {
    assertThat(page)
        .contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .contains("script-src 'sha256-")
        .contains("style-src 'sha256-")
        .doesNotContain("unsafe-inline")
        .doesNotContain("unsafe-eval");
  }

  @Test
  void noPlaceOfTheTemplateIsLeft() {
    assertThat(page).doesNotContain("{{");
  }

  @Test
  void theDataComesBackAsItWas() throws java.io.IOException {
    for (Map<String, Object> report :
        List.of(SampleReport.rich(), SampleReport.hostile(), SampleReport.empty())) {
      String data = data(HtmlReport.page(report));
      Map<String, Object> read = new ObjectMapper().readValue(data, new TypeReference<>() {});
      assertThat(read).isEqualTo(report);
    }
  }

  @Test
  void noTextEndsTheDataOrOpensAComment() {
    String hostile = HtmlReport.page(SampleReport.hostile());
    assertThat(data(hostile)).doesNotContain("<").doesNotContain(">").doesNotContain("&");
    assertThat(count(hostile, "</script>")).isEqualTo(count(page, "</script>"));
    assertThat(count(hostile, "<!--")).isEqualTo(count(page, "<!--"));
    assertThat(hostile).doesNotContain("<img");
  }

  @Test
  void theSameReportMakesTheSamePage() {
    assertThat(HtmlReport.page(SampleReport.rich())).isEqualTo(page);
  }

  private static String data(String page) {
    int start = page.indexOf(OPEN) + OPEN.length();
    return page.substring(start, page.indexOf("</script>", start));
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }
}
