package org.trimtab.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.batch.Batch;
import org.trimtab.head.Classification;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.head.TaskSpec;
import org.trimtab.method.PeftModule;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.pretrained.BackbonePrecision;
import org.trimtab.pretrained.OnnxFileBackboneConfig;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.OnnxCheck;
import org.trimtab.testing.OnnxRun;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

class GraphFileTest {
  private static final List<Batch> BATCHES = List.of(Tiny.batch(), Tiny.batch(12), Tiny.single(1));
  private static final ModelGraph.Options PLAIN = ModelGraph.Options.plain(0);
  private static final ModelGraph.Options INT8 = new ModelGraph.Options(0, false, true);

  /** What {@code work} gives of a model with random values. */
  private static <T> T with(Precision precision, Function<Model<Integer>, T> work) {
    try (Tiny tiny = Tiny.of("bert", BackboneOptions.FROZEN, precision)) {
      Model<Integer> model = tiny.model(PeftModule.none());
      tiny.randomize(model);
      return work.apply(model);
    }
  }

  private static GraphFile file(Model<?> model, ModelGraph.Options options) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("task", "toys");
    metadata.put("labels", "[\"no\",\"yes\"]");
    ModelGraph graph = ModelGraph.lifted(model, options);
    return new GraphFile(graph, new GraphFile.Description("1.2.3", "A tiny model", metadata));
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    ByteBuffer once = with(Precision.FP32, model -> file(model, PLAIN).bytes());
    ByteBuffer again = with(Precision.FP32, model -> file(model, PLAIN).bytes());
    assertThat(again).isEqualTo(once);
    assertThat(StandardCharsets.ISO_8859_1.decode(once).toString())
        .contains("trimtab", "1.2.3", "org.trimtab", "A tiny model", "toys", "[\"no\",\"yes\"]");
  }

  @Test
  void anExportIsNoBackboneAndSaysWhatItIs(@TempDir Path folder) {
    Path file = folder.resolve("model.onnx");
    with(Precision.FP32, model -> file(model, PLAIN).write(file));
    OnnxFileBackboneConfig config =
        new OnnxFileBackboneConfig(
            file,
            folder.resolve("tokenizer.json"),
            Optional.empty(),
            Tuning.FROZEN,
            PoolerMode.NONE,
            DropoutRates.NONE,
            KernelChoice.AUTO,
            BackbonePrecision.FP32,
            "cpu");
    assertThatThrownBy(config::open)
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + ": a whole model that Trimtab exported, no backbone: A tiny model; allowed the"
                + " file of the backbone alone");
  }

  @Test
  void largeWeightsLieBesideTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.onnx");
    Path data = folder.resolve("model.onnx.data");
    with(
        Precision.FP32,
        model -> {
          GraphFile graph = file(model, PLAIN);
          assertThat(graph.write(file)).isFalse();
          assertThat(file).hasSize(graph.bytes().remaining());
          assertThat(data).doesNotExist();
          assertThat(graph.write(file, 0)).isTrue();
          try (OnnxRun run = OnnxRun.of(file)) {
            ModelGraph recorded = ModelGraph.lifted(model, PLAIN);
            assertThat(OnnxCheck.difference(model, recorded, Map.of(), BATCHES, run))
                .isLessThan(1e-5);
          }
          return true;
        });
    assertThat(Files.size(data)).isGreaterThan(Files.size(file));
    try (java.util.stream.Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactlyInAnyOrder(file, data);
    }
  }

  @Test
  void aFolderThatIsNotThereIsTheUsersError(@TempDir Path folder) {
    Path file = folder.resolve("none").resolve("model.onnx");
    with(
        Precision.FP32,
        model -> {
          assertThatThrownBy(() -> file(model, PLAIN).write(file))
              .isInstanceOf(UserError.class)
              .hasMessageContaining("model.onnx");
          return true;
        });
  }

  /** The exact GELU's erf alone is in single precision. */
  @Test
  void inDoublePrecisionItIsNearer() {
    double difference =
        with(
            Precision.FP64,
            model ->
                OnnxCheck.difference(model, ModelGraph.lifted(model, PLAIN), Map.of(), BATCHES));
    assertThat(difference).isLessThan(1e-7);
  }

  @Test
  void withWholeNumbersItIsNearTheSame() {
    double difference =
        with(
            Precision.FP32,
            model ->
                OnnxCheck.difference(model, ModelGraph.lifted(model, INT8), Map.of(), BATCHES));
    assertThat(difference).isBetween(1e-5, 0.1);
  }

  @Test
  void whatSeveralLayersReadIsRoundedOnce() {
    List<String> operators =
        with(
            Precision.FP32,
            model -> {
              ModelGraph graph = ModelGraph.lifted(model, INT8);
              return graph.graph().needed(graph.outputs()).stream()
                  .map(placed -> placed.node().operator())
                  .toList();
            });
    assertThat(operators.stream().filter("MatMulInteger"::equals)).hasSize(12);
    assertThat(operators.stream().filter("DynamicQuantizeLinear"::equals)).hasSize(8);
  }

  @Test
  void namesSayWhereANodeBelongsAndWhatAWeightIs() {
    with(
        Precision.FP32,
        model -> {
          ModelGraph graph = ModelGraph.lifted(model, PLAIN);
          List<Graph.Placed> nodes = graph.graph().needed(graph.outputs());
          List<String> names = nodes.stream().map(Graph.Placed::name).toList();
          assertThat(names)
              .doesNotHaveDuplicates()
              .contains("encoder.layer.0.attention.self.query/MatMul", "head/Identity")
              .allMatch(name -> name.matches("(embeddings|encoder\\.layer\\.\\d|head).*/.+"));
          Set<String> constants = graph.graph().constants(nodes).keySet();
          assertThat(constants)
              .contains(
                  "embeddings.word_embeddings.weight",
                  "encoder.layer.1.output.dense.weight.transposed",
                  "encoder.layer.1.output.LayerNorm.bias",
                  "classifier.weight.transposed",
                  "classifier.bias",
                  "wholes.0,0,4,4")
              .noneMatch(name -> name.contains("computed") || name.contains("constant"));
          return true;
        });
  }

  @Test
  void markedPlacesAreAnInput() {
    try (Tiny tiny = Tiny.of("roberta", BackboneOptions.FROZEN, Precision.FP32)) {
      Model<Integer> model =
          new ModelFactory(tiny.backbone(), new RandomStreams(3))
              .create(
                  PeftModule.none(),
                  new LinearHeadConfig(Pooling.MEAN, 0, 0.3),
                  new TaskSpec<>(Integer.class, java.util.Optional.of(new Classification(3)), 2));
      List<List<TokenRange>> spans = new ArrayList<>();
      for (int text = 0; text < 4; text++) {
        spans.add(List.of(new TokenRange(1, 2), new TokenRange(0, 3)));
      }
      ModelGraph graph = ModelGraph.lifted(model, ModelGraph.Options.plain(2));
      List<Batch> batches = List.of(Tiny.marked(spans, 7), Tiny.marked(spans, 9));
      assertThat(OnnxCheck.difference(model, graph, Map.of(), batches)).isLessThan(1e-5);
    }
  }

  @Test
  void anAdapterIsNoInputOfWhatIsComputedBefore() {
    ModelGraph.Options inputs = new ModelGraph.Options(0, true, false);
    with(
        Precision.FP32,
        model -> {
          assertThatThrownBy(() -> ModelGraph.lifted(model, inputs))
              .hasMessage("inputs need a model that is built on the graph");
          return true;
        });
  }
}
