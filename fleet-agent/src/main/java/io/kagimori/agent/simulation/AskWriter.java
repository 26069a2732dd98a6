package io.kagimori.agent.simulation;

import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Fate;
import io.kagimori.agent.simulation.FleetPlan.Host;
import io.kagimori.agent.simulation.FleetPlan.Report;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationAttemptedBuilder;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Writes requests and what their agents report afterwards. Every choice comes from one source. */
final class AskWriter {
  private static final Duration IN_STEP = Duration.ZERO;

  /** Beyond the four hours that KMS tolerates. */
  private static final Duration CLOCK_WRONG = Duration.ofHours(5);

  /** Codes of failures at installing the key and at activating. Source: error_codes.csv. */
  private static final List<String> INSTALL_FAILURES = List.of("0xC004F050", "0xC004F069");

  private static final List<String> ACTIVATION_FAILURES =
      List.of("0xC004C001", "0xC004C008", "0x8007232B", "0x80072EE7");

  private static final String NO_KEY_INSTALLED = "0xC004F014";
  private static final int LICENSED = 1;
  private static final int NOTIFICATION = 5;

  private final Random random;

  AskWriter(Random random) {
    this.random = random;
  }

  /** A request for a seat of a MAK, by a device with hardware of its own. */
  Draft mak(String device, String product, String edition) {
    return new Draft(device, product, edition, Channel.MAK, digits(63), null);
  }

  /** A request to a KMS host. */
  Draft kms(String device, String product, String edition, Host host, String cmid) {
    return new Draft(
        device,
        product,
        edition,
        Channel.KMS,
        null,
        new ActivationRequested.Kms(host.host(), host.port(), cmid));
  }

  /** A client machine ID. */
  String cmid() {
    return uuid().toString();
  }

  /** The same device asks the same again under a new id, and this time all goes well. */
  Ask again(Ask first) {
    return ask(first.event(), IN_STEP, Fate.SUCCEEDS);
  }

  /** A request being written. */
  final class Draft {
    private final String device;
    private final String product;
    private final String edition;
    private final Channel channel;
    private final String installationId;
    private final ActivationRequested.Kms kms;
    private String keyId;
    private String partialKey;
    private String site;

    private Draft(
        String device,
        String product,
        String edition,
        Channel channel,
        String installationId,
        ActivationRequested.Kms kms) {
      this.device = device;
      this.product = product;
      this.edition = edition;
      this.channel = channel;
      this.installationId = installationId;
      this.kms = kms;
    }

    Draft key(String id) {
      keyId = id;
      return this;
    }

    Draft partial(String lastFive) {
      partialKey = lastFive;
      return this;
    }

    Draft site(String label) {
      site = label;
      return this;
    }

    /** With a fate by chance: most succeed, some fail, a few are never heard of again. */
    Ask reported() {
      int chance = random.nextInt(100);
      return ask(
          event(),
          IN_STEP,
          chance < 85 ? Fate.SUCCEEDS : chance < 95 ? Fate.FAILS : Fate.STAYS_SILENT);
    }

    Ask succeeding() {
      return ask(event(), IN_STEP, Fate.SUCCEEDS);
    }

    /**
     * Succeeding with one report sent once. Who races does so, because what the winners send
     * besides would make the number of answers hang on who they are.
     */
    Ask racing() {
      UUID id = uuid();
      Report only = report(id, device, ActivationStage.ATO, null, 1);
      return new Ask(id, event(), IN_STEP, copies(), Fate.SUCCEEDS, null, List.of(only));
    }

    Ask silent() {
      return ask(event(), IN_STEP, Fate.STAYS_SILENT);
    }

    Ask clockWrong() {
      return ask(event(), CLOCK_WRONG, Fate.STAYS_SILENT);
    }

    private ActivationRequested event() {
      return ActivationRequestedBuilder.builder()
          .deviceId(device)
          .product(product)
          .edition(edition)
          .channel(channel)
          .keyId(keyId)
          .partialKey(partialKey)
          .site(site)
          .installationId(installationId)
          .kms(kms)
          .build();
    }
  }

  private Ask ask(ActivationRequested event, Duration clockOff, Fate fate) {
    UUID id = uuid();
    boolean installing = event.channel() == Channel.MAK && random.nextInt(3) == 0;
    String failure =
        fate != Fate.FAILS ? null : pick(installing ? INSTALL_FAILURES : ACTIVATION_FAILURES);
    ActivationStage end = installing && failure != null ? ActivationStage.IPK : ActivationStage.ATO;
    List<Report> reports =
        fate == Fate.STAYS_SILENT ? List.of() : reports(id, event.deviceId(), end, failure);
    return new Ask(id, event, clockOff, copies(), fate, failure, reports);
  }

  private List<Report> reports(UUID ask, String device, ActivationStage end, String failure) {
    List<Report> reports = new ArrayList<>();
    if (random.nextInt(20) == 0) {
      // Nothing was installed, so nothing can be uninstalled; the runbook goes on.
      reports.add(report(ask, device, ActivationStage.UPK, NO_KEY_INSTALLED, copies()));
    }
    if (end == ActivationStage.ATO && random.nextInt(4) == 0) {
      reports.add(report(ask, device, ActivationStage.IPK, null, copies()));
    }
    reports.add(report(ask, device, end, failure, copies()));
    if (failure == null && random.nextInt(50) == 0) {
      // The agent forgot that it had reported: the same news under another id.
      reports.add(report(ask, device, end, null, copies()));
    }
    return reports;
  }

  private Report report(
      UUID ask, String device, ActivationStage stage, String failure, int copies) {
    UUID id = uuid();
    String code = failure == null ? null : spelled(failure);
    return new Report(id, attempted(ask.toString(), device, stage, code), copies);
  }

  /**
   * What an agent reports of a step it carried out.
   *
   * @param code why the step failed; absent for one that did not
   */
  static ActivationAttempted attempted(
      String requestId, String deviceId, ActivationStage stage, String code) {
    boolean activated = stage == ActivationStage.ATO && code == null;
    return ActivationAttemptedBuilder.builder()
        .requestId(requestId)
        .deviceId(deviceId)
        .succeeded(code == null)
        .stage(stage)
        .code(code)
        .licenseStatus(activated ? LICENSED : NOTIFICATION)
        .build();
  }

  /** One in fifty events arrives twice. */
  private int copies() {
    return random.nextInt(50) == 0 ? 2 : 1;
  }

  /** A code as one tool or another prints it. */
  private String spelled(String code) {
    int value = Integer.parseUnsignedInt(code.substring(2), 16);
    return switch (random.nextInt(4)) {
      case 0 -> code.substring(2).toLowerCase(Locale.ROOT);
      case 1 -> Integer.toUnsignedString(value);
      case 2 -> Integer.toString(value);
      default -> code;
    };
  }

  private String pick(List<String> codes) {
    return codes.get(random.nextInt(codes.size()));
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** A version 4 UUID from our own source of chance. */
  private UUID uuid() {
    long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
