package org.trimtab.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** ES modules become one script, or say why they don't. */
class ScriptBundleTest {
  private static final String TEXTS =
      "export const NONE = '-';\n\nconst own = 1;\nexport function twice(n) {\n  return 2 * n;\n}\n";

  private static String bundle(String... files) {
    Map<String, String> sources = new java.util.HashMap<>();
    for (int i = 0; i < files.length; i += 2) {
      sources.put(files[i], files[i + 1]);
    }
    return ScriptBundle.of("page", name -> Objects.requireNonNull(sources.get(name), name));
  }

  @Test
  void eachModuleHasItsOwnScopeBehindThoseThatItImports() {
    String script =
        bundle(
            "page.js",
            "// Draws.\n\nimport { twice } from './texts.js';\nimport {\n  NONE,\n} from './texts.js';"
                + "\n\nconst own = twice(4) + NONE;\n",
            "texts.js",
            TEXTS);
    assertThat(script)
        .isEqualTo(
            """
            // texts.js
            const $texts = (() => {
            const NONE = '-';

            const own = 1;
            function twice(n) {
              return 2 * n;
            }
            return { NONE, twice };
            })();
            // page.js
            const $page = (() => {
            // Draws.

            const { twice } = $texts;
            const { NONE } = $texts;

            const own = twice(4) + NONE;
            return {  };
            })();
            """);
  }

  @Test
  void aNameThatIsNotExportedIsRefused() {
    assertThatThrownBy(
            () -> bundle("page.js", "import { own } from './texts.js';\n", "texts.js", TEXTS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("page.js imports 'own', which texts.js does not export; found NONE, twice");
  }

  @Test
  void aModuleThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> ScriptBundle.of("nowhere", Resources::text))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nowhere.js is not on the class path");
  }

  @Test
  void aFormOfAnotherKindIsRefused() {
    for (String line :
        new String[] {
          "import * as texts from './texts.js';",
          "import { NONE } from '../texts.js';",
          "export let count = 0;",
          "export default 1;"
        }) {
      assertThatThrownBy(() -> bundle("page.js", line + "\n", "texts.js", TEXTS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("page.js: can't be bundled: " + line);
    }
  }

  @Test
  void aCircleIsRefused() {
    assertThatThrownBy(
            () ->
                bundle(
                    "page.js",
                    "import { one } from './one.js';\n",
                    "one.js",
                    "import { page } from './page.js';\nexport const one = 1;\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("modules import one another: page, one");
  }
}
