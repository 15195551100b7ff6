package org.trimtab.config;

import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.UserError;

/**
 * Reads an experiment: the program's defaults, under the files that it extends, under the file
 * itself, under the command line's settings.
 */
public final class ConfigLoader {
  private final ConfigTypes types;
  private final Optional<URL> defaults;
  private final Variables variables;
  private final Optional<Underlay> underlay;

  /**
   * A loader of experiments.
   *
   * @param defaults a YAML resource that lies under every experiment
   */
  public ConfigLoader(ConfigTypes types, Optional<URL> defaults, Variables variables) {
    this(types, defaults, variables, Optional.empty());
  }

  private ConfigLoader(
      ConfigTypes types, Optional<URL> defaults, Variables variables, Optional<Underlay> underlay) {
    this.types = types;
    this.defaults = defaults;
    this.variables = variables;
    this.underlay = underlay;
  }

  /** The same, where a file that an experiment names says more of it. */
  public ConfigLoader with(Underlay more) {
    return new ConfigLoader(types, defaults, variables, Optional.of(more));
  }

  /**
   * Loads {@code file}.
   *
   * @param sets the command line's settings, {@code key=value} each
   * @throws UserError with all that is wrong, a line each
   */
  public <T> T load(Path file, List<String> sets, Class<T> type) {
    return read(file, sets, type).value();
  }

  /** As {@link #load}, with the places of what the files say. */
  public <T> Loaded<T> read(Path file, List<String> sets, Class<T> type) {
    return read(List.of(file), Setting.ofCommandLine(sets), type);
  }

  /**
   * Reads several files as one.
   *
   * @param files a later one lies over an earlier one
   * @param settings over all of them; a later one wins
   */
  public <T> Loaded<T> read(List<Path> files, List<Setting> settings, Class<T> type) {
    Problems problems = new Problems();
    ConfigNode together = new Sources(problems).read(files);
    ConfigNode written = Settings.of(settings, problems).over(together);
    problems.throwIfUnreadable();
    Defaults below = new Defaults(problems);
    Binder binder = new Binder(types, below, variables, problems);
    Optional<ConfigNode> beneath = underlay.flatMap(more -> below.read(more, written, binder));
    ConfigNode said = beneath.map(written::over).orElse(written);
    problems.throwIfUnreadable();
    ConfigNode whole = defaults.map(url -> said.over(below.read(url))).orElse(said);
    Optional<?> value = binder.bind(type, whole, "");
    problems.throwIfAny();
    ConfigNode places = beneath.map(node -> written.over(placed(node))).orElse(written);
    return new Loaded<>(type.cast(value.orElseThrow()), written, places);
  }

  /** What another file says, told by that file's name: it has no lines of this YAML. */
  private static ConfigNode placed(ConfigNode beneath) {
    return beneath.at(new Location(beneath.location().file(), 0, 0));
  }
}
