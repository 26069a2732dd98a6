package io.kagimori.agent.collect.publish;

import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.collect.Kind;
import io.kagimori.agent.collect.LicenseStatusCode;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedKmsBuilder;
import io.kagimori.contracts.event.DeviceReportedLicenseBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the reports of devices out of the facts of a text. */
public final class DeviceReports {
  /** Kinds that describe no device, or only what was tried on one. */
  private static final Set<Kind> NO_REPORT =
      Set.of(
          Kind.SNIPE_IT, Kind.ESU_PROGRAMS, Kind.SLMGR_MESSAGE, Kind.SERVICE_STATE, Kind.UNKNOWN);

  private static final int LICENSES_MAX = 300;
  private static final int OS_NAME_MAX = 256;
  private static final Pattern IMAGE_VERSION = Pattern.compile("10\\.0\\.(\\d{4,6}\\.\\d{1,6})");
  private static final Integer UNLICENSED = 0;

  private DeviceReports() {}

  /**
   * The reports, one for each device; none when the text tells nothing of a device, as the short
   * answers of commands do not. Exports name the device in each row; what names none belongs to the
   * device given.
   *
   * @param collected the facts
   * @param deviceId the device the text comes from; empty where only rows may name theirs
   * @param collectedAt when it was read there
   * @throws MissingDeviceException when something belongs to no device
   */
  public static List<DeviceReported> of(
      Collected collected, Optional<String> deviceId, Instant collectedAt) {
    if (NO_REPORT.contains(collected.kind())) {
      return List.of();
    }
    FactMap facts = new FactMap(collected.facts());
    Map<String, List<DeviceReported.License>> licenses = new LinkedHashMap<>();
    for (FactMap product : products(facts)) {
      String device = device(product, deviceId);
      licenses.computeIfAbsent(device, d -> new ArrayList<>()).add(license(product));
    }
    boolean machine =
        facts.text("current_edition") != null
            || facts.text("os_build") != null
            || facts.texts("updates") != null
            || facts.texts("target_editions") != null;
    if (machine && licenses.isEmpty()) {
      licenses.put(device(facts, deviceId), List.of());
    }
    boolean single = licenses.size() == 1;
    return licenses.entrySet().stream()
        .map(
            device ->
                report(device.getKey(), device.getValue(), collected, facts, single, collectedAt))
        .toList();
  }

  private static DeviceReported report(
      String device,
      List<DeviceReported.License> licenses,
      Collected collected,
      FactMap facts,
      boolean single,
      Instant collectedAt) {
    // The system is named for the text as a whole, so of several devices it is nobody's.
    Optional<String> osName =
        Optional.ofNullable(facts.text("os_name"))
            .filter(name -> single && name.length() <= OS_NAME_MAX);
    return DeviceReportedBuilder.builder()
        .deviceId(device)
        .collectedAt(collectedAt)
        .source(source(collected.kind()))
        .edition(facts.text("current_edition"))
        .osBuild(osBuild(facts))
        .language(collected.language())
        .licenses(licenses.isEmpty() ? null : worthReporting(licenses))
        .updates(facts.texts("updates"))
        .targetEditions(facts.texts("target_editions"))
        .osName(osName.orElse(null))
        .bootedAt(Optional.ofNullable(facts.text("booted_at")).map(Instant::parse).orElse(null))
        .build();
  }

  /**
   * DISM prints build and revision of the running system above whatever else it prints. Before
   * Windows 10 that number was the tool's own.
   */
  private static String osBuild(FactMap facts) {
    String build = facts.text("os_build");
    Matcher image =
        IMAGE_VERSION.matcher(Optional.ofNullable(facts.text("image_version")).orElse(""));
    return build == null && image.matches() ? image.group(1) : build;
  }

  /**
   * A value may have 256 KiB. Windows lists some hundred licenses that are not installed; where
   * they would not fit, those in use tell all there is to tell.
   */
  private static List<DeviceReported.License> worthReporting(
      List<DeviceReported.License> licenses) {
    if (licenses.size() <= LICENSES_MAX) {
      return licenses;
    }
    return licenses.stream()
        .filter(
            license -> license.partialKey() != null || !UNLICENSED.equals(license.licenseStatus()))
        .limit(LICENSES_MAX)
        .toList();
  }

  private static String device(FactMap facts, Optional<String> deviceId) {
    String named = facts.text("device");
    return Optional.ofNullable(named).or(() -> deviceId).orElseThrow(MissingDeviceException::new);
  }

  private static String source(Kind kind) {
    return switch (kind) {
      case SLMGR_DLI, SLMGR_DLV, SLMGR_XPR -> "SLMGR";
      default -> kind.name();
    };
  }

  static List<FactMap> products(FactMap facts) {
    List<FactMap> listed = facts.maps("products");
    boolean single = facts.text("license_status") != null || facts.text("activation_id") != null;
    boolean named = facts.text("partial_product_key") != null || facts.text("description") != null;
    return !listed.isEmpty() || !(single || named) ? listed : List.of(facts);
  }

  private static DeviceReported.License license(FactMap facts) {
    Integer status =
        Optional.ofNullable(facts.text("license_status"))
            .flatMap(LicenseStatusCode::ofWords)
            .map(LicenseStatusCode::code)
            .orElse(null);
    return DeviceReportedLicenseBuilder.builder()
        .name(facts.text("name"))
        .channel(facts.text("channel"))
        .activationId(facts.text("activation_id"))
        .applicationId(facts.text("application_id"))
        .partialKey(facts.text("partial_product_key"))
        .licenseStatus(status)
        .statusReason(facts.text("license_status_reason"))
        .remainingMinutes(remaining(facts, status))
        .extendedPid(facts.text("extended_pid"))
        .installationId(facts.text("installation_id"))
        .rearmCount(facts.integer("rearm_count"))
        .kms(kms(facts))
        .build();
  }

  /** WMI writes 0 minutes for a license without end, where slmgr prints nothing. */
  private static Long remaining(FactMap facts, Integer status) {
    Long minutes = facts.number("remaining_minutes");
    boolean endless = minutes != null && minutes == 0 && Integer.valueOf(1).equals(status);
    return endless ? null : minutes;
  }

  private static DeviceReported.Kms kms(FactMap facts) {
    String host = facts.text("kms_host");
    String source = facts.text("kms_host_source");
    boolean isHost = facts.isTrue("is_kms_host");
    DeviceReported.Kms kms =
        DeviceReportedKmsBuilder.builder()
            .cmid(facts.text("cmid"))
            .host(source == null ? host : null)
            .registeredHost("registered".equals(source) ? host : null)
            .discoveredHost("dns".equals(source) ? host : null)
            .port(isHost && host == null ? null : facts.integer("kms_port"))
            .activationIntervalMinutes(facts.number("activation_interval_minutes"))
            .renewalIntervalMinutes(facts.number("renewal_interval_minutes"))
            .configuredBy("registered".equals(source) ? facts.text("configured_by") : null)
            .build();
    boolean empty = kms.equals(DeviceReportedKmsBuilder.builder().build());
    return empty ? null : kms;
  }
}
