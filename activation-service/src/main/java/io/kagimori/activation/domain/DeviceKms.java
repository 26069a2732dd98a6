package io.kagimori.activation.domain;

import io.kagimori.contracts.KmsHostAddress;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.KmsHostOrigin;
import java.util.Objects;

/**
 * How a KMS client knows its host.
 *
 * @param host name or address; null while none is known
 * @param port TCP port
 * @param cmid client machine ID
 * @param origin direct registration, discovery or none
 * @param configuredBy how the host was fixed on the client, such as {@code GROUP_POLICY}; null
 *     where nobody told
 */
public record DeviceKms(
    String host, Integer port, String cmid, KmsHostOrigin origin, String configuredBy) {

  /** Settings of which nobody told how they were made. */
  DeviceKms(String host, Integer port, String cmid, KmsHostOrigin origin) {
    this(host, port, cmid, origin, null);
  }

  /**
   * The settings after a report. A registered host wins over a discovered one; where neither is
   * reported, the registration was cleared and the client asks DNS again.
   *
   * @param before what was known; null when nothing was
   * @param said what was reported
   * @param client whether the device is a KMS client at all
   */
  static DeviceKms reported(DeviceKms before, DeviceReported.Kms said, boolean client) {
    String cmid =
        said.cmid() == null
            ? (before == null ? null : before.cmid())
            : KmsRequests.cmid(said.cmid());
    if (isNamed(said.registeredHost())) {
      return of(said.registeredHost(), said.port(), cmid, KmsHostOrigin.REGISTERED)
          .configuredBy(said.configuredBy(), before);
    }
    if (isNamed(said.discoveredHost())) {
      return of(said.discoveredHost(), said.port(), cmid, KmsHostOrigin.DNS);
    }
    if (isNamed(said.host())) {
      DeviceKms used = of(said.host(), said.port(), cmid, KmsHostOrigin.DNS);
      boolean stillRegistered =
          before != null
              && before.origin() == KmsHostOrigin.REGISTERED
              && Objects.equals(before.host(), used.host());
      return stillRegistered
          ? of(said.host(), said.port(), cmid, before.origin())
              .configuredBy(said.configuredBy(), before)
          : used;
    }
    return new DeviceKms(null, null, cmid, client ? KmsHostOrigin.DNS : KmsHostOrigin.NONE);
  }

  /** Who set it is still true while nothing else was set. */
  private DeviceKms configuredBy(String by, DeviceKms before) {
    boolean same =
        before != null
            && before.origin() == origin
            && Objects.equals(before.host(), host)
            && Objects.equals(before.port(), port);
    return new DeviceKms(host, port, cmid, origin, by == null && same ? before.configuredBy() : by);
  }

  private static DeviceKms of(String host, Integer port, String cmid, KmsHostOrigin origin) {
    KmsHostAddress.Reading reading = KmsHostAddress.parse(host, port);
    if (reading instanceof KmsHostAddress.Accepted accepted) {
      KmsHostAddress address = accepted.address();
      return new DeviceKms(address.host(), address.port(), cmid, origin);
    }
    // What a device really has set is shown even where it cannot work.
    return new DeviceKms(host.strip(), port, cmid, origin);
  }

  private static boolean isNamed(String host) {
    return host != null && !host.isBlank();
  }
}
