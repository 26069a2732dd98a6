package io.kagimori.contracts.table;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.LicenseStatuses.LicenseStatus;
import io.kagimori.contracts.catalogue.Product;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedKmsBuilder;
import io.kagimori.contracts.event.DeviceReportedLicenseBuilder;
import io.kagimori.contracts.event.Fields;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The cells of one row; the first one that cannot be used refuses the row. */
final class Cells {
  private static final String SOURCE = "IMPORT";
  private static final int TEXT_MAX = 128;
  private static final int PORT_MAX = 65_535;
  private static final Pattern PARTIAL = Pattern.compile("[0-9A-Za-z]{5}");

  /** Five groups of five with something between them. */
  private static final Pattern FULL_KEY =
      Pattern.compile("(?:[0-9A-Za-z]{5}[^0-9A-Za-z]){4}[0-9A-Za-z]{5}");

  /** Where the end of a key belongs, 25 characters in a row are one too. */
  private static final Pattern UNGROUPED_KEY = Pattern.compile("[0-9A-Za-z]{25}");

  private final long line;
  private final Map<DeviceColumn, String> values;
  private final List<RowError> errors;
  private boolean refused;

  Cells(long line, Map<DeviceColumn, String> values, List<RowError> errors) {
    this.line = line;
    this.values = values;
    this.errors = errors;
  }

  void refuse(DeviceColumn column, String code, String message) {
    if (!refused) {
      refused = true;
      String device = values.get(DeviceColumn.DEVICE_ID);
      boolean secret = device == null || FULL_KEY.matcher(device).find();
      errors.add(
          new RowError(
              line,
              secret ? null : device,
              column == null ? null : column.header(),
              code,
              message));
    }
  }

  /** What the row reports; absent when it was refused. */
  Optional<DeviceReported> report(Instant collectedAt) {
    refuseFullKeys();
    DeviceReported report =
        DeviceReportedBuilder.builder()
            .deviceId(deviceId())
            .collectedAt(time(collectedAt))
            .source(Optional.ofNullable(text(DeviceColumn.SOURCE)).orElse(SOURCE))
            .edition(text(DeviceColumn.EDITION))
            .osBuild(text(DeviceColumn.OS_BUILD))
            .language(text(DeviceColumn.LANGUAGE))
            .licenses(licenses())
            .product(product())
            .site(text(DeviceColumn.SITE))
            .imageId(text(DeviceColumn.IMAGE_ID))
            .deployment(text(DeviceColumn.DEPLOYMENT))
            .build();
    if (!refused) {
      // The same check that every report passes, so that nothing published here is a dead letter.
      Fields fields = new Fields();
      report.check(fields);
      fields
          .invalid()
          .ifPresent(
              field ->
                  refuse(
                      DeviceColumn.named(field).orElse(null),
                      "INVALID_FIELD",
                      "The value of " + field + " cannot be used."));
    }
    return refused ? Optional.empty() : Optional.of(report);
  }

  private void refuseFullKeys() {
    values.forEach(
        (column, value) -> {
          boolean ungrouped =
              column == DeviceColumn.PARTIAL_KEY && UNGROUPED_KEY.matcher(value).matches();
          if (ungrouped || FULL_KEY.matcher(value).matches()) {
            refuse(
                column,
                "KEY_IN_FILE",
                "The cell looks like a full product key; only its last five characters belong"
                    + " here.");
          }
        });
  }

  private String deviceId() {
    String id = values.get(DeviceColumn.DEVICE_ID);
    if (new Fields().device(id).invalid().isPresent()) {
      refuse(DeviceColumn.DEVICE_ID, "INVALID_FIELD", "A device id has 1 to 128 characters.");
    }
    return id;
  }

  private String text(DeviceColumn column) {
    String value = values.get(column);
    if (value != null && value.codePointCount(0, value.length()) > TEXT_MAX) {
      refuse(column, "INVALID_FIELD", "The text has more than 128 characters.");
    }
    return value;
  }

