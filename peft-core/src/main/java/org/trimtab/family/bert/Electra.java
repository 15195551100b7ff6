package org.trimtab.family.bert;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Family;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;

/**
 * ELECTRA's discriminator (Clark et al., 2020): BERT without a pooler, its embeddings perhaps
 * narrower than its layers and then projected.
 */
public final class Electra implements Family {
  private static final String TYPE = "electra";
  private static final Names NAMES = BertModules.of(TYPE);

  @Override
  public List<String> modelTypes() {
    return List.of(TYPE);
  }

  @Override
  public List<Names> names() {
    return List.of(NAMES);
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    keys.ignore("summary_activation", "summary_last_dropout", "summary_type", "summary_use_proj");
    BertConfig config = Bert.config(keys);
    int width = keys.positive("embedding_size", config.hiddenSize());
    BertConfig bert =
        new BertConfig(
            "bert",
            config.hiddenSize(),
            config.layers(),
            config.heads(),
            config.intermediateSize(),
            config.vocabularySize(),
            config.positions(),
            config.layerNormEpsilon(),
            config.activation(),
            config.padTokenId(),
            config.segments());
    Architecture whole = bert.architecture();
    StackSpec encoder = whole.spec().textStack();
    Set<Point> points = EnumSet.copyOf(encoder.points());
    points.remove(Point.POOLER);
    if (width != config.hiddenSize()) {
      points.add(Point.EMBEDDING_PROJECTION);
    }
    StackSpec narrow =
        new StackSpec(
            Stack.ENCODER,
            encoder.layers(),
            encoder.heads(),
            encoder.hidden(),
            encoder.ffn(),
            points,
            false,
            encoder.attention(),
            width,
            Set.of());
    BackboneSpec spec =
        new BackboneSpec(
            TYPE,
            List.of(narrow),
            whole.spec().vocabulary(),
            whole.spec().positions(),
            whole.spec().padding());
    return new Architecture(keys.toString(), spec, whole.wirings(), NAMES, whole.tables())
        .with(Bert.initialization(keys));
  }
}
