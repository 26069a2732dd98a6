package io.kagimori.activation.domain;

import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A device and its license as they are at present.
 *
 * @param deviceId the device
 * @param installed what is installed on it
 * @param license its base license
 * @param rearmCount rearms left; null while nobody told
 * @param kms how it knows its KMS host; null while nothing is known
 * @param graceSince when it was first seen in its initial grace; null outside of it
 * @param warnings warnings of the last decision
 * @param asOf time of the newest fact; what is older changes the history only
 * @param lastReportAt when the newest report was collected; null when there was none
 * @param changedAt record time of the last change
 * @param evidence what sources said, each with its age
 * @param trouble its failures since it last worked; null when it never failed
 */
public record Device(
    String deviceId,
    Installation installed,
    License license,
    Integer rearmCount,
    DeviceKms kms,
    Instant graceSince,
    List<Warning> warnings,
    Instant asOf,
    Instant lastReportAt,
    Instant changedAt,
    DeviceEvidence evidence,
    Trouble trouble) {

  /**
   * What is installed.
   *
   * @param product slug of the product family
   * @param edition EditionID
   * @param site label of the site
   * @param osBuild build number
   * @param imageId image it was installed from
   * @param deployment how it was installed
   * @param ship whether it is about to be handed out; null where nobody said
   */
  public record Installation(
      String product,
      String edition,
      String site,
      String osBuild,
      String imageId,
      String deployment,
      Boolean ship) {
    static final Installation UNKNOWN = new Installation(null, null, null, null, null, null);

    /** An installation of which nobody said whether it is to be handed out. */
    public Installation(
        String product,
        String edition,
        String site,
        String osBuild,
        String imageId,
        String deployment) {
      this(product, edition, site, osBuild, imageId, deployment, null);
    }
  }

  /** Whether it is to be handed out and not licensed. */
  public boolean notReadyToShip() {
    return Boolean.TRUE.equals(installed.ship())
        && !Objects.equals(license.status(), License.LICENSED);
  }

  public Device {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
    evidence = evidence == null ? DeviceEvidence.NONE : evidence;
  }

  /** A device that is heard of for the first time. */
  public static Device unknown(String deviceId, Instant now) {
    return new Device(
        deviceId,
        Installation.UNKNOWN,
        License.UNKNOWN,
        null,
        null,
        null,
        List.of(),
        Instant.EPOCH,
        null,
        now,
        DeviceEvidence.NONE,
        null);
  }

  Device withInstalled(Installation next, Instant now) {
    return installed.equals(next) ? this : copy(c -> c.installed = next, now);
  }

  Device withRearmCount(int next, Instant now) {
    return copy(c -> c.rearmCount = next, now);
  }

  Device withWarnings(List<Warning> next, Instant now) {
    return warnings.equals(next) ? this : copy(c -> c.warnings = next, now);
  }

  Device withEvidence(DeviceEvidence next, Instant now) {
    return evidence.equals(next) ? this : copy(c -> c.evidence = next, now);
  }

  Device withTrouble(Trouble next, Instant now) {
    return Objects.equals(trouble, next) ? this : copy(c -> c.trouble = next, now);
  }

  /** The device with another license, known as of that time. */
  Device withLicense(License next, Instant at, Instant now) {
    boolean inGrace = Objects.equals(next.status(), License.INITIAL_GRACE);
    Instant since = inGrace ? (graceSince == null ? at : graceSince) : null;
    return copy(
        c -> {
          c.license = next;
          c.graceSince = since;
          c.asOf = at.isAfter(asOf) ? at : asOf;
        },
        now);
  }

  /** The device after a report that was collected at that time. */
  Device reported(DeviceKms nextKms, Integer nextRearmCount, Instant at, Instant now) {
    return copy(
        c -> {
          c.kms = nextKms;
          c.rearmCount = nextRearmCount;
          c.asOf = at;
          c.lastReportAt = at;
        },
        now);
  }

  private Device copy(Consumer<Copy> change, Instant now) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new Device(
        deviceId,
        copy.installed,
        copy.license,
        copy.rearmCount,
        copy.kms,
        copy.graceSince,
        copy.warnings,
        copy.asOf,
        copy.lastReportAt,
        now,
        copy.evidence,
        copy.trouble);
  }

  /** The components that change, so that a change names only those it means. */
  private static final class Copy {
    private Installation installed;
    private License license;
    private Integer rearmCount;
    private DeviceKms kms;
    private Instant graceSince;
    private List<Warning> warnings;
    private Instant asOf;
    private Instant lastReportAt;
    private DeviceEvidence evidence;
    private Trouble trouble;

    private Copy(Device of) {
      installed = of.installed;
      license = of.license;
      rearmCount = of.rearmCount;
      kms = of.kms;
      graceSince = of.graceSince;
      warnings = of.warnings;
      asOf = of.asOf;
      lastReportAt = of.lastReportAt;
      evidence = of.evidence;
      trouble = of.trouble;
    }
  }
}
