package io.kagimori.contracts.diagnosis;

import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.Probe;
import java.time.Instant;
import java.util.List;

/**
 * All that is known when a failure is to be explained. What nobody told is null or empty, and
 * counts neither for nor against anything.
 *
 * @param codes codes that Windows printed, in any spelling, newest last
 * @param codeAt when the newest was printed
 * @param probes what agents tried
 * @param asked what was asked for
 * @param installed what a report showed on the device
 * @param key what is known of the key
 * @param host what is known of the KMS host
 */
public record Evidence(
    List<String> codes,
    Instant codeAt,
    List<Probe> probes,
    Asked asked,
    Installed installed,
    Key key,
    Host host) {

  public Evidence {
    codes = codes == null ? List.of() : List.copyOf(codes);
    probes = probes == null ? List.of() : List.copyOf(probes);
    asked = asked == null ? Asked.NOTHING : asked;
    installed = installed == null ? Installed.NOTHING : installed;
    key = key == null ? Key.NOTHING : key;
    host = host == null ? Host.NOTHING : host;
  }

  /** Only codes are known, as on the command line. */
  public static Evidence ofCodes(String... codes) {
    return new Evidence(List.of(codes), null, null, null, null, null, null);
  }

  /**
   * What was asked for.
   *
   * @param edition EditionID that the request and so its key is for
   * @param channel MAK or KMS
   */
  public record Asked(String edition, Channel channel) {
    static final Asked NOTHING = new Asked(null, null);
  }

  /**
   * What a report showed.
   *
   * @param edition EditionID that is installed
   * @param editionDisputed whether sources disagree about it
   * @param kmsClient whether the license in use is of the KMS client channel
   * @param mak whether it is of the MAK channel
   * @param evaluation whether an evaluation edition is installed
   * @param hasLicense whether a report told of a license at all
   * @param partialKey last five characters of the installed key
   * @param licenseStatus 0 to 6
   * @param rearmCount rearms left
   * @param missingUpdates updates that are needed and not installed
   * @param updatesComplete whether updates are needed and all of them are installed
   * @param at when it was collected
   */
  public record Installed(
      String edition,
      boolean editionDisputed,
      boolean kmsClient,
      boolean mak,
      boolean evaluation,
      boolean hasLicense,
      String partialKey,
      Integer licenseStatus,
      Integer rearmCount,
      List<String> missingUpdates,
      boolean updatesComplete,
      Instant at) {
    static final Installed NOTHING =
        new Installed(null, false, false, false, false, false, null, null, null, null, null);

    /** What a report showed that told nothing of updates being complete. */
    public Installed(
        String edition,
        boolean editionDisputed,
        boolean kmsClient,
        boolean mak,
        boolean evaluation,
        boolean hasLicense,
        String partialKey,
        Integer licenseStatus,
        Integer rearmCount,
        List<String> missingUpdates,
        Instant at) {
      this(
          edition,
          editionDisputed,
          kmsClient,
          mak,
          evaluation,
          hasLicense,
          partialKey,
          licenseStatus,
          rearmCount,
          missingUpdates,
          false,
          at);
    }

    public Installed {
      missingUpdates = missingUpdates == null ? List.of() : List.copyOf(missingUpdates);
    }
  }

  /**
   * What is known of the key.
   *
   * @param keyId which key
   * @param available activations left
   * @param expired whether its registered end has passed
   * @param blocked whether an operator has blocked it
   * @param registered whether it is registered here and covers product and edition
   */
  public record Key(
      String keyId, Long available, boolean expired, boolean blocked, boolean registered) {
    static final Key NOTHING = new Key(null, null, false, false);

    /** A key of which nobody told what it covers. */
    public Key(String keyId, Long available, boolean expired, boolean blocked) {
      this(keyId, available, expired, blocked, false);
    }
  }

  /**
   * What is known of the KMS host that the device asks.
   *
   * @param host its name
   * @param port its TCP port
   * @param activated whether it is activated itself
   * @param count clients it counts
   * @param required clients it needs
   * @param dnsPublishing whether it publishes its record
   * @param cmidDevices devices that share the client machine ID; empty unless several do
   * @param splitHosts hosts that share the clients; empty unless several do
   */
  public record Host(
      String host,
      Integer port,
      Boolean activated,
      Integer count,
      Integer required,
      Boolean dnsPublishing,
      List<String> cmidDevices,
      List<String> splitHosts) {
    static final Host NOTHING = new Host(null, null, null, null, null, null, null, null);

    public Host {
      cmidDevices = cmidDevices == null ? List.of() : List.copyOf(cmidDevices);
      splitHosts = splitHosts == null ? List.of() : List.copyOf(splitHosts);
    }
  }
}
