package org.trimtab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md on who may use whom. */
class ArchitectureTest {
  private static final int CANARY = 120;
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.trimtab");

  @Test
  void theScanSeesTheProject() {
    assertThat(CLASSES.size()).isGreaterThan(CANARY);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.trimtab.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void layersLookDownOnly() {
    forbid("tensor", "backbone", "transformer", "method", "task", "train", "config", "weights");
    forbid("backbone", "transformer", "method", "task", "train", "config", "weights");
    forbid("transformer", "method", "task", "train", "config");
    forbid("weights", "tensor", "backbone", "transformer", "method", "task", "train", "config");
    forbid("method", "transformer", "task", "train", "config", "weights");
    forbid("task", "transformer", "method", "train", "config", "weights");
    forbid("config", "tensor", "backbone", "transformer", "method", "task", "train", "weights");
    forbid("json", "tensor", "backbone", "transformer", "method", "task", "train", "config");
    List<String> core =
        List.of(
            "json",
            "tensor",
            "weights",
            "tokenizer",
            "backbone",
            "transformer",
            "method",
            "task",
            "train",
            "config");
    core.forEach(name -> forbid(name, "methods", "experiments"));
    forbid("methods", "experiments");
  }

  private static void forbid(String from, String... to) {
    String[] packages = new String[to.length];
    for (int i = 0; i < to.length; i++) {
      packages[i] = "org.trimtab." + to[i] + "..";
    }
    noClasses()
        .that()
        .resideInAPackage("org.trimtab." + from + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages))
        .check(CLASSES);
  }

  @Test
  void oneMethodNeverUsesAnother() {
    slices().matching("org.trimtab.methods.(*)..").should().notDependOnEachOther().check(CLASSES);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    only("ai.djl..", "org.trimtab.tensor..", "org.trimtab.train..", "org.trimtab.tokenizer..");
    only(
        "com.fasterxml.jackson..",
        "org.trimtab.json..",
        "org.trimtab.weights..",
        "org.trimtab.experiments..");
    only("com.google.inject..", "org.trimtab.methods", "org.trimtab.experiments.cli..");
    only("org.yaml..", "org.trimtab.config..");
    only("picocli..", "org.trimtab.experiments.cli..");
    only("org.apache.spark..", "org.trimtab.experiments.spark");
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
