package org.trimtab.experiments.config;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The classes of settings: of a record, and of every record within it. */
public final class SettingTypes {
  private SettingTypes() {}

  public static Set<Class<?>> of(Record settings) {
    Set<Class<?>> types = new LinkedHashSet<>();
    collect(settings, types);
    return types;
  }

  private static void collect(Object value, Set<Class<?>> types) {
    if (value instanceof Record) {
      types.add(value.getClass());
    }
    within(value).forEach(inner -> collect(inner, types));
  }

  private static Stream<?> within(Object value) {
    if (value instanceof Record) {
      return Stream.of(value.getClass().getRecordComponents()).map(c -> get(c, value));
    }
    if (value instanceof Optional<?> optional) {
      return optional.stream();
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream();
    }
    return value instanceof Collection<?> items ? items.stream() : Stream.empty();
  }

  private static Object get(RecordComponent component, Object value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't read " + component, e);
    }
  }
}
