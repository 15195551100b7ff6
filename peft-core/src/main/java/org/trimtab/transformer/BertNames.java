package org.trimtab.transformer;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;

/**
 * Hugging Face's module names, without the model's prefix: an encoder's as BERT has them, another
 * stack's the same behind that stack's name.
 */
public final class BertNames {
  static final String WORDS = "embeddings.word_embeddings.weight";
  static final String POSITIONS = "embeddings.position_embeddings.weight";
  static final String TYPES = "embeddings.token_type_embeddings.weight";
  static final String POOLER = "pooler.dense";
  static final String LAYERS = "encoder.layer.";

  /** Each point's own name, in the order in which Hugging Face has the modules. */
  private static final Map<Point, String> NAMES = names();

  private static final List<Point> ORDER = List.copyOf(NAMES.keySet());

  private BertNames() {}

  private static Map<Point, String> names() {
    Map<Point, String> names = new LinkedHashMap<>();
    names.put(Point.EMBEDDING, "embeddings");
    names.put(Point.EMBEDDING_NORM, "embeddings.LayerNorm");
    names.put(Point.LAYER_INPUT, "input");
    names.put(Point.QUERY, "attention.self.query");
    names.put(Point.KEY, "attention.self.key");
    names.put(Point.VALUE, "attention.self.value");
    names.put(Point.ATTENTION_INNER, "attention.inner");
    names.put(Point.ATTENTION_OUT, "attention.output.dense");
    names.put(Point.ATTENTION, "attention");
    names.put(Point.ATTENTION_NORM, "attention.output.LayerNorm");
    names.put(Point.FFN_UP, "intermediate.dense");
    names.put(Point.FFN_INNER, "ffn.inner");
    names.put(Point.FFN_DOWN, "output.dense");
    names.put(Point.FFN, "ffn");
    names.put(Point.FFN_NORM, "output.LayerNorm");
    names.put(Point.POOLER, POOLER);
    return names;
  }

  /** The path of {@code site}; a made-up one where there is no module. */
  public static String of(Site site) {
    String own = Optional.ofNullable(NAMES.get(site.point())).orElseThrow();
    String path = site.point().inLayer() ? LAYERS + site.layer() + "." + own : own;
    boolean encoder = site.stack() == Stack.ENCODER;
    return encoder ? path : site.stack().name().toLowerCase(Locale.ROOT) + "." + path;
  }

  /** Every linear layer and norm of {@code spec}, in the order of Hugging Face's modules. */
  static List<Site> modules(BackboneSpec spec) {
    Comparator<Site> order =
        Comparator.comparing(Site::stack)
            .thenComparing(site -> site.point() == Point.POOLER)
            .thenComparingInt(Site::layer)
            .thenComparingInt(site -> ORDER.indexOf(site.point()));
    return spec.sites(Point.of(Role.LINEAR, Role.NORM)).stream().sorted(order).toList();
  }
}
