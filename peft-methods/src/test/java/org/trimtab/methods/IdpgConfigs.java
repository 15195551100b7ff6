package org.trimtab.methods;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Place;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.layer.Activation;
import org.trimtab.methods.idpg.DnnGenerator;
import org.trimtab.methods.idpg.EmbeddingMean;
import org.trimtab.methods.idpg.FirstPass;
import org.trimtab.methods.idpg.GeneratorConfig;
import org.trimtab.methods.idpg.IdpgConfig;
import org.trimtab.methods.idpg.LinearGenerator;
import org.trimtab.methods.idpg.LowRankPhmGenerator;
import org.trimtab.methods.idpg.PhmGenerator;
import org.trimtab.methods.idpg.PreviousLayer;
import org.trimtab.methods.idpg.SentenceEncoder;
import org.trimtab.methods.idpg.Sharing;
import org.trimtab.methods.idpg.StateMean;
import org.trimtab.methods.idpg.WordVectors;

/** IDPG in every shape, small. */
final class IdpgConfigs {
  private IdpgConfigs() {}

  static Map<String, MethodConfig> all() {
    Map<String, MethodConfig> all = new LinkedHashMap<>();
    for (GeneratorConfig generator : generators()) {
      String name = generator.toString();
      all.put("s-idpg " + name, of(false, Sharing.LAYER_BIAS, new FirstPass(), generator));
      all.put("m-idpg " + name, of(true, Sharing.LAYER_BIAS, new PreviousLayer(), generator));
    }
    for (SentenceEncoder encoder : encoders()) {
      all.put("m-idpg of " + encoder, of(true, Sharing.LAYER_BIAS, encoder, phm(true)));
    }
    for (Sharing sharing : Sharing.values()) {
      all.put("m-idpg sharing " + sharing, of(true, sharing, new PreviousLayer(), dnn()));
    }
    for (SentenceEncoder encoder : lateEncoders()) {
      all.put("late idpg of " + encoder, late(1, false, encoder));
    }
    all.put("late m-idpg", late(0, true, new PreviousLayer()));
    all.put(
        "m-idpg before cls",
        new IdpgConfig(
            2,
            Place.FIRST,
            false,
            Optional.empty(),
            true,
            Sharing.LAYER_BIAS,
            new FirstPass(),
            dnn(),
            0.1));
    return all;
  }

  static IdpgConfig of(
      boolean deep, Sharing sharing, SentenceEncoder encoder, GeneratorConfig generator) {
    return new IdpgConfig(
        2, Place.AFTER_CLS, true, Optional.empty(), deep, sharing, encoder, generator, 0.1);
  }

  /** Prompts that join what enters {@code layer}. */
  static IdpgConfig late(int layer, boolean deep, SentenceEncoder encoder) {
    return new IdpgConfig(
        2,
        Place.AFTER_CLS,
        false,
        Optional.of(layer),
        deep,
        Sharing.LAYER_BIAS,
        encoder,
        dnn(),
        0.1);
  }

  static List<SentenceEncoder> lateEncoders() {
    return List.of(new FirstPass(), new PreviousLayer(), new StateMean(), words());
  }

  static List<GeneratorConfig> generators() {
    return List.of(
        dnn(),
        phm(false),
        phm(true),
        new LowRankPhmGenerator(2, 4, 2, Activation.GELU),
        new LinearGenerator());
  }

  static List<SentenceEncoder> encoders() {
    return List.of(new FirstPass(), new PreviousLayer(), new EmbeddingMean(), words());
  }

  static DnnGenerator dnn() {
    return new DnnGenerator(3, Activation.TANH);
  }

  static PhmGenerator phm(boolean sharedRule) {
    return new PhmGenerator(2, 4, Activation.GELU, sharedRule);
  }

  /** Vectors of width 6 for three words. */
  static WordVectors words() {
    try {
      Path file = Files.createTempFile("vectors", ".txt");
      file.toFile().deleteOnExit();
      Files.writeString(
          file,
          """
          one 0.5 -1 0.25 0 1 2
          two 1.5 0.5 -0.75 1e-1 0.3 -2
          three -1 1 -1 1 -1 0.5
          """);
      return new WordVectors(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
