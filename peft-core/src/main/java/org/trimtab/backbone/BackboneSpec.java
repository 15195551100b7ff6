package org.trimtab.backbone;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The shape of a backbone: all that a method needs to size its parameters.
 *
 * @param family the architecture's name, such as {@code bert}
 * @param stacks which it has, in the order in which they run
 * @param vocabulary number of token embeddings
 * @param positions how many tokens fit into one sequence, prompt rows included
 * @param padding the token that fills shorter texts up
 */
public record BackboneSpec(
    String family, List<StackSpec> stacks, int vocabulary, int positions, int padding) {
  public BackboneSpec {
    stacks = List.copyOf(stacks);
    if (stacks.isEmpty()
        || stacks.stream().map(StackSpec::stack).distinct().count() < stacks.size()) {
      throw new IllegalArgumentException("a backbone has one stack or more, each once: " + stacks);
    }
  }

  /** The same without the points {@code gone}. */
  public BackboneSpec without(Set<Point> gone) {
    List<StackSpec> fewer =
        stacks.stream()
            .map(
                stack -> {
                  Set<Point> points = EnumSet.copyOf(stack.points());
                  points.removeAll(gone);
                  return stack.with(points);
                })
            .toList();
    return new BackboneSpec(family, fewer, vocabulary, positions, padding);
  }

  /** The stack that reads the text, the first to run: where prompts join. */
  public StackSpec textStack() {
    return stacks.get(0);
  }

  /**
   * The shape of {@code stack}.
   *
   * @throws IllegalArgumentException if this has no such stack
   */
  public StackSpec stack(Stack stack) {
    return stacks.stream()
        .filter(spec -> spec.stack() == stack)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the backbone has no stack " + stack));
  }

  /** H of the states that a head reads: the last stack's. */
  public int hidden() {
    return stacks.get(stacks.size() - 1).hidden();
  }

  /** L of the deepest stack. */
  public int layers() {
    return stacks.stream().mapToInt(StackSpec::layers).max().orElseThrow();
  }

  /** Every site of the given points that is here, in the order in which a pass meets them. */
  public List<Site> sites(Set<Point> points) {
    return stacks.stream().flatMap(stack -> stack.sites(points)).toList();
  }

  /** Whether this backbone has {@code site}; a target without a site is a user's error. */
  public boolean has(Site site) {
    return stacks.stream().anyMatch(stack -> stack.has(site));
  }

  /**
   * Refuses a site that isn't here.
   *
   * @throws IllegalArgumentException if this backbone hasn't {@code site}
   */
  public void require(Site site) {
    if (!has(site)) {
      throw new IllegalArgumentException("the backbone has no site " + site);
    }
  }

  /**
   * Refuses a site that isn't here, or is something else.
   *
   * @throws IllegalArgumentException if this backbone hasn't {@code site}, or it is no {@code role}
   */
  public void require(Site site, Role role) {
    require(site);
    if (site.point().role() != role) {
      throw new IllegalArgumentException(site + " is " + site.point().role() + ", not " + role);
    }
  }

  /** Whether the rows of {@code stack} see only those before them. */
  public boolean causal(Stack stack) {
    return stack(stack).causal();
  }

  /**
   * The width of what enters the linear layer or norm at {@code site}.
   *
   * @throws IllegalArgumentException if this backbone hasn't {@code site}
   */
  public int inputWidth(Site site) {
    require(site);
    return stack(site.stack()).inputWidth(site.point());
  }

  /**
   * The width of what leaves {@code site}.
   *
   * @throws IllegalArgumentException if this backbone hasn't {@code site}
   */
  public int outputWidth(Site site) {
    require(site);
    return stack(site.stack()).outputWidth(site.point());
  }
}
