package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.event.DeviceReported;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a report states about facts that other sources speak of too. */
final class EvidenceStatements {
  /**
   * Appended to the source when the name of its license names the edition, and not its own field.
   */
  private static final String BY_NAME = "_LICENSE_NAME";

  /** The license names the EditionID: {@code Windows(R), ServerStandard edition}. */
  private static final Pattern EDITION =
      Pattern.compile(",\\s*([A-Za-z][A-Za-z0-9]*) (?:edition|エディション)");

  /** Appended to the source when the name of the system tells the edition. */
  private static final String BY_OS_NAME = "_OS_NAME";

  private final Products products;

  EvidenceStatements(Products products) {
    this.products = products;
  }

  DeviceEvidence read(
      DeviceEvidence before,
      DeviceReported said,
      Optional<DeviceReported.License> base,
      Instant at) {
    String source = said.source();
    DeviceEvidence after = before.with(said.probes(), at);
    after = after.with(new Statement(Statement.Fact.EDITION, source, said.edition(), at));
    if (said.osName() != null) {
      String edition = products.editionNamed(said.osName()).orElse(null);
      after = after.with(new Statement(Statement.Fact.EDITION, source + BY_OS_NAME, edition, at));
    }
    if (base.isEmpty()) {
      return after;
    }
    DeviceReported.License license = base.get();
    String edition = edition(license.name());
    String named = said.edition() == null ? source : source + BY_NAME;
    String partialKey = license.partialKey();
    String channel =
        LicenseChannel.named(license.channel())
            .or(() -> LicenseChannel.named(license.name()))
            .map(Enum::name)
            .orElse(null);
    Integer status = license.licenseStatus();
    String licensed = status == null ? null : Boolean.toString(status == License.LICENSED);
    return after
        .with(new Statement(Statement.Fact.EDITION, named, edition, at))
        .with(new Statement(Statement.Fact.CHANNEL, source, channel, at))
        .with(
            new Statement(
                Statement.Fact.PARTIAL_KEY,
                source,
                partialKey == null || partialKey.isBlank() ? null : partialKey,
                at))
        .with(new Statement(Statement.Fact.LICENSED, source, licensed, at));
  }

  private static String edition(String name) {
    if (name == null) {
      return null;
    }
    Matcher edition = EDITION.matcher(name);
    return edition.find() ? edition.group(1) : null;
  }
}
