package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * What came of one thing an agent tried on or from its device.
 *
 * @param kind what was tried
 * @param succeeded whether it worked; a clock is judged by its difference
 * @param target host, name, service or time source
 * @param port TCP port
 * @param proxy proxy that was used; absent means none
 * @param resolver DNS server that was asked
 * @param zone DNS domain that was looked in
 * @param zoneSource where the device has that domain from: {@code PRIMARY_SUFFIX}, {@code
 *     ACTIVE_DIRECTORY}, {@code DHCP_OPTION_15}
 * @param answers names or addresses that were found
 * @param differenceSeconds the device's clock minus the other one
 * @param code code that was printed, in any spelling
 * @param at when it was tried, on the device's clock
 */
@RecordBuilder
public record Probe(
    ProbeKind kind,
    Boolean succeeded,
    String target,
    Integer port,
    String proxy,
    String resolver,
    String zone,
    String zoneSource,
    List<String> answers,
    Long differenceSeconds,
    String code,
    Instant at) {

  /**
   * What came of a step of repair.
   *
   * @param step which step
   */
  public static Probe repair(String step, boolean succeeded, String code, Instant at) {
    return ProbeBuilder.builder()
        .kind(ProbeKind.REPAIR)
        .succeeded(succeeded)
        .target(step)
        .code(code)
        .at(at)
        .build();
  }

  /** Most probes that one event may carry. */
  public static final int MAX = 64;

  static void check(List<Probe> probes, Fields fields) {
    if (probes == null) {
      return;
    }
    fields.when(probes.size() > MAX, "probes");
    probes.forEach(probe -> fields.required("probes.kind", probe.kind()));
  }
}
