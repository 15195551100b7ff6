package org.trimtab.experiments.sweep.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;

/** What random search draws a key's values from, a YAML kind. */
public interface Distribution {
  /** One value, as a file would write it. */
  String draw(Random random);

  /** Any number between two, each as likely. */
  record Uniform(double low, double high) implements Distribution {
    public Uniform {
      requireOrder(low, high);
    }

    @Override
    public String draw(Random random) {
      return number(low + random.nextDouble() * (high - low));
    }
  }

  /** Any number between two, each order of magnitude as likely. */
  record LogUniform(double low, double high) implements Distribution {
    public LogUniform {
      Check.positive("low", low);
      requireOrder(low, high);
    }

    @Override
    public String draw(Random random) {
      double logarithm = Math.log(low) + random.nextDouble() * (Math.log(high) - Math.log(low));
      return number(Math.exp(logarithm));
    }
  }

  /** Any whole number from one to another, both included, each as likely. */
  record WholeNumber(int low, int high) implements Distribution {
    public WholeNumber {
      requireOrder(low, high);
    }

    @Override
    public String draw(Random random) {
      return Long.toString(low + (long) (random.nextDouble() * ((long) high - low + 1)));
    }
  }

  /** One of a list, each as likely. */
  record Choice(List<String> values) implements Distribution {
    public Choice {
      Check.all(() -> Check.notEmpty("values", values), () -> Check.distinct("values", values));
    }

    @Override
    public String draw(Random random) {
      return values.get(random.nextInt(values.size()));
    }
  }

  private static void requireOrder(double low, double high) {
    if (!(low < high)) {
      throw new Invalid("high", "found " + high + "; allowed above low, " + low);
    }
  }

  /** Three digits are more than a search can tell apart, and make names that can be read. */
  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toString();
  }
}
