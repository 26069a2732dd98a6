package io.kagimori.agent.simulation;

import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionReimageRequestedBuilder;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.EditionStageReportedBuilder;
import io.kagimori.contracts.event.EditionUpgradeRequestedBuilder;
import io.kagimori.contracts.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A fleet whose editions change, settled before it starts: the same seed gives the same devices,
 * requests and reports under the same ids.
 *
 * @param name begins every id of the run
 * @param serverKey MAK for the servers that are upgraded, made up for this run
 * @param clientKey MAK paired with the image, made up for this run
 * @param devices the devices
 */
record EditionPlan(String name, ProductKey serverKey, ProductKey clientKey, List<Device> devices) {
  static final String SERVER = "windows-server-2008-r2";
  static final String CLIENT = "windows-11";
  static final String OLD = "ServerStandard";
  static final String NEW = "ServerEnterprise";

  private static final int WAVES = 3;

  private static final List<EditionStage> STAGES =
      List.of(
          EditionStage.KEY_INSTALLED,
          EditionStage.PACKAGES_REMOVED,
          EditionStage.PACKAGES_APPLIED,
          EditionStage.REBOOT_PENDING,
          EditionStage.REBOOTING,
          EditionStage.FINALISING);

  /**
   * A device.
   *
   * @param requestId id of its request
   * @param deviceId its id
   * @param behavior what it does
   * @param copies how often its request is sent
   * @param order the order of its reports, where it shuffles them
   * @param wave its wave of the campaign; the silent ones are in the last, for nobody waits there
   */
  record Device(
      UUID requestId,
      String deviceId,
      EditionBehavior behavior,
      int copies,
      long order,
      int wave) {}

  /**
   * The plan of a fleet.
   *
   * @param count how many devices
   * @param seed decides everything
   * @param withStalls whether silent devices are among them; they need ticks to come to their end
   */
  static EditionPlan of(int count, long seed, boolean withStalls) {
    Random random = new Random(seed * 31 + 7);
    SyntheticKeys keys = new SyntheticKeys(random);
    String name = "ed" + seed + "x" + count;
    ProductKey serverKey = keys.next();
    ProductKey clientKey = keys.next();
    List<Device> devices = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      EditionBehavior behavior = EditionBehavior.of(number);
      if (behavior == EditionBehavior.STALLS && !withStalls) {
        behavior = EditionBehavior.SMOOTH;
      }
      String device = "%s-d%05d".formatted(name, number);
      int copies = random.nextInt(10) == 0 ? 2 : 1;
      int wave = behavior == EditionBehavior.STALLS ? WAVES : 1 + number * WAVES / count;
      devices.add(
          new Device(
              EventIds.named(device + "/request"),
              device,
              behavior,
              copies,
              random.nextLong(),
              wave));
    }
    return new EditionPlan(name, serverKey, clientKey, List.copyOf(devices));
  }

  String serverKeyId() {
    return name + "-servers";
  }

  String clientKeyId() {
    return name + "-clients";
  }

  String agreementId() {
    return name + "-agreement";
  }

  String imageId() {
    return name + "-image";
  }

  String campaignId() {
    return name + "-campaign";
  }

  /** What the device asks for. */
  Event request(Device device) {
    if (device.behavior().isReimage()) {
      String edition = device.behavior() == EditionBehavior.REIMAGED ? "Professional" : "Core";
      return EditionReimageRequestedBuilder.builder()
          .deviceId(device.deviceId())
          .imageId(imageId())
          .agreementId(agreementId())
          .oem(new EditionReimageRequested.Oem(CLIENT, edition, "ja-JP"))
          .maker("Example Computers")
          .model("Book 7")
          .campaignId(campaignId())
          .wave(device.wave())
          .build();
    }
    boolean lower = device.behavior() == EditionBehavior.DOWNGRADE;
    return EditionUpgradeRequestedBuilder.builder()
        .deviceId(device.deviceId())
        .product(SERVER)
        .fromEdition(lower ? NEW : OLD)
        .toEdition(
            switch (device.behavior()) {
              case DOWNGRADE -> OLD;
              case IMPOSSIBLE -> "ServerWeb";
              default -> NEW;
            })
        .targetEditions(List.of("ServerDataCenter", NEW))
        .keyId(device.behavior() == EditionBehavior.MAK_CARRIED ? serverKeyId() : null)
        .activationKeyId(serverKeyId())
        .domainController(false)
        .preflightConfirmed(true)
        .campaignId(campaignId())
        .wave(device.wave())
        .build();
  }

  /** What the agent reports once it may begin. */
  List<EditionStageReported> reports(Device device) {
    return switch (device.behavior()) {
      case SMOOTH, ACTIVATION_FAILS -> all(device, NEW);
      case OTHER_EDITION -> all(device, OLD);
      case SHUFFLED -> {
        List<EditionStageReported> reports = new ArrayList<>(all(device, NEW));
        reports.addAll(reports.subList(0, 3));
        Collections.shuffle(reports, new Random(device.order()));
        yield reports;
      }
      case LATE_SUCCESS ->
          List.of(
              report(device, EditionStage.KEY_INSTALLED, true, null, null),
              report(device, EditionStage.SET_EDITION, false, "1168", null),
              report(device, EditionStage.OBSERVED, true, null, NEW));
      case COMMAND_FAILS ->
          List.of(
              report(device, EditionStage.KEY_INSTALLED, true, null, null),
              report(device, EditionStage.SET_EDITION, false, "1168", null));
      case STALLS -> List.of(report(device, EditionStage.KEY_INSTALLED, true, null, null));
      case REIMAGED -> List.of(report(device, EditionStage.REIMAGED, true, null, null));
      default -> List.of();
    };
  }

  private static List<EditionStageReported> all(Device device, String observed) {
    List<EditionStageReported> reports = new ArrayList<>();
    STAGES.forEach(stage -> reports.add(report(device, stage, true, null, null)));
    reports.add(report(device, EditionStage.OBSERVED, true, null, observed));
    return reports;
  }

  private static EditionStageReported report(
      Device device, EditionStage stage, boolean succeeded, String code, String edition) {
    return EditionStageReportedBuilder.builder()
        .deviceId(device.deviceId())
        .requestId(device.requestId().toString())
        .stage(stage)
        .succeeded(succeeded)
        .code(code)
        .edition(edition)
        .build();
  }

  /** What the agent reports of the activation afterwards. */
  ActivationAttempted attempt(Device device, String activationId) {
    String failure = device.behavior() == EditionBehavior.ACTIVATION_FAILS ? "0xC004F050" : null;
    return AskWriter.attempted(activationId, device.deviceId(), ActivationStage.ATO, failure);
  }
}
