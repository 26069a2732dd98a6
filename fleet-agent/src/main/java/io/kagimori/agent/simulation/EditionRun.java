package io.kagimori.agent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.simulation.EditionObserved.Seen;
import io.kagimori.agent.simulation.EditionPlan.Device;
import io.kagimori.agent.stream.AnswerFeed;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Plays an edition fleet against a running stack: requests go out, agents run their stages, the
 * activations that follow are carried out, and the ends are held against the plan. One thread.
 */
public final class EditionRun {
  /** A stack that says nothing for so long has lost what is missing. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration FACTS_KNOWN = Duration.ofSeconds(30);
  private static final int WAIT_SECONDS = 20;

  private final String kafka;
  private final ServiceClient keys;
  private final ServiceClient editions;
  private final EditionPlan plan;
  private final Progress progress;

  private final Map<String, Device> byRequest;
  private final Map<String, Device> byDevice;
  private final List<Seen> seen = new ArrayList<>();
  private final Set<String> began = new HashSet<>();
  private final Set<String> attempted = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final AtomicReference<Exception> sendFailure = new AtomicReference<>();

  /**
   * @param kafka bootstrap servers
   * @param keyService address of key-service
   * @param editionService address of edition-service
   * @param devices how many devices
   * @param seed decides everything
   * @param withStalls whether silent devices are among them; only where the stack's patience is
   *     short
   */
  public EditionRun(
      String kafka,
      URI keyService,
      URI editionService,
      int devices,
      long seed,
      boolean withStalls,
      Progress progress) {
    this.kafka = kafka;
    this.keys = new ServiceClient("key-service", keyService);
    this.editions = new ServiceClient("edition-service", editionService);
    this.plan = EditionPlan.of(devices, seed, withStalls);
    this.progress = progress;
    this.byRequest =
        plan.devices().stream()
            .collect(Collectors.toMap(d -> d.requestId().toString(), device -> device));
    this.byDevice =
        plan.devices().stream().collect(Collectors.toMap(Device::deviceId, device -> device));
  }

  /** Runs the fleet and audits what came of it. */
  public EditionSummary run() {
    try (EventSender sender = new EventSender(kafka);
        AnswerFeed feed =
            new AnswerFeed(
                kafka,
                List.of(Topics.EDITION_RESULTS, Topics.ACTIVATION_RESULTS),
                AnswerFeed.From.END)) {
      register();
      long from = System.nanoTime();
      progress.begin("editions", plan.devices().size());
      for (Device device : plan.devices()) {
        Event request = plan.request(device);
        EventType type =
            device.behavior().isReimage()
                ? EventType.EDITION_REIMAGE_REQUESTED
                : EventType.EDITION_UPGRADE_REQUESTED;
        for (int i = 0; i < device.copies(); i++) {
          send(sender, type, device.requestId(), request);
        }
      }
      untilAllEnded(feed, sender);
      progress.end();
      double seconds = (System.nanoTime() - from) / 1e9;
      return EditionAuditor.audit(plan, new EditionObserved(seen, changes(), seconds));
    }
  }

  /** Reacts to what comes until all have ended, or nothing has come for too long. */
  private void untilAllEnded(AnswerFeed feed, EventSender sender) {
    long lastNews = System.nanoTime();
    long lastTick = 0;
    while (ended.size() < plan.devices().size()
        && System.nanoTime() - lastNews < SILENCE.toNanos()) {
      // Waves begin and silence ends by ticks; waiting for the minute would make the run long.
      if (System.nanoTime() - lastTick > TICK.toNanos()) {
        tick(sender);
        lastTick = System.nanoTime();
      }
      for (ConsumerRecord<byte[], byte[]> arrived : feed.poll(POLL)) {
        if (take(arrived, sender)) {
          lastNews = System.nanoTime();
        }
      }
      progress.at(ended.size());
      requireSent();
    }
  }

  private boolean take(ConsumerRecord<byte[], byte[]> arrived, EventSender sender) {
    String body = new String(arrived.value(), StandardCharsets.UTF_8);
    JsonNode data = read(body);
    Device device = byDevice.get(data.path("deviceId").asText());
    if (device == null) {
      return false;
    }
    String id = CloudEventHeaders.text(arrived.headers(), CloudEventHeaders.ID);
    seen.add(new Seen(arrived.topic(), id, body, data));
    String request = data.path("requestId").asText();
    if (arrived.topic().equals(Topics.ACTIVATION_RESULTS)) {
      boolean granted =
          data.path("verdict").asText().equals("GRANTED")
              && data.path("initiator").asText().equals("EDITION");
      if (granted && attempted.add(request)) {
        send(
            sender,
            EventType.ACTIVATION_ATTEMPTED,
            EventIds.named(request + "/attempt"),
            plan.attempt(device, request));
      }
    } else if (byRequest.containsKey(request)) {
      if (mayBegin(data) && began.add(request)) {
        begin(device, sender);
      }
      if (data.path("state").asText().equals(device.behavior().end().name())) {
        ended.add(request);
      }
    }
    return true;
  }

  private static boolean mayBegin(JsonNode data) {
    return data.path("state").asText().equals("PLANNED");
  }

  private void begin(Device device, EventSender sender) {
    int place = 0;
    for (Event report : plan.reports(device)) {
      UUID id = EventIds.named(device.requestId() + "/report/" + place++);
      send(sender, EventType.EDITION_STAGE_REPORTED, id, report);
    }
  }

