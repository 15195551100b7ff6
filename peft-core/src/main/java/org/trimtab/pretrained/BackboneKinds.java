package org.trimtab.pretrained;

import org.trimtab.base.SettingKind;

/** The backbones that settings can name; a new one is one line here. */
public final class BackboneKinds {
  public static final SettingKind<BackboneConfig> ALL =
      SettingKind.of(BackboneConfig.class)
          .with("onnx", OnnxBackboneConfig.class)
          .with("onnx-file", OnnxFileBackboneConfig.class)
          .with("gguf", GgufBackboneConfig.class)
          .with("huggingface", HfBackboneConfig.class)
          .with("new", NewBackboneConfig.class);

  private BackboneKinds() {}
}
