package org.trimtab.backbone;

import static org.trimtab.backbone.Point.Section.AFTER_LAYERS;
import static org.trimtab.backbone.Point.Section.BEFORE_LAYERS;
import static org.trimtab.backbone.Point.Section.LAYER;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The points of a stack whose output a {@link Contribution} may add to. Which of them a stack has
 * its {@link StackSpec} says.
 */
public enum Point {
  /** Token embeddings (B, T, H) of the text, before positions, types and norm. */
  EMBEDDING(Role.ROWS, BEFORE_LAYERS),
  EMBEDDING_NORM(Role.NORM, BEFORE_LAYERS),
  /** From the embedding's width to that of the layers, where they differ (B, T, H). */
  EMBEDDING_PROJECTION(Role.LINEAR, BEFORE_LAYERS),
  /** What enters a layer (B, T, H); visited first in every layer. */
  LAYER_INPUT(Role.ROWS, LAYER),
  QUERY(Role.LINEAR, LAYER),
  KEY(Role.LINEAR, LAYER),
  VALUE(Role.LINEAR, LAYER),
  /** Each head of the queries normed by itself (B, T, h, d). */
  QUERY_NORM(Role.NORM, LAYER),
  KEY_NORM(Role.NORM, LAYER),
  /** The heads' joined result (B, T, H), which enters the output projection. */
  ATTENTION_INNER(Role.INNER, LAYER),
  ATTENTION_OUT(Role.LINEAR, LAYER),
  FFN_UP(Role.LINEAR, LAYER),
  /** What a gated feed-forward's inside is multiplied with, before its activation (B, T, F). */
  FFN_GATE(Role.LINEAR, LAYER),
  /** The activated intermediate (B, T, F). */
  FFN_INNER(Role.INNER, LAYER),
  FFN_DOWN(Role.LINEAR, LAYER),
  /** A whole branch after its dropout, before its residual is added. */
  ATTENTION(Role.BRANCH, LAYER),
  FFN(Role.BRANCH, LAYER),
  ATTENTION_NORM(Role.NORM, LAYER),
  FFN_NORM(Role.NORM, LAYER),
  /** The norm of what a branch gives, where there is one before the branch, too. */
  ATTENTION_POST_NORM(Role.NORM, LAYER),
  FFN_POST_NORM(Role.NORM, LAYER),
  /** The norm behind the last layer, where norms stand before branches. */
  FINAL_NORM(Role.NORM, AFTER_LAYERS),
  /** The pooler's dense output (B, 1, H), before its tanh. */
  POOLER(Role.LINEAR, AFTER_LAYERS);

  /** Where in a stack a point is. */
  enum Section {
    BEFORE_LAYERS,
    LAYER,
    AFTER_LAYERS
  }

  private final Role role;
  private final Section section;

  Point(Role role, Section section) {
    this.role = role;
    this.section = section;
  }

  public Role role() {
    return role;
  }

  /** Whether each layer has one; else the stack has at most one. */
  public boolean inLayer() {
    return section == LAYER;
  }

  Section section() {
    return section;
  }

  /** All points of the given roles. */
  public static Set<Point> of(Role... roles) {
    List<Role> wanted = List.of(roles);
    Set<Point> points = EnumSet.allOf(Point.class);
    points.removeIf(point -> !wanted.contains(point.role));
    return points;
  }
}
