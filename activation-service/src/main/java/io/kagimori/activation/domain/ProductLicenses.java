package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.ErrorCodes;
import io.kagimori.contracts.event.DeviceReported;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The licenses of each product on a device. A full listing names hundreds of licenses that the
 * device could have; kept are those that are in use, and those that were.
 */
final class ProductLicenses {
  private final ErrorCodes codes;

  ProductLicenses(ErrorCodes codes) {
    this.codes = codes;
  }

  /** The evidence with the licenses of a report. */
  DeviceEvidence read(DeviceEvidence before, DeviceReported said, Instant at) {
    DeviceEvidence after = before;
    if (said.licenses() != null) {
      for (DeviceReported.License license : said.licenses()) {
        ProductLicense product = product(license, said.source(), at);
        boolean worthKeeping =
            product.partialKey() != null
                || (product.status() != null && product.status() != 0)
                || after.license(product.product()).isPresent();
        if (worthKeeping && !product.product().isEmpty()) {
          after = after.with(product);
        }
      }
    }
    return after;
  }

  private ProductLicense product(DeviceReported.License said, String source, Instant at) {
    LicenseChannel channel =
        LicenseChannel.named(said.channel())
            .or(() -> LicenseChannel.named(said.name()))
            .orElse(null);
    boolean permanent =
        Objects.equals(said.licenseStatus(), License.LICENSED)
            && channel != null
            && channel.isOneTime();
    Long minutes = said.remainingMinutes();
    Expiry expiry =
        minutes != null && minutes > 0
            ? Expiry.after(at, minutes)
            : permanent ? Expiry.PERMANENT : Expiry.UNKNOWN;
    String partialKey = said.partialKey();
    return new ProductLicense(
        said.name(),
        said.activationId(),
        said.applicationId(),
        channel,
        said.licenseStatus(),
        said.statusReason() == null ? null : codes.resolve(said.statusReason()).text(),
        partialKey == null || partialKey.isBlank() ? null : partialKey,
        expiry,
        source,
        at);
  }

  /** A line of history for each license beside the base license that changed. */
  List<DeviceHistory> changes(
      Device before, Device after, DeviceReported said, Instant at, UUID cause) {
    List<DeviceHistory> lines = new ArrayList<>();
    Optional<String> base =
        ReportRule.base(said).map(license -> product(license, said.source(), at).product());
    for (ProductLicense license : after.evidence().licenses()) {
      Optional<ProductLicense> was = before.evidence().license(license.product());
      boolean changed =
          was.isEmpty()
              || !Objects.equals(was.get().status(), license.status())
              || !Objects.equals(was.get().partialKey(), license.partialKey());
      if (changed && !base.filter(license.product()::equals).isPresent()) {
        lines.add(
            new DeviceHistory(
                after.deviceId(),
                at,
                cause,
                said.source(),
                license.channel(),
                license.status(),
                license.partialKey(),
                null,
                "LICENSE_REPORTED",
                license.statusReason(),
                null,
                license.product()));
      }
    }
    return lines;
  }
}
