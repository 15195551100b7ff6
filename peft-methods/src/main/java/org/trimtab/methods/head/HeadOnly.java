package org.trimtab.methods.head;

import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;

/**
 * Adds nothing to the backbone: what trains is the head, and the backbone where its own settings
 * say so (full fine-tuning).
 */
public final class HeadOnly implements PeftMethod<HeadOnlyConfig> {
  @Override
  public Class<HeadOnlyConfig> configType() {
    return HeadOnlyConfig.class;
  }

  @Override
  public String description() {
    return "Baseline: nothing but the head (or, with backbone.tuning: full, full fine-tuning)";
  }

  @Override
  public String paper() {
    return "";
  }

  @Override
  public String attaches() {
    return "nowhere";
  }

  @Override
  public PeftModule create(HeadOnlyConfig config, Setup setup) {
    return PeftModule.none();
  }
}
