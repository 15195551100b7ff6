package org.trimtab.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.base.Formerly;
import org.trimtab.base.Invalid;

/** A record as configuration sees it: a key for each of its components, in their order. */
record RecordShape(Class<?> type, List<Component> components) {
  static RecordShape of(Class<?> type) {
    return new RecordShape(type, Stream.of(type.getRecordComponents()).map(Component::of).toList());
  }

  /**
   * A component.
   *
   * @param formerKeys those that it had before
   */
  record Component(String key, Type type, List<String> formerKeys, RecordComponent declaration) {
    private static Component of(RecordComponent declaration) {
      Formerly formerly = declaration.getAnnotation(Formerly.class);
      return new Component(
          Scalars.key(declaration.getName()),
          declaration.getGenericType(),
          formerly == null ? List.of() : List.of(formerly.value()),
          declaration);
    }

    boolean isOptional() {
      return declaration.getType() == Optional.class;
    }

    /** What {@code record} has for it. */
    Object get(Object record) {
      try {
        declaration.getAccessor().setAccessible(true);
        return declaration.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("can't read " + declaration, e);
      }
    }
  }

  List<String> keys() {
    return components.stream().map(Component::key).toList();
  }

  /** The key of the component that was once called {@code key}. */
  Optional<String> keyOnceCalled(String key) {
    return components.stream()
        .filter(component -> component.formerKeys().contains(key))
        .map(Component::key)
        .findFirst();
  }

  /**
   * The record of {@code values}, one for each component.
   *
   * @throws Invalid where the record refuses them
   */
  Object construct(Object[] values) {
    try {
      var constructor = type.getDeclaredConstructor(parameters());
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Invalid invalid) {
        throw invalid;
      }
      throw new IllegalStateException("can't make " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make " + type, e);
    }
  }

  private Class<?>[] parameters() {
    return components.stream().map(c -> c.declaration().getType()).toArray(Class<?>[]::new);
  }
}
