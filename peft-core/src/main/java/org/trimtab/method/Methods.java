package org.trimtab.method;

/** Makes the modules of other methods, for one that combines them. */
public interface Methods {
  /** No method known: combinations can't be made. */
  Methods NONE =
      new Methods() {
        @Override
        public PeftModule create(MethodConfig config, Setup setup) {
          throw new IllegalStateException("a combination of methods needs a MethodRegistry");
        }

        @Override
        public PeftModule createFolded(MethodConfig config, Setup setup) {
          return create(config, setup);
        }
      };

  /** As {@link PeftMethod#sizes}. */
  default Sizes sizes(MethodConfig config, Setup setup) {
    return Sizes.NONE;
  }

  /** The module that {@code config}'s method makes. */
  PeftModule create(MethodConfig config, Setup setup);

  /** As {@link PeftMethod#createFolded}. */
  PeftModule createFolded(MethodConfig config, Setup setup);
}
