package org.trimtab.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.golden.Golden;
import org.trimtab.head.TaskHead;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.OnnxRun;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;

/** A pass of every family as a graph of open batch and length gives what the reference gives. */
class FamilyGraphsTest {
  private static final GraphFile.Description NOTHING = new GraphFile.Description("0", "", Map.of());

  @TestFactory
  Stream<DynamicTest> families() {
    return Golden.families("backbones").stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> lastStatesAgree(folder)));
  }

  private static void lastStatesAgree(Path folder) {
    try (Tensors engine = DjlTensors.open(Precision.FP32);
        Backbone backbone = Backbones.load(folder, BackboneOptions.FROZEN, engine)) {
      Map<String, HostTensor> inputs = Golden.tensors(folder.resolve("inputs.safetensors"));
      HostTensor expected =
          Golden.get(
              Golden.tensors(folder.resolve("expected.safetensors")),
              "hidden." + backbone.spec().layers());
      HostTensor found = engine.freeing(() -> computed(backbone, new OnnxTensors(engine), inputs));
      Input rows = Golden.input(inputs, "", engine);
      Tensor states = engine.of(found.doubles(), found.shape());
      assertThat(found.shape()).isEqualTo(expected.shape());
      assertThat(Golden.difference(engine, states, expected, rows))
          .isLessThan(2 * Golden.tolerance(expected));
    }
  }

  private static HostTensor computed(
      Backbone backbone, OnnxTensors tensors, Map<String, HostTensor> inputs) {
    Axes tokens = Axes.of(Axis.open("batch"), Axis.open("length"));
    Tensor ids = tensors.input("input_ids", DType.I64, tokens);
    Tensor types = tensors.input("token_type_ids", DType.I64, tokens);
    Tensor mask = tensors.input("attention_mask", DType.I64, tokens);
    Input input =
        new Input(ids, types, tensors.own(mask).cast(tensors.type()), List.of(), Optional.empty());
    OnnxTensor states =
        tensors.own(backbone.forward(input, Contribution.NONE, Dropout.OFF).states());
    OnnxTensor output = states.put(states.value(), "Identity", List.of());
    tensors.graph().name(output.number(), "states");
    tensors.graph().scope("test");
    GraphFile file = new GraphFile(tensors.graph(), Set.of(output.number()), NOTHING);
    Map<String, HostTensor> given = new LinkedHashMap<>();
    HostTensor numbers = Golden.get(inputs, "input_ids");
    given.put("input_ids", numbers);
    given.put("attention_mask", Golden.get(inputs, "attention_mask"));
    given.put(
        "token_type_ids",
        inputs.getOrDefault(
            "token_type_ids", HostTensor.of(new long[(int) numbers.size()], numbers.shape())));
    try (OnnxRun run = OnnxRun.of(file.bytes())) {
      return TaskHead.output(run.run(given), "states");
    }
  }
}
