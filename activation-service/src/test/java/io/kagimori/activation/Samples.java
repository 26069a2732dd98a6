package io.kagimori.activation;

import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationAttemptedBuilder;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.ActivationRoute;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedLicenseBuilder;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events as the neighbours send them, with everything a test does not care about filled in. */
public final class Samples {
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  public static final Duration LEASE = Duration.ofHours(24);
  public static final String SERVER = "windows-server-2019";

  /** A cumulative update of that server, which tests take for the organization's baseline. */
  public static final String CUMULATIVE_UPDATE = "KB5034768";

  public static final String CLIENT = "windows-10";
  public static final String HOST = "kms1.example.com";
  public static final String KEY = "mak-2019";
  public static final String SETUP_KEY = "setup-key-2yt43";

  private Samples() {}

  /** Builds a verdict of key-service step by step. */
  public static final class Asked {
    private String requestId = UUID.randomUUID().toString();
    private final String deviceId;
    private String product = SERVER;
    private String edition = "ServerStandard";
    private Channel channel = Channel.MAK;
    private KeyKind kind = KeyKind.MAK;
    private String keyId = KEY;
    private String installationId;
    private String activationId;
    private ActivationRequested.Kms kms;
    private ActivationAction action;
    private ActivationRoute route;
    private boolean seatReused;
    private Initiator initiator;
    private Instant requestedAt;
    private Instant receivedAt = NOON;

    private Asked(String deviceId) {
      this.deviceId = deviceId;
    }

    public Asked request(String id) {
      requestId = id;
      return this;
    }

    public Asked product(String slug) {
      product = slug;
      return this;
    }

    public Asked edition(String id) {
      edition = id;
      return this;
    }

    public Asked key(KeyKind ofKind, String id) {
      kind = ofKind;
      keyId = id;
      return this;
    }

    public Asked installation(String id) {
      installationId = id;
      return this;
    }

    public Asked addOn(String id) {
      activationId = id;
      return this;
    }

    public Asked kms(String host, Integer port, String cmid) {
      channel = Channel.KMS;
      kms = new ActivationRequested.Kms(host, port, cmid);
      return this;
    }

    public Asked rearm() {
      action = ActivationAction.REARM;
      kind = null;
      keyId = null;
      return this;
    }

    public Asked byTelephone() {
      route = ActivationRoute.TELEPHONE;
      return this;
    }

    public Asked by(Initiator who) {
      initiator = who;
      return this;
    }

    public Asked seatReused() {
      seatReused = true;
      return this;
    }

    public Asked requestedAt(Instant at) {
      requestedAt = at;
      return this;
    }

    public Asked at(Instant at) {
      receivedAt = at;
      return this;
    }

    private ActivationRequested requested() {
      return ActivationRequestedBuilder.builder()
          .deviceId(deviceId)
          .product(product)
          .edition(edition)
          .channel(channel)
          .keyId(keyId)
          .site("tokyo")
          .installationId(installationId)
          .kms(kms)
          .activationId(activationId)
          .initiator(initiator)
          .action(action)
          .route(route)
          .build();
    }

    public KeyVerdict accepted() {
      boolean leased = kind != null && kind != KeyKind.SETUP;
      return new KeyVerdict(
          requestId,
          deviceId,
          KeyDecision.ACCEPTED,
          null,
          null,
          null,
          null,
          keyId,
          keyId == null ? null : "W8XYZ",
          kind,
          seatReused,
          leased ? receivedAt.plus(LEASE) : null,
          requestedAt,
          receivedAt,
          requested(),
          receivedAt);
    }

    public KeyVerdict refused(String reason, String code, Map<String, Object> detail) {
      return new KeyVerdict(
          requestId,
          deviceId,
          KeyDecision.REFUSED,
          reason,
          code,
          detail,
          null,
          null,
          null,
          null,
          false,
          null,
          requestedAt,
          receivedAt,
          requested(),
          receivedAt);
    }
  }

  public static Asked mak(String deviceId) {
    return new Asked(deviceId);
  }

  /** A client system that asks the host for activation. */
  public static Asked kmsClient(String deviceId, String cmid) {
    return new Asked(deviceId).product(CLIENT).key(KeyKind.SETUP, SETUP_KEY).kms(HOST, null, cmid);
  }

  /** Builds an agent's report of a step. */
  public static final class Step {
    private final KeyVerdict of;
    private final ActivationStage stage;
    private boolean succeeded = true;
    private String code;
    private String message;
    private Integer licenseStatus;
    private Long remainingMinutes;
    private String installationId;
    private String confirmationId;

    private Step(KeyVerdict of, ActivationStage stage) {
      this.of = of;
      this.stage = stage;
    }

    public Step failed(String withCode) {
      succeeded = false;
      code = withCode;
      return this;
    }

    public Step printed(String withCode, String text) {
      code = withCode;
      message = text;
      return this;
    }

    public Step status(int value) {
      licenseStatus = value;
      return this;
    }

    public Step remaining(long minutes) {
      remainingMinutes = minutes;
      return this;
    }

    public Step installation(String id) {
      installationId = id;
      return this;
    }

    public Step confirmationId(String id) {
      confirmationId = id;
      return this;
    }

    public ActivationAttempted by(String deviceId) {
      return ActivationAttemptedBuilder.builder()
          .requestId(of.requestId())
          .deviceId(deviceId)
          .succeeded(succeeded)
          .stage(stage)
          .code(code)
          .message(message)
          .licenseStatus(licenseStatus)
          .remainingMinutes(remainingMinutes)
          .installationId(installationId)
          .confirmationId(confirmationId)
          .build();
    }

    public ActivationAttempted said() {
      return by(of.deviceId());
    }
  }

  public static Step step(KeyVerdict of, ActivationStage stage) {
    return new Step(of, stage);
  }

  /** A report with one Windows license. */
  public static DeviceReported report(
      String deviceId, Instant collectedAt, DeviceReported.License license) {
    return DeviceReportedBuilder.builder()
        .deviceId(deviceId)
        .collectedAt(collectedAt)
        .source("SLMGR")
        .edition("ServerStandard")
        .osBuild("17763")
        .language("ja")
        .licenses(List.of(license))
        .build();
  }

  public static DeviceReported.License license(
      String channel, String partialKey, int status, Long remaining, DeviceReported.Kms kms) {
    return license(channel, partialKey, status, remaining, null, kms);
  }

  public static DeviceReported.License license(
      String channel,
      String partialKey,
      int status,
      Long remaining,
      Integer rearms,
      DeviceReported.Kms kms) {
    return DeviceReportedLicenseBuilder.builder()
        .name("Windows(R), ServerStandard edition")
        .channel(channel)
        .applicationId("55c92734-d682-4d71-983e-d6ec3f16059f")
        .partialKey(partialKey)
        .licenseStatus(status)
        .remainingMinutes(remaining)
        .rearmCount(rearms)
        .kms(kms)
        .build();
  }
}
