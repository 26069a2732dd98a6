package io.kagimori.activation.domain;

import io.kagimori.contracts.KmsHostAddress;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Gathers what is known when a failure is to be explained. Pure. */
public final class FailureEvidence {
  /** A network may be repaired overnight; what was tried before that says nothing of today. */
  private static final Duration PROBES_KEPT = Duration.ofHours(24);

  private final Products products;
  private final KmsRules rules;

  public FailureEvidence(Catalogue catalogue) {
    products = catalogue.products();
    rules = catalogue.kmsRules();
  }

  /**
   * What is known of a failed step.
   *
   * @param code the code that Windows printed; null where it printed nothing
   */
  public Evidence of(
      Activation activation,
      Device device,
      Function<String, Optional<KmsHost>> hosts,
      ActivationStage stage,
      String code,
      Instant now) {
    return new Evidence(
        code == null ? List.of() : List.of(code),
        now,
        device.evidence().probesSince(now.minus(PROBES_KEPT)),
        new Evidence.Asked(activation.request().edition(), activation.request().channel()),
        installed(device, stage),
        new Evidence.Key(activation.asked().keyId(), null, false, false),
        host(activation, device, hosts));
  }

  /** What is known of a device on which nothing failed lately, from its reports alone. */
  public Evidence of(Device device, Instant now) {
    String code = device.license().statusReason();
    return new Evidence(
        code == null ? List.of() : List.of(code),
        device.lastReportAt(),
        device.evidence().probesSince(now.minus(PROBES_KEPT)),
        null,
        installed(device, ActivationStage.ATO),
        null,
        null);
  }

  /**
   * What a report showed. Before the key is in place its channel and absence say nothing: a change
   * of the channel may be the very purpose of the activation.
   */
  private static Evidence.Installed installed(Device device, ActivationStage stage) {
    boolean keyInPlace = stage == ActivationStage.ATO && device.lastReportAt() != null;
    LicenseChannel channel = device.license().channel();
    Optional<Statement> edition = device.evidence().newest(Statement.Fact.EDITION);
    boolean evaluation =
        channel == LicenseChannel.EVALUATION
            || edition
                .map(said -> said.value().toLowerCase(Locale.ROOT).endsWith("eval"))
                .orElse(false);
    return new Evidence.Installed(
        edition.map(Statement::value).orElse(null),
        device.evidence().conflict(Statement.Fact.EDITION).isPresent(),
        keyInPlace && channel == LicenseChannel.KMS,
        keyInPlace && channel == LicenseChannel.MAK,
        evaluation,
        keyInPlace && device.license().status() != null,
        device.license().partialKey(),
        device.license().status(),
        device.rearmCount(),
        List.of(),
        device.lastReportAt());
  }

  private Evidence.Host host(
      Activation activation, Device device, Function<String, Optional<KmsHost>> hosts) {
    if (!activation.isKms()) {
      return null;
    }
    Optional<KmsHostAddress> address = activation.kmsHost();
    Optional<KmsHost> host = address.flatMap(a -> hosts.apply(a.host()));
    Integer count = host.map(KmsHost::report).map(r -> r.currentCount()).orElse(null);
    return new Evidence.Host(
        address.map(KmsHostAddress::host).orElse(null),
        address.map(KmsHostAddress::port).orElse(null),
        host.map(KmsHost::activated).orElse(null),
        count,
        products.find(activation.request().product()).map(rules::requiredCount).orElse(null),
        host.map(KmsHost::report).map(r -> r.dnsPublishing()).orElse(null),
        listed(device, Reasons.DUPLICATE_CMID, "devices"),
        hostNames(device));
  }

  private static List<String> listed(Device device, String reason, String field) {
    return detail(device, reason, field).stream().map(String::valueOf).toList();
  }

  private static List<String> hostNames(Device device) {
    return detail(device, Reasons.SPLIT_ACROSS_HOSTS, "hosts").stream()
        .map(
            host ->
                switch (host) {
                  case KmsContacts.HostCount count -> count.host();
                  case java.util.Map<?, ?> stored -> String.valueOf(stored.get("host"));
                  default -> String.valueOf(host);
                })
        .toList();
  }

  private static List<?> detail(Device device, String reason, String field) {
    return device.warnings().stream()
        .filter(warning -> reason.equals(warning.reason()))
        .map(Warning::detail)
        .filter(detail -> detail != null && detail.get(field) instanceof List<?>)
        .map(detail -> (List<?>) detail.get(field))
        .findFirst()
        .orElse(List.of());
  }
}
