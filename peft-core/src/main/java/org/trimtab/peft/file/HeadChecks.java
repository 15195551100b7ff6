package org.trimtab.peft.file;

import java.nio.file.Path;
import org.trimtab.base.UserError;

/**
 * What keeps a head from being read as PEFT reads it.
 *
 * @param file its values
 * @param tensors theirs and the method's
 * @param head what they were read as
 */
record HeadChecks(Path file, TensorNames tensors, PeftHead head) {
  /**
   * Refuses the head of another family: the tensors of some are the same, and not what they
   * compute.
   */
  void requireOf(String family) {
    if (PeftHeads.of(family).filter(head::same).isEmpty()) {
      throw new UserError(
          file
              + ": its head was read as that of a "
              + head.families().get(0)
              + ", as its tensors name no model; found the backbone of a "
              + family);
    }
  }

  /** Refuses a head whose rest isn't here: a part of ModernBERT's doesn't train under PEFT. */
  void requireWhole() {
    head.tensors().values().stream()
        .filter(name -> name.startsWith("head.") && !tensors.whole().containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UserError(
                  file
                      + ": has no tensor '"
                      + name
                      + "', which PEFT leaves in the model's own files; allowed an adapter whose"
                      + " modules_to_save hold the whole head");
            });
  }
}
