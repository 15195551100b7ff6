package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher, in a folder of its own: its {@code java} prints what it was started with, and its
 * {@code mvn} leaves what a build does.
 */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "..")).toAbsolutePath().normalize();

  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -XshowSettings:properties ]; then
        echo "    user.home = $JAVA_USER_HOME" >&2
        exit
      fi
      echo "LC_ALL=$LC_ALL"
      printf '<%s>\\n' "$@"
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      [ -z "$MAVEN_FAILS" ] || { echo "$MAVEN_FAILS"; exit 1; }
      printf '<%s>' "$@" >>built
      echo >>built
      sleep 0.5
      mkdir -p experiments/target jmh/target experiments/spark/target experiments/onnx/target \\
        experiments/serve/target
      touch x.jar
      for module in experiments jmh experiments/spark experiments/onnx experiments/serve; do
        echo "$PWD/x.jar:$PWD/pom.xml" >$module/target/classpath
      done
      """;

  @TempDir Path root = Path.of("");
  private Path home = Path.of("");
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** What the launcher printed, and its exit code. */
  private record Ran(int code, String out, String err) {}

  private record Started(Process process, Path script) {
    Ran end() throws IOException, InterruptedException {
      int code = process.waitFor();
      return new Ran(
          code,
          Files.readString(Path.of(script + ".out")),
          Files.readString(Path.of(script + ".err"), StandardCharsets.ISO_8859_1));
    }
  }

  @BeforeEach
  void install() throws IOException {
    root = root.toRealPath();
    home = root.resolve("a home");
    for (String folder :
        List.of(
            "peft-core/src/main",
            "peft-methods/src/main",
            "experiments/src/main",
            "experiments/spark/src/main",
            "experiments/onnx/src/main",
            "experiments/serve/src/main",
            "jmh/src/main")) {
      Files.createDirectories(home.resolve(folder));
      Files.writeString(home.resolve(folder).resolve("../../pom.xml").normalize(), "<project/>");
    }
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    executable(home.resolve("trimtab"), Files.readString(ROOT.resolve("trimtab")));
    Path commands = Files.createDirectory(root.resolve("commands"));
    executable(commands.resolve("java"), JAVA);
    executable(commands.resolve("mvn"), MAVEN);
    environment.put("PATH", commands + ":/usr/bin:/bin");
    environment.put("HOME", root.resolve("user").toString());
    environment.put("JAVA_USER_HOME", root.resolve("user").toString());
    environment.put("LC_ALL", "C.UTF-8");
  }

  private static void executable(Path file, String text) throws IOException {
    assertThat(Files.writeString(file, text).toFile().setExecutable(true)).isTrue();
  }

  /** Starts a line of shell in {@code folder}; its characters are bytes. */
  private Started start(Path folder, String shell) throws IOException {
    Path script = Files.createTempFile(root, "script", ".sh");
    Files.writeString(script, shell, StandardCharsets.ISO_8859_1);
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", script.toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder
        .directory(folder.toFile())
        .redirectOutput(Path.of(script + ".out").toFile())
        .redirectError(Path.of(script + ".err").toFile());
    return new Started(builder.start(), script);
  }

  private Ran run(Path folder, String shell) throws IOException, InterruptedException {
    return start(folder, shell).end();
  }

  private void assertStarts(Path folder, String shell) throws IOException, InterruptedException {
    Ran ran = run(folder, shell);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("<-Dtrimtab.home=" + home + ">")
        .contains("<-cp>\n<" + home + "/experiments/target/classes:")
        .endsWith("<org.trimtab.experiments.cli.Main>\n<tasks>\n");
  }

  private static void assertRefused(Ran ran, String words) {
    assertThat(ran.err()).startsWith("trimtab: ").contains(words).hasLineCount(1);
    assertThat(ran.code()).as(ran.out()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  private String builds() throws IOException {
    return Files.readString(home.resolve("built"));
  }

  @Test
  void itIsCalledThroughAnyLink() throws IOException, InterruptedException {
    Path other = Files.createDirectories(root.resolve("other/-bin"));
    Files.createSymbolicLink(other.resolve("trimtab"), home.resolve("trimtab"));
    Files.createSymbolicLink(other.resolve("tt"), Path.of("trimtab"));
    Files.createSymbolicLink(root.resolve("other/up"), Path.of("../a home/trimtab"));
    Files.createSymbolicLink(root.resolve("other/folder"), home);
    Files.createSymbolicLink(root.resolve("other/deep"), home.resolve("experiments"));
    Files.createSymbolicLink(root.resolve("other/behind"), Path.of("deep/../trimtab"));
    assertStarts(home, "./trimtab tasks");
    assertStarts(root, "'a home/trimtab' tasks");
    assertStarts(root, "other/-bin/trimtab tasks");
    assertStarts(root, "other/-bin/tt tasks");
    assertStarts(root, "other/up tasks");
    assertStarts(root, "other/folder/trimtab tasks");
    assertStarts(root, "other/deep/../trimtab tasks");
    assertStarts(root, "other/behind tasks");
    assertStarts(root, "PATH=$PWD/other/-bin:$PATH; tt tasks");
    assertStarts(root.resolve("other"), "PATH=./-bin:$PATH; tt tasks");
    assertStarts(other, "bash tt tasks");
    assertStarts(root, "exec -a trimtab other/up tasks");
    assertThat(builds()).hasLineCount(1);
  }

  @Test
  void aHardLinkOrACopyElsewhereSaysSo() throws IOException, InterruptedException {
    Files.createLink(root.resolve("hard"), home.resolve("trimtab"));
    executable(root.resolve("copy"), Files.readString(home.resolve("trimtab")));
    assertRefused(run(root, "./hard tasks"), root + "/hard is a copy or a hard link");
    assertRefused(run(root, "./copy tasks"), "make a symbolic link (ln -s)");
  }

  @Test
  void noVariableOfTheShellChangesWhatIsFound() throws IOException, InterruptedException {
    Files.createDirectories(root.resolve("x/a home"));
    environment.put("CDPATH", root.resolve("x") + ":" + root + ":.");
    assertStarts(root, "'a home/trimtab' tasks");
    assertStarts(home, "./trimtab tasks");
    environment.put("OLDPWD", "/");
    assertStarts(home, "./trimtab tasks");
  }

  @Test
  void thereIsOneHomeFolder() throws IOException, InterruptedException {
    assertThat(run(home, "./trimtab tasks").out())
        .contains("<-Duser.home=" + root + "/user>", ":" + root + "/user/.trimtab/backbones/*:");
    assertThat(run(home, "HOME=x ./trimtab tasks").out())
        .contains("<-Duser.home=" + home + "/x>", ":" + home + "/x/.trimtab/backbones/*:");
    environment.remove("HOME");
    String account = run(root, "echo ~").out().strip();
    assertThat(run(home, "./trimtab tasks").out())
        .contains("<-Duser.home=" + account + ">", ":" + account + "/.trimtab/backbones/*:");
    assertThat(run(home, "HOME= ./trimtab tasks").out())
        .contains("<-Duser.home=" + account + ">", ":" + account + "/.trimtab/backbones/*:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "/proc", "relative"})
  void withoutAnAccountMavensRepositoryIsInTheHomeFolder(String javas)
      throws IOException, InterruptedException {
    environment.put("JAVA_USER_HOME", javas);
    assertStarts(home, "./trimtab tasks");
    assertThat(builds()).contains("<-Dmaven.repo.local=" + root + "/user/.m2/repository>");
    assertThat(home.resolve(javas))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEqualTo(Path.of("/proc")));
  }

  @Test
  void ofTwoFirstStartsOneBuilds() throws IOException, InterruptedException {
    Started one = start(home, "./trimtab tasks");
    Started two = start(root, "'a home/trimtab' tasks");
    Started bench = start(home, "./trimtab bench");
    assertThat(one.end().code()).isZero();
    assertThat(two.end().code()).isZero();
    assertThat(bench.end().out()).contains("<org.trimtab.jmh.Bench>");
    assertThat(builds()).hasLineCount(1).endsWith("<package>\n");
    assertThat(Files.readString(home.resolve("pom.xml"))).isEqualTo("<project/>");
  }

  @Test
  void whatItWasBuiltWithAndIsGoneIsBuiltAnew() throws IOException, InterruptedException {
    assertStarts(home, "./trimtab tasks");
    assertStarts(home, "./trimtab tasks");
    assertThat(builds()).hasLineCount(1);
    Files.delete(home.resolve("x.jar"));
    assertStarts(home, "./trimtab tasks");
    assertThat(builds()).hasLineCount(2);
  }

  @Test
  void whoCannotBuildIsToldWhatIsMissing() throws IOException, InterruptedException {
    assertThat(home.resolve("pom.xml").toFile().setReadOnly()).isTrue();
    String another = anotherUser();
    assertRefused(
        run(home, another + "./trimtab tasks"), home + " can't be written, and is not built");
    run(home, "mvn");
    assertStarts(home, another + "./trimtab tasks");
    Files.delete(home.resolve("x.jar"));
    assertRefused(
        run(home, another + "./trimtab tasks"),
        home + " was built with " + home + "/x.jar, which isn't there or can't be read");
  }

  /** For root, who may write everything, what runs a command as somebody else. */
  private String anotherUser() throws IOException, InterruptedException {
    if (!Files.isWritable(home.resolve("pom.xml"))) {
      return "";
    }
    assertThat(run(root, "chmod -R a+rX .").code()).isZero();
    return "setpriv --reuid 65534 --regid 65534 --clear-groups ";
  }

  @Test
  void whatIsMissingIsSaid() throws IOException, InterruptedException {
    assertRefused(
        run(home, "JAVA_HOME=/none ./trimtab tasks"), "there is no /none/bin/java; JDK 17");
    Files.delete(root.resolve("commands/mvn"));
    environment.put("PATH", root + "/commands:" + tools());
    assertRefused(run(home, "./trimtab tasks"), "there is no mvn; Maven 3.8.7 or newer");
  }

  /** What the launcher uses, and no Maven that this computer may have. */
  private Path tools() throws IOException {
    Path tools = Files.createDirectory(root.resolve("tools"));
    for (String name : List.of("bash", "env", "dirname", "readlink", "find", "flock", "iconv")) {
      Path file =
          Files.exists(Path.of("/usr/bin", name))
              ? Path.of("/usr/bin", name)
              : Path.of("/bin", name);
      Files.createSymbolicLink(tools.resolve(name), file);
    }
    return tools;
  }

  @Test
  void aBuildThatFailsSaysWhy() throws IOException, InterruptedException {
    environment.put("MAVEN_FAILS", "no such disk");
    Ran ran = run(home, "./trimtab tasks");
    assertThat(ran.err()).contains("no such disk", "the build failed; all of it is in " + home);
    assertThat(ran.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "xx_YY.none"})
  void aLocaleWithoutLettersIsUnicodes(String locale) throws IOException, InterruptedException {
    environment.put("LC_ALL", locale);
    Ran ran = run(home, "./trimtab predict RUN 'd\u00c3\u00a9j\u00c3\u00a0 vue'");
    assertThat(ran.out()).startsWith("LC_ALL=C.UTF-8\n").endsWith("<d\u00e9j\u00e0 vue>\n");
    environment.remove("LC_ALL");
    assertThat(run(home, "./trimtab tasks").out()).startsWith("LC_ALL=C.UTF-8\n");
    assertThat(run(home, "LC_ALL=C.utf8 ./trimtab tasks").out()).startsWith("LC_ALL=C.utf8\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"d\u00e9j\u00e0", "\u00ff", "\u00c3", "\u00ed\u00a0\u0080", "\u00c0\u0080"})
  void whatTheEncodingHasNotIsRefused(String bytes) throws IOException, InterruptedException {
    assertRefused(
        run(home, "./trimtab predict RUN '" + bytes + "'"),
        "argument 3 is not UTF-8, which the locale says: found $'");
    assertRefused(
        run(home, "TRIMTAB_DATA='" + bytes + "' LC_ALL=C ./trimtab predict"),
        "the variable TRIMTAB_DATA is not UTF-8");
  }

  @Test
  void argumentsArriveAsTheyAreTyped() throws IOException, InterruptedException {
    Ran ran =
        run(
            home,
            "./trimtab predict RUN @x @@x '' ' ' '*' '$HOME' 'a\nb' \\\\ '\"' -- --cluster '-V is' -x");
    List<String> typed =
        List.of(
            "@x",
            "@@x",
            "",
            " ",
            "*",
            "$HOME",
            "a\nb",
            "\\",
            "\"",
            "--",
            "--cluster",
            "-V is",
            "-x");
    assertThat(ran.out())
        .endsWith("cli.Main>\n<predict>\n<RUN>\n<" + String.join(">\n<", typed) + ">\n");
    assertThat(run(home, "./trimtab predict RUN --cluster=x").out()).contains("cli.Main");
    assertThat(run(home, "./trimtab sweep run x --cluster=y").out()).contains("--add-opens=");
    assertThat(run(home, "./trimtab sweep run -- --cluster=y").out())
        .doesNotContain("--add-opens=");
  }

  @Test
  void aColonInAFoldersNameIsRefused() throws IOException, InterruptedException {
    Path there = Files.move(home, root.resolve("a:b"));
    assertRefused(run(there, "./trimtab tasks"), there + " has a colon in its name");
  }

  @Test
  void theOtherEngineHasAClassPathOfItsOwn() throws Exception {
    String classes = "experiments/onnx/target/classes";
    for (String asked : List.of("--engine onnx", "--engine=onnx", "x --engine onnx y")) {
      assertThat(run(home, "./trimtab predict RUN " + asked).out()).contains(classes);
      assertThat(run(home, "./trimtab evaluate RUN " + asked).out()).contains(classes);
    }
    for (String other : List.of("--engine pytorch", "onnx", "-- --engine onnx", "--engines onnx")) {
      assertThat(run(home, "./trimtab predict RUN " + other).out()).doesNotContain(classes);
    }
    assertThat(run(home, "./trimtab run --engine onnx").out()).doesNotContain(classes);
  }

  @Test
  void theServerHasAClassPathOfItsOwnWithBothEngines() throws Exception {
    assertThat(run(home, "./trimtab serve RUN --engine onnx").out())
        .contains("experiments/serve/target/classes")
        .doesNotContain("experiments/onnx/target/classes");
    Path added = home.resolve("experiments/onnx/src/main/New.java");
    Files.writeString(added, "class New {}");
    // Clocks of files tick slowly: what was written just now may be no newer than the build.
    Files.setLastModifiedTime(added, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run(home, "./trimtab serve RUN").err()).contains("building");
  }
}