  private String product() {
    String said = values.get(DeviceColumn.PRODUCT);
    if (said == null) {
      return null;
    }
    String slug = Product.slugOf(said);
    if (Catalogue.get().products().find(slug).isEmpty()) {
      refuse(DeviceColumn.PRODUCT, "UNKNOWN_PRODUCT", "The product is not in the catalogue.");
    }
    return slug;
  }

  private List<DeviceReported.License> licenses() {
    DeviceReported.License license =
        DeviceReportedLicenseBuilder.builder()
            .name(text(DeviceColumn.LICENSE_NAME))
            .channel(text(DeviceColumn.CHANNEL))
            .activationId(text(DeviceColumn.ACTIVATION_ID))
            .applicationId(text(DeviceColumn.APPLICATION_ID))
            .partialKey(partialKey())
            .licenseStatus(status())
            .statusReason(text(DeviceColumn.STATUS_REASON))
            .remainingMinutes(number(DeviceColumn.REMAINING_MINUTES, Long.MAX_VALUE))
            .extendedPid(text(DeviceColumn.EXTENDED_PID))
            .installationId(text(DeviceColumn.INSTALLATION_ID))
            .rearmCount(integer(DeviceColumn.REARM_COUNT, Integer.MAX_VALUE))
            .kms(kms())
            .build();
    boolean empty = license.equals(DeviceReportedLicenseBuilder.builder().build());
    return empty ? List.of() : List.of(license);
  }

  private String partialKey() {
    String partial = values.get(DeviceColumn.PARTIAL_KEY);
    if (partial != null && !PARTIAL.matcher(partial).matches()) {
      refuse(
          DeviceColumn.PARTIAL_KEY,
          "INVALID_FIELD",
          "It must be the last five characters of a key.");
    }
    return partial;
  }

  private Integer status() {
    String said = values.get(DeviceColumn.LICENSE_STATUS);
    if (said == null) {
      return null;
    }
    Optional<LicenseStatus> status =
        Catalogue.get().licenseStatuses().statuses().stream()
            .filter(s -> s.name().equalsIgnoreCase(said) || said.equals("" + s.value()))
            .findFirst();
    if (status.isEmpty()) {
      refuse(
          DeviceColumn.LICENSE_STATUS,
          "INVALID_FIELD",
          "It is neither a number from 0 to 6 nor the name of a license status.");
    }
    return status.map(LicenseStatus::value).orElse(null);
  }

  private DeviceReported.Kms kms() {
    DeviceReported.Kms kms =
        DeviceReportedKmsBuilder.builder()
            .cmid(text(DeviceColumn.CMID))
            .host(text(DeviceColumn.KMS_HOST))
            .port(port())
            .build();
    boolean empty = kms.cmid() == null && kms.host() == null && kms.port() == null;
    return empty ? null : kms;
  }

  private Integer port() {
    Integer port = integer(DeviceColumn.KMS_PORT, PORT_MAX);
    if (port != null && port == 0) {
      refuse(DeviceColumn.KMS_PORT, "PORT_INVALID", "A port is a number from 1 to 65535.");
    }
    return port;
  }

  private Integer integer(DeviceColumn column, int most) {
    Long number = number(column, most);
    return number == null ? null : number.intValue();
  }

  private Long number(DeviceColumn column, long most) {
    String said = values.get(column);
    if (said == null) {
      return null;
    }
    try {
      long number = Long.parseLong(said);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    refuse(column, "INVALID_FIELD", "It is no number from 0 to " + most + ".");
    return null;
  }

  private Instant time(Instant otherwise) {
    String said = values.get(DeviceColumn.COLLECTED_AT);
    if (said == null) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(said).toInstant();
    } catch (DateTimeParseException e) {
      refuse(
          DeviceColumn.COLLECTED_AT,
          "INVALID_FIELD",
          "It is no time such as 2026-04-01T09:00:00+09:00.");
      return otherwise;
    }
  }
}