  private void send(EventSender sender, EventType type, UUID id, Event event) {
    sender.send(EventSender.event(type, id, Instant.now(), event).toRecord(), this::acknowledged);
  }

  private void tick(EventSender sender) {
    ClockTicked ticked = new ClockTicked("edition-service", Instant.now(), 0);
    Answer tick =
        EventSender.event(EventType.CLOCK_TICKED, EventIds.request(), Instant.now(), ticked)
            .on(Topics.EDITION_TICKS);
    sender.send(tick.toRecord(), this::acknowledged);
  }

  private void acknowledged(Exception failure) {
    if (failure != null) {
      sendFailure.compareAndSet(null, failure);
    }
  }

  private void requireSent() {
    if (sendFailure.get() != null) {
      throw CommandFailure.outside(
          "NOT_PUBLISHED", "Kafka did not take an event of the fleet.", sendFailure.get());
    }
  }

  private static JsonNode read(String body) {
    try {
      return EventJson.mapper().readTree(body);
    } catch (IOException e) {
      return EventJson.mapper().createObjectNode();
    }
  }

  private void register() {
    progress.begin("register keys, image and campaign", 5);
    post(
        keys,
        "/agreements",
        Map.of("agreementId", plan.agreementId(), "program", "EA"),
        plan.agreementId());
    key(plan.serverKeyId(), plan.serverKey(), EditionPlan.SERVER);
    key(plan.clientKeyId(), plan.clientKey(), EditionPlan.CLIENT);
    progress.at(3);
    post(
        editions,
        "/images",
        Map.of(
            "imageId",
            plan.imageId(),
            "product",
            EditionPlan.CLIENT,
            "edition",
            "Professional",
            "language",
            "ja-JP",
            "kind",
            "VOLUME",
            "source",
            "VLSC",
            "keyId",
            plan.clientKeyId()),
        plan.imageId());
    post(
        editions,
        "/campaigns",
        Map.of("campaignId", plan.campaignId(), "pauseFailurePercent", 100),
        plan.campaignId());
    awaitFacts();
    progress.at(5);
    progress.end();
  }

  private void key(String keyId, ProductKey key, String product) {
    Map<String, Object> body = new HashMap<>();
    body.put("keyId", keyId);
    body.put("kind", "MAK");
    body.put("productKey", key.value());
    body.put("products", List.of(Map.of("product", product, "editions", List.of("*"))));
    body.put("agreementId", plan.agreementId());
    body.put("purchased", plan.devices().size() + 10);
    post(keys, "/keys", body, keyId);
  }

  private static void post(ServiceClient service, String path, Object body, String name) {
    ServiceClient.Written written =
        service.post(path, body, EventIds.named("registration/" + name), WAIT_SECONDS);
    if (!written.done()) {
      throw CommandFailure.outside(
          "NO_ANSWER",
          "%s was not registered within %d seconds.".formatted(name, WAIT_SECONDS),
          null);
    }
  }

  /** Facts travel from key-service; a preflight shows whether they have arrived. */
  private void awaitFacts() {
    Map<String, Object> probe =
        Map.of(
            "devices",
            List.of(
                Map.of(
                    "deviceId",
                    plan.name() + "-probe",
                    "product",
                    EditionPlan.SERVER,
                    "fromEdition",
                    EditionPlan.OLD,
                    "toEdition",
                    EditionPlan.NEW,
                    "keyId",
                    plan.serverKeyId())));
    Map<String, Object> image =
        Map.of(
            "devices",
            List.of(
                Map.of(
                    "deviceId",
                    plan.name() + "-probe",
                    "imageId",
                    plan.imageId(),
                    "agreementId",
                    plan.agreementId(),
                    "oem",
                    Map.of(
                        "product",
                        EditionPlan.CLIENT,
                        "edition",
                        "Professional",
                        "language",
                        "ja-JP"))));
    awaitReason("/upgrades:preflight", probe, "BLOCKED_KEY_TYPE", "reasons");
    awaitReason("/reimages:preflight", image, "PERMITTED", "outcomes");
  }

  private void awaitReason(String path, Object body, String wanted, String where) {
    long deadline = System.nanoTime() + FACTS_KNOWN.toNanos();
    while (!editions.post(path, body, EventIds.request(), 0).body().path(where).has(wanted)) {
      if (System.nanoTime() > deadline) {
        throw CommandFailure.outside(
            "NO_ANSWER", "edition-service did not hear of keys and agreements in time.", null);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** What REST says of each request, as soon as the service is there to say it. */
  private Map<UUID, JsonNode> changes() {
    long deadline = System.nanoTime() + SILENCE.toNanos();
    while (true) {
      try {
        return readChanges();
      } catch (CommandFailure e) {
        if (e.exitCode() != Exit.OUTSIDE || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
  }

  private Map<UUID, JsonNode> readChanges() {
    Map<UUID, JsonNode> changes = new HashMap<>();
    for (String collection : List.of("/upgrades", "/reimages")) {
      for (JsonNode change : editions.items(collection, Map.of(), Integer.MAX_VALUE)) {
        String id = change.path("requestId").asText();
        if (byRequest.containsKey(id)) {
          changes.put(UUID.fromString(id), change);
        }
      }
    }
    return changes;
  }
}
