package io.kagimori.activation.domain;

import io.kagimori.contracts.KmsHostAddress;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.Probe;
import io.kagimori.contracts.event.ProbeKind;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Gathers what is known when a failure is to be explained. Pure. */
public final class FailureEvidence {
  /** A network may be repaired overnight; what was tried before that says nothing of today. */
  private static final Duration PROBES_KEPT = Duration.ofHours(24);

  private final Products products;
  private final KmsRules rules;
  private final Prerequisites prerequisites;

  public FailureEvidence(Catalogue catalogue, UpdateBaseline baseline) {
    products = catalogue.products();
    rules = catalogue.kmsRules();
    prerequisites = new Prerequisites(catalogue, baseline);
  }

  /**
   * What is known of a failed step.
   *
   * @param code the code that Windows printed; null where it printed nothing
   */
  public Evidence of(
      Activation activation,
      Device device,
      Surroundings around,
      ActivationStage stage,
      String code,
      Instant now) {
    Optional<List<String>> missing =
        prerequisites.missing(activation.request().product(), activation.isAddOn(), device);
    return new Evidence(
        code == null ? List.of() : List.of(code),
        now,
        probes(device, now),
        new Evidence.Asked(activation.request().edition(), activation.request().channel()),
        installed(device, stage, missing),
        key(activation, around, now),
        host(activation, device, around));
  }

  private static Evidence.Key key(Activation activation, Surroundings around, Instant now) {
    String keyId = activation.asked().keyId();
    return Optional.ofNullable(keyId)
        .flatMap(around.keys())
        .map(key -> KeyFact.evidence(key, activation.request(), activation.isAccepted(), now))
        .orElseGet(() -> new Evidence.Key(keyId, null, false, false));
  }

  /** Repairs stay true; everything else that was tried ages. */
  private static List<Probe> probes(Device device, Instant now) {
    Instant since = now.minus(PROBES_KEPT);
    return device.evidence().probes().stream()
        .filter(probe -> probe.kind() == ProbeKind.REPAIR || !probe.at().isBefore(since))
        .toList();
  }

  /** What is known of a device on which nothing failed lately, from its reports alone. */
  public Evidence of(Device device, Surroundings around, Instant now) {
    String code = device.license().statusReason();
    return new Evidence(
        code == null ? List.of() : List.of(code),
        device.lastReportAt(),
        probes(device, now),
        null,
        installed(
            device,
            ActivationStage.ATO,
            prerequisites.missing(device.installed().product(), false, device)),
        key(device, around, now),
        null);
  }

  private static Evidence.Key key(Device device, Surroundings around, Instant now) {
    return Optional.ofNullable(device.license().keyId())
        .flatMap(around.keys())
        .map(key -> KeyFact.evidence(key, device.installed(), now))
        .orElse(null);
  }

  /**
   * What a report showed. Before the key is in place its channel and absence say nothing: a change
   * of the channel may be the very purpose of the activation.
   */
  private static Evidence.Installed installed(
      Device device, ActivationStage stage, Optional<List<String>> missing) {
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
        missing.orElse(List.of()),
        missing.filter(List::isEmpty).isPresent(),
        device.lastReportAt());
  }

  private Evidence.Host host(Activation activation, Device device, Surroundings around) {
    if (!activation.isKms()) {
      return null;
    }
    Optional<KmsHostAddress> address = activation.kmsHost();
    Optional<KmsHost> host = address.flatMap(a -> around.hosts().apply(a.host()));
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
                  case Map<?, ?> stored -> String.valueOf(stored.get("host"));
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
