package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.base.SettingKind;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.plugin.Plugins;

/** {@code trimtab methods NAME} says the meaning of every option. */
class MethodOptionsTest {
  @TestFactory
  Stream<DynamicTest> everyOptionHasADefaultAndAMeaning() {
    return MethodRegistry.installed().all().stream()
        .filter(binding -> binding.provider().equals(Plugins.TRIMTAB))
        .map(binding -> DynamicTest.dynamicTest(binding.name(), () -> check(binding)));
  }

  private static void check(MethodBinding binding) throws Exception {
    assertThat(binding.method().attaches()).isNotEmpty();
    check(binding.method().configType(), "defaults.yaml");
    for (SettingKind<?> kind : binding.method().kinds()) {
      for (Map.Entry<String, ? extends Class<?>> type : kind.types().entrySet()) {
        check(type.getValue(), type.getKey() + ".yaml");
      }
    }
  }

  private static void check(Class<?> config, String defaults) throws Exception {
    for (RecordComponent component : config.getRecordComponents()) {
      if (component.getType() != Path.class) {
        URL url = Optional.ofNullable(config.getResource(defaults)).orElseThrow();
        try (InputStream in = url.openStream()) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          assertThat(text.lines()).anyMatch(l -> l.matches(line(component)));
        }
      }
    }
  }

  /** A value and its meaning; of what has no default, a comment. */
  private static String line(RecordComponent component) {
    String key = key(component.getName()) + ": ";
    return component.getType() == Optional.class ? "# " + key + "[A-Z]+ +.+" : key + ".*# .+";
  }

  private static String key(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  @Test
  void aMethodIsDescribedAndAnUnknownOneRefused() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(new String[] {"methods", "lora"}, new PrintWriter(out), new PrintWriter(err));
    assertThat(code).isZero();
    assertThat(out.toString()).contains("r (in + out)", "rank: 8", "# r, the rank of the update");
    code = Main.run(new String[] {"methods", "lorra"}, new PrintWriter(out), new PrintWriter(err));
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean 'lora'?").doesNotContain("\tat ");
  }
}
