package org.trimtab.experiments;

import java.util.List;
import org.trimtab.base.SettingKind;
import org.trimtab.experiments.trial.RunTrackers;
import org.trimtab.plugin.Plugins;
import org.trimtab.plugin.TrimtabPlugin;

/** What running experiments adds to what their files can say. */
public final class ExperimentsPlugin implements TrimtabPlugin {
  @Override
  public String provider() {
    return Plugins.TRIMTAB;
  }

  @Override
  public List<SettingKind<?>> kinds() {
    return List.of(RunTrackers.ALL);
  }
}
