package org.trimtab.experiment;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.adapter.AdapterFolder;
import org.trimtab.adapter.SavedAdapter;
import org.trimtab.adapterhub.file.HubAdapter;
import org.trimtab.adapterhub.file.HubFolder;
import org.trimtab.peft.file.PeftAdapter;
import org.trimtab.peft.file.PeftFolder;
import org.trimtab.plugin.MethodRegistry;

/** Adapters in folders of other libraries, by what lies there. */
public final class SavedAdapters {
  private SavedAdapters() {}

  /**
   * Reads the adapter in {@code directory}, all but its values.
   *
   * @throws org.trimtab.base.UserError if it is none, is damaged, or computes what no known method
   *     does
   */
  public static SavedAdapter read(Path directory, MethodRegistry methods) {
    return HubFolder.recognises(AdapterFolder.find(directory))
        ? HubAdapter.read(directory, methods)
        : PeftAdapter.read(directory, methods);
  }

  /** The files whose contents make the adapter. */
  public static List<Path> files(Path directory) {
    return HubFolder.recognises(AdapterFolder.find(directory))
        ? HubFolder.find(directory).files()
        : PeftFolder.find(directory).files();
  }
}
