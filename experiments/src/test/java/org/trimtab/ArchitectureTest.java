package org.trimtab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md on who may use whom. */
class ArchitectureTest {
  private static final int CANARY = 120;
  private static final int LARGEST_PACKAGE = 16;
  private static final int CANARY_PACKAGES = 35;
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPackages("org.trimtab");

  @Test
  void theScanSeesTheProject() {
    assertThat(CLASSES.size()).isGreaterThan(CANARY);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.trimtab.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** The front door, which stands above the rest of the core. */
  private static final String ROOT = "org.trimtab";

  /** Each package with those of this project that it may use, from the floor up. */
  private static final Map<String, List<String>> ORDER = order();

  private static Map<String, List<String>> order() {
    Map<String, List<String>> order = new LinkedHashMap<>();
    order.put("base", List.of());
    order.put("json", List.of("base"));
    order.put("config", List.of("base", "json"));
    order.put("engine", List.of("base"));
    order.put("tensor", List.of("base", "engine"));
    order.put("tensor.djl", List.of("base", "engine", "tensor"));
    order.put("weights", List.of("base", "json", "tensor"));
    order.put("weights.gguf", List.of("base", "tensor", "weights"));
    order.put("weights.onnx", List.of("base", "tensor", "weights"));
    order.put("tokenizer", List.of("base", "engine", "json", "tensor"));
    order.put("backbone", List.of("base", "tensor"));
    order.put("transformer.options", List.of("base"));
    order.put("architecture", List.of("tensor", "backbone"));
    order.put("architecture.config", List.of("base", "json", "architecture"));
    List<String> family = List.of("backbone", "architecture", "architecture.config");
    order.put("family.bert", family);
    order.put("family.encoder", family);
    order.put("family.decoder", family);
    order.put(
        "family",
        List.of("architecture.config", "family.bert", "family.encoder", "family.decoder"));
    order.put("transformer.linear", List.of("tensor", "backbone", "architecture"));
    order.put(
        "transformer",
        List.of(
            "base",
            "tensor",
            "weights",
            "backbone",
            "architecture",
            "architecture.config",
            "family",
            "transformer.file",
            "transformer.linear",
            "transformer.options"));
    order.put(
        "transformer.file",
        List.of("base", "tensor", "weights", "backbone", "architecture", "architecture.config"));
    order.put(
        "pretrained",
        List.of(
            "base",
            "engine",
            "tensor",
            "weights",
            "weights.gguf",
            "weights.onnx",
            "tokenizer",
            "backbone",
            "architecture",
            "architecture.config",
            "family",
            "family.bert",
            "family.decoder",
            "transformer",
            "transformer.file",
            "transformer.options"));
    order.put("batch", List.of("base", "tensor", "tokenizer", "backbone"));
    order.put("head", List.of("base", "tensor", "backbone", "batch"));
    order.put("peft", List.of("base", "json", "backbone"));
    order.put("adapterhub", List.of("base", "json", "weights", "backbone"));
    order.put(
        "method", List.of("base", "engine", "tensor", "weights", "backbone", "peft", "adapterhub"));
    List<String> method = List.of("base", "tensor", "backbone", "method");
    order.put("method.combine", with(method, "weights", "adapterhub"));
    order.put("method.layer", with(method, "json", "adapterhub"));
    order.put("method.prompt", method);
    order.put("method.site", with(method, "json"));
    order.put("plugin", List.of("base", "engine", "method"));
    order.put(
        "model", List.of("base", "tensor", "tokenizer", "backbone", "batch", "head", "method"));
    order.put(
        "adapter",
        List.of("base", "transformer", "transformer.options", "head", "method", "model"));
    List<String> adapters =
        List.of(
            "base",
            "json",
            "tensor",
            "weights",
            "backbone",
            "architecture",
            "family.bert",
            "transformer",
            "transformer.options",
            "head",
            "method",
            "plugin",
            "model",
            "adapter");
    order.put("peft.file", with(adapters, "architecture", "architecture.config", "family", "peft"));
    order.put("adapterhub.file", with(adapters, "adapterhub"));
    order.put("train.optimizer", List.of("base", "tensor"));
    order.put(
        "onnx", List.of("base", "tensor", "weights.onnx", "backbone", "method", "head", "model"));
    List<String> model = List.of("base", "tensor", "backbone", "batch", "head", "method", "model");
    order.put("bank", with(model, "tokenizer"));
    order.put("recipe", with(model, "train.optimizer"));
    order.put(
        "train",
        List.of(
            "base",
            "tensor",
            "weights",
            "backbone",
            "batch",
            "head",
            "model",
            "train.optimizer",
            "recipe"));
    List<String> task = List.of("base", "json", "tokenizer", "head", "task");
    order.put("task", task);
    order.put("task.score", task);
    order.put("task.read", task);
    order.put("task.type", with(task, "task.score", "task.read"));
    List<String> settings =
        with(
            model,
            "json",
            "config",
            "engine",
            "tokenizer",
            "transformer",
            "transformer.options",
            "pretrained",
            "plugin");
    order.put(
        "experiment",
        with(
            settings,
            "adapter",
            "peft.file",
            "adapterhub.file",
            "method.prompt",
            "train",
            "train.optimizer",
            "recipe",
            "task",
            "task.type"));
    order.put(
        "tuning",
        with(
            settings, "tensor.djl", "weights", "adapter", "train", "recipe", "task", "experiment"));
    order.put(ROOT, List.copyOf(order.keySet()));
    return order;
  }

  /** That of the experiments: what each may use of them; of the core they may use all. */
  /** Packages below the experiments' that only their own module, or what uses it, sees. */
  private static final Set<String> MODULES_OF_THEIR_OWN = Set.of("spark", "onnx", "serve");

  private static final Map<String, List<String>> ORDER_OF_EXPERIMENTS = orderOfExperiments();

  private static Map<String, List<String>> orderOfExperiments() {
    Map<String, List<String>> order = new LinkedHashMap<>();
    order.put("statistics", List.of());
    order.put("runs", List.of());
    order.put("track", List.of("runs"));
    order.put("track.tensorboard", List.of("runs", "track"));
    order.put("track.mlflow", List.of("runs", "track"));
    order.put("config", List.of());
    order.put("watch", List.of("runs"));
    order.put("changes", List.of("config", "runs"));
    order.put("process", List.of("config", "runs"));
    order.put("engine", List.of());
    order.put("trial.input", List.of("config", "runs", "process"));
    order.put(
        "trial",
        List.of(
            "config",
            "process",
            "runs",
            "track",
            "track.mlflow",
            "track.tensorboard",
            "watch",
            "changes",
            "engine",
            "trial.input"));
    order.put("submit", List.of("trial"));
    order.put("serving", List.of("runs", "trial"));
    order.put("export", List.of("config", "process", "runs", "engine", "trial", "trial.input"));
    List<String> plan =
        List.of("config", "process", "runs", "track", "watch", "trial.input", "trial");
    order.put("sweep.plan", plan);
    order.put("sweep.worker", with(plan, "sweep.plan"));
    order.put("sweep", with(plan, "sweep.plan", "sweep.worker"));
    order.put("report", with(plan, "sweep.plan", "sweep.worker", "sweep", "statistics"));
    order.put("spark", with(plan, "sweep.plan", "sweep.worker"));
    order.put("onnx", List.of("engine"));
    order.put("serve", List.of("serving"));
    order.put("cli", List.copyOf(order.keySet()));
    return order;
  }

  /**
   * What sees the experiments from outside; of them it may use these. Its command reads arguments
   * as all others do.
   */
  private static final List<String> USED_BY_BENCHMARKS =
      List.of("cli", "config", "trial.input", "engine", "onnx");

  private static List<String> with(List<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more)).toList();
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> placed = new TreeSet<>(Set.of("methods", "experiments", "jmh", "jmh.subject"));
    placed.addAll(ORDER.keySet());
    ORDER_OF_EXPERIMENTS.keySet().forEach(name -> placed.add("experiments." + name));
    List<String> found =
        CLASSES.stream()
            .map(c -> c.getPackageName().replaceFirst("^org\\.trimtab\\.", ""))
            .distinct()
            .filter(name -> !name.matches("methods\\..*"))
            .toList();
    assertThat(placed).containsAll(found);
    assertThat(found).hasSizeGreaterThan(CANARY_PACKAGES);
    // A place without a package would be a rule about nothing; not all modules see these two.
    ORDER_OF_EXPERIMENTS.keySet().stream()
        .filter(name -> !MODULES_OF_THEIR_OWN.contains(name))
        .forEach(name -> assertThat(found).contains("experiments." + name));
    assertThat(found).containsAll(ORDER.keySet());
  }

  private static String inCore(String name) {
    return name.equals(ROOT) ? ROOT : "org.trimtab." + name;
  }

  @Test
  void packagesLookDownOnly() {
    ORDER.forEach((name, used) -> usesOnly(inCore(name), packages("", used)));
    ORDER_OF_EXPERIMENTS.forEach(
        (name, used) -> usesOnly("org.trimtab.experiments." + name, below(used)));
    usesOnly("org.trimtab.jmh.subject", below(USED_BY_BENCHMARKS));
    usesOnly(
        "org.trimtab.jmh",
        with(List.of(below(USED_BY_BENCHMARKS)), "org.trimtab.jmh.subject").toArray(String[]::new));
  }

  /** The core, the methods, and some packages of the experiments. */
  private static String[] below(List<String> experiments) {
    return Stream.of(
            packages("experiments.", experiments),
            packages("", List.copyOf(ORDER.keySet())),
            new String[] {"org.trimtab.methods.."})
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  @Test
  void aPackageThatLooksUpIsFound() {
    assertThatThrownBy(() -> usesOnly("org.trimtab.train", packages("", List.of("base", "tensor"))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("org.trimtab.model.Model");
  }

  private static String[] packages(String parent, List<String> names) {
    return names.stream().map(name -> inCore(parent + name)).toArray(String[]::new);
  }

  /** Of this project's packages; the order names no others. */
  private static void usesOnly(String user, String... used) {
    DescribedPredicate<JavaClass> ours = resideInAPackage("org.trimtab..");
    noClasses()
        .that()
        .resideInAPackage(user)
        .should()
        .dependOnClassesThat(
            ours.and(not(resideInAnyPackage(used))).and(not(resideInAPackage(user))))
        .allowEmptyShould(true) // a module sees only what it depends on
        .check(CLASSES);
  }

  @Test
  void methodsSeeTheCoreAlone() {
    noClasses()
        .that()
        .resideInAPackage("org.trimtab.methods..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.trimtab.experiments..",
                "org.trimtab.config..",
                "org.trimtab.transformer..",
                "org.trimtab.pretrained..",
                "org.trimtab.task..",
                "org.trimtab.train..",
                "org.trimtab.recipe..",
                "org.trimtab.model.."))
        .check(CLASSES);
  }

  /** A package is a room: but for three that are one concern each, none has more files. */
  @Test
  void packagesAreSmall() {
    Set<String> ofOneConcern =
        Set.of("org.trimtab.backbone", "org.trimtab.config", "org.trimtab.experiments.cli");
    Map<String, Long> files =
        CLASSES.stream()
            .filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
            .filter(c -> !c.getSimpleName().endsWith("ConfigBuilder")) // generated
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files).containsKeys(ofOneConcern.toArray(String[]::new));
    files.keySet().removeAll(ofOneConcern);
    assertThat(files.values()).allMatch(count -> count <= LARGEST_PACKAGE);
  }

  @Test
  void oneMethodNeverUsesAnother() {
    slices().matching("org.trimtab.methods.(*)..").should().notDependOnEachOther().check(CLASSES);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    // The benchmarks measure the engine's own matrix product, the peak that all else is a share of.
    only("ai.djl..", "org.trimtab.tensor.djl", "org.trimtab.tokenizer..", "org.trimtab.jmh");
    only(
        "com.fasterxml.jackson..",
        "org.trimtab.json..",
        "org.trimtab.config..",
        "org.trimtab.weights..",
        "org.trimtab.architecture.config",
        "org.trimtab.experiments..");
    only("com.google.inject..", "org.trimtab.experiments.cli..");
    only("org.yaml..");
    only("picocli..", "org.trimtab.experiments.cli..", "org.trimtab.jmh");
    only("org.apache.spark..", "org.trimtab.experiments.spark");
    only("ai.onnxruntime..", "org.trimtab.experiments.onnx");
    only("org.openjdk.jmh..", "org.trimtab.jmh");
    only("io.undertow..", "org.trimtab.experiments.serve");
    only("io.prometheus..", "org.trimtab.experiments.serve");
    only("org.apache.hadoop..", "org.trimtab.experiments.spark");
  }

  private static void only(String library, String... users) {
    noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(NullMarked.class)
        .check(CLASSES);
    List<String> without =
        CLASSES.stream()
            .map(c -> c.getPackageName())
            .distinct()
            .filter(name -> !CLASSES.contain(name + ".package-info"))
            .toList();
    assertThat(without).isEmpty();
  }

  @Test
  void theTensorPortNamesNoTypeOfItsBacking() {
    noClasses()
        .that()
        .haveFullyQualifiedName("org.trimtab.tensor.Tensor")
        .or()
        .haveFullyQualifiedName("org.trimtab.tensor.Tensors")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }
}
