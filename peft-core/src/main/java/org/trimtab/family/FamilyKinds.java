package org.trimtab.family;

import java.util.List;
import org.trimtab.architecture.config.Families;
import org.trimtab.family.bert.Bert;
import org.trimtab.family.bert.DistilBert;
import org.trimtab.family.bert.Electra;
import org.trimtab.family.decoder.Gemma3;
import org.trimtab.family.decoder.Gpt2;
import org.trimtab.family.decoder.Llama;
import org.trimtab.family.decoder.Qwen;
import org.trimtab.family.encoder.Deberta;
import org.trimtab.family.encoder.ModernBert;

/** The families that come along; a new one is one line here. */
public final class FamilyKinds {
  public static final Families ALL =
      new Families(
          List.of(
              new Bert(),
              new DistilBert(),
              new Electra(),
              new ModernBert(),
              new Deberta(),
              new Llama(),
              new Qwen(),
              new Gemma3(),
              new Gpt2()));

  private FamilyKinds() {}
}
