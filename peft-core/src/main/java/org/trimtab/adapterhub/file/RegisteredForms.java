package org.trimtab.adapterhub.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.base.Invalid;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftMethod;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.weights.AdapterTensors;

/** The forms of the known methods. */
record RegisteredForms(MethodRegistry methods) implements AdapterHubForms {
  /** A method's form, and its settings. */
  private record Held<C extends MethodConfig>(HubForm<C> form, C config) {
    Map<String, Object> write(HubTarget target) {
      return form.write(config, target);
    }

    Map<String, HubTensor> tensors(Map<String, long[]> parameters) {
      return form.tensors(config, parameters);
    }

    AdapterTensors folded(AdapterTensors tensors) {
      return form.folded(config, tensors);
    }

    boolean promptFirst() {
      return form.promptFirst(config);
    }
  }

  /**
   * The settings of a whole configuration: those of a method that puts gates where it has any.
   *
   * @throws org.trimtab.base.UserError if no method reads it
   */
  MethodConfig readWhole(FileSource source) {
    boolean gated = source.gated();
    if (gated) {
      requireKnown(source);
    }
    return read(source, form -> gated ? form.gates() : reads(form, source));
  }

  @Override
  public MethodConfig read(HubSource part) {
    return read(part, form -> reads(form, part));
  }

  private static boolean reads(HubForm<?> form, HubSource source) {
    String architecture = source.settings().text("architecture", HubForm.NO_ARCHITECTURE);
    return !form.gates() && form.architecture().equals(architecture);
  }

  private MethodConfig read(HubSource source, Function<HubForm<?>, Boolean> asked) {
    requireKnown(source);
    List<MethodConfig> read = new ArrayList<>();
    for (MethodBinding binding : methods.all()) {
      read(binding.method(), source, asked).ifPresent(read::add);
    }
    if (read.size() != 1) {
      throw source.settings().wrong("architecture", "methods that read it: found " + read.size());
    }
    return read.get(0);
  }

  private void requireKnown(HubSource source) {
    List<String> known =
        methods.all().stream()
            .flatMap(binding -> binding.method().adapterHub(this).stream())
            .filter(form -> !form.gates())
            .map(HubForm::architecture)
            .distinct()
            .sorted()
            .toList();
    String found = source.settings().text("architecture", HubForm.NO_ARCHITECTURE);
    if (!known.contains(found)) {
      throw source
          .settings()
          .wrong("architecture", "found " + found + "; allowed " + String.join(", ", known));
    }
  }

  private <C extends MethodConfig> Optional<? extends MethodConfig> read(
      PeftMethod<C> method, HubSource source, Function<HubForm<?>, Boolean> asked) {
    return method.adapterHub(this).filter(asked::apply).flatMap(form -> form.read(source));
  }

  private Held<?> held(MethodConfig config) {
    MethodBinding binding = methods.bindingOf(config);
    return held(binding.method(), config)
        .orElseThrow(
            () ->
                new Invalid(
                    "type",
                    "the adapters library has no form of it; found "
                        + binding.name()
                        + "; allowed "
                        + allowed()));
  }

  private <C extends MethodConfig> Optional<Held<?>> held(
      PeftMethod<C> method, MethodConfig config) {
    return method.adapterHub(this).map(form -> new Held<>(form, method.configType().cast(config)));
  }

  private String allowed() {
    return methods.all().stream()
        .filter(binding -> binding.method().adapterHub(this).isPresent())
        .map(MethodBinding::name)
        .collect(Collectors.joining(", "));
  }

  @Override
  public String name(MethodConfig config) {
    return methods.nameOf(config);
  }

  @Override
  public Map<String, Object> write(MethodConfig config, HubTarget target) {
    return held(config).write(target);
  }

  @Override
  public Map<String, HubTensor> tensors(MethodConfig config, Map<String, long[]> parameters) {
    return held(config).tensors(parameters);
  }

  @Override
  public String gate(MethodConfig config, String path) {
    return held(config).form().gate(path);
  }

  @Override
  public AdapterTensors folded(MethodConfig config, AdapterTensors tensors) {
    return held(config).folded(tensors);
  }

  @Override
  public boolean promptFirst(MethodConfig config) {
    return held(config).promptFirst();
  }
}
