package com.example.plugin;

import org.trimtab.method.Setup;
import org.trimtab.method.prompt.PromptInit;
import org.trimtab.tensor.Tensor;

/** Rows that all start with one value. */
public record ConstantInit(double value) implements PromptInit {
  @Override
  public Tensor rows(int length, Setup setup) {
    return setup.init().constant(value, length, setup.spec().textStack().hidden());
  }
}
