package org.trimtab.experiments.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.json.JsonObject;
import org.trimtab.tensor.djl.EngineVersions;

/** What a process runs on: all that may move the last bits of a result. */
public record Environment(
    Java java, OperatingSystem system, Processor processor, EngineVersions engine) {
  private static final String JAVA = "java_version";
  private static final String JAVA_VM = "java_vm_name";
  private static final String OS = "os_name";
  private static final String OS_VERSION = "os_version";
  private static final String OS_ARCHITECTURE = "os_arch";
  private static final String CPU = "cpu";
  private static final String PROCESSORS = "processors";
  private static final String OMP_THREADS = "omp_num_threads";
  private static final String ENGINE = "engine";
  private static final String ENGINE_VERSION = "engine_version";
  private static final String DJL_VERSION = "djl_version";

  /** The Java that runs. */
  public record Java(String version, String vm) {}

  /** The operating system. */
  public record OperatingSystem(String name, String version, String architecture) {}

  /**
   * The processor.
   *
   * @param cpu its name where the system tells it
   * @param count of processors
   * @param ompThreads what OpenMP is told of them
   */
  public record Processor(String cpu, int count, String ompThreads) {}

  /** As {@code provenance.json} holds it. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(JAVA, java.version());
    json.put(JAVA_VM, java.vm());
    json.put(OS, system.name());
    json.put(OS_VERSION, system.version());
    json.put(OS_ARCHITECTURE, system.architecture());
    json.put(CPU, processor.cpu());
    json.put(PROCESSORS, processor.count());
    json.put(OMP_THREADS, processor.ompThreads());
    json.put(ENGINE, engine.engine());
    json.put(ENGINE_VERSION, engine.version());
    json.put(DJL_VERSION, engine.djl());
    return json;
  }

  /** Reads what stands beside other facts. */
  static Environment read(JsonObject json) {
    return new Environment(
        new Java(json.text(JAVA), json.text(JAVA_VM)),
        new OperatingSystem(json.text(OS), json.text(OS_VERSION), json.text(OS_ARCHITECTURE)),
        new Processor(json.text(CPU), json.number(PROCESSORS), json.text(OMP_THREADS)),
        new EngineVersions(json.text(ENGINE), json.text(ENGINE_VERSION), json.text(DJL_VERSION)));
  }
}
