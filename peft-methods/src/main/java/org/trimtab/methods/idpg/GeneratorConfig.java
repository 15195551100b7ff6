package org.trimtab.methods.idpg;

import java.util.function.UnaryOperator;
import org.trimtab.base.Invalid;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** What generates a prompt of a text's vector, the YAML kind {@code generator}. */
public interface GeneratorConfig {
  /** A generator's layers, but for the bias of its output. */
  @FunctionalInterface
  interface Generator {
    /**
     * z (B, 1, D) to (B, 1, P H).
     *
     * @param dropout of its inside
     */
    Tensor of(Tensor z, UnaryOperator<Tensor> dropout);
  }

  /**
   * What a generator is made for.
   *
   * @param in D
   * @param out P H
   * @param params take its parameters, their names behind {@code prefix}
   */
  record Target(int in, int out, Init init, Params params, String prefix) {
    Tensor add(String name, Tensor value) {
      return params.add("generator", prefix + name, value);
    }
  }

  /**
   * A new generator.
   *
   * @throws Invalid if it can't have these widths
   */
  Generator create(Target target);

  /** About how many numbers it has for {@code out} values, at least those of its last layer. */
  double numbers(double out);

  /** The bias of its output starts as U(-bound, bound). */
  default double outputBound(boolean deep) {
    return 0.5;
  }

  /**
   * n divides every width.
   *
   * @throws Invalid if it doesn't
   */
  static void requireDivides(int n, Target target, int width) {
    if (target.in() % n != 0 || width % n != 0 || target.out() % n != 0) {
      throw new Invalid(
          "generator.n",
          "must divide the widths of the text's vector, the inside and the prompt, "
              + target.in()
              + ", "
              + width
              + " and "
              + target.out()
              + "; found "
              + n);
    }
  }
}
