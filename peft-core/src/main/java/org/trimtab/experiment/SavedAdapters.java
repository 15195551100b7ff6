package org.trimtab.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /** Reads the adapter in {@code directory}, whose family only its files tell. */
  public static SavedAdapter read(Path directory, MethodRegistry methods) {
    return read(directory, methods, Optional.empty());
  }

  /**
   * Reads the adapter in {@code directory}, all but its values.
   *
   * @param family the backbone's, where it is known
   * @throws org.trimtab.base.UserError if it is none, is damaged, or computes what no known method
   *     does
   */
  public static SavedAdapter read(Path directory, MethodRegistry methods, Optional<String> family) {
    return HubFolder.recognises(AdapterFolder.find(directory))
        ? HubAdapter.read(directory, methods)
        : PeftAdapter.read(directory, methods, family);
  }

  /** The files whose contents make the adapter. */
  public static List<Path> files(Path directory) {
    return HubFolder.recognises(AdapterFolder.find(directory))
        ? HubFolder.find(directory).files()
        : PeftFolder.find(directory).files();
  }
}
