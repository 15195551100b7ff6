package org.trimtab.experiments.trial.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UserCacheTest {
  @Test
  void itIsTheNamedFolderOrInAHomeThatThereIs() {
    assertThat(UserCache.folder("", "/home/me")).contains(Path.of("/home/me/.trimtab/cache"));
    assertThat(UserCache.folder("/cache", "?")).contains(Path.of("/cache"));
    assertThat(UserCache.folder("cache", "/home/me")).contains(Path.of("cache"));
    assertThat(UserCache.folder("", "?")).isEmpty();
    assertThat(UserCache.folder("", "")).isEmpty();
  }
}
