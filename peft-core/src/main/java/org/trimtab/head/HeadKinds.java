package org.trimtab.head;

import org.trimtab.base.SettingKind;

/** The heads that settings can name; a new one is one line here. */
public final class HeadKinds {
  public static final SettingKind<HeadConfig> ALL =
      SettingKind.of(HeadConfig.class)
          .with("linear", LinearHeadConfig.class)
          .with("dense", DenseHeadConfig.class);

  private HeadKinds() {}
}
