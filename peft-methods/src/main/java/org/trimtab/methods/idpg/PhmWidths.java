package org.trimtab.methods.idpg;

import org.trimtab.base.Invalid;

/** What hypercomplex layers ask of widths. */
final class PhmWidths {
  private PhmWidths() {}

  /**
   * n divides every width.
   *
   * @throws Invalid if it doesn't
   */
  static void require(int n, GeneratorConfig.Target target, int width) {
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
