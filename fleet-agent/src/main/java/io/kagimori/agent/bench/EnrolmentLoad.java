package io.kagimori.agent.bench;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationAttemptedBuilder;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes ESU enrolments and waits for their answers; then tells that the activations succeeded
 * and waits for the entitlements. Bounded in count and time.
 */
final class EnrolmentLoad implements AutoCloseable {
  /** No run waits longer for its answers. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** How much is published between two looks at the answers. */
  private static final int AT_ONCE = 1_000;

  private final String requests;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private EnrolmentLoad(String kafka, String requests, String answers) {
    this.requests = requests;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "linger.ms", 5, "batch.size", 128 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "max.poll.records", 2000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(answers).stream()
            .map(info -> new TopicPartition(answers, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  static EnrolmentLoad onServices(String kafka) {
    return new EnrolmentLoad(kafka, Topics.ESU_REQUESTS, Topics.ESU_RESULTS);
  }

  static EnrolmentLoad onFloor(String kafka) {
    return new EnrolmentLoad(kafka, EnrolmentFloor.REQUESTS, EnrolmentFloor.RESULTS);
  }

  /**
   * What to ask for.
   *
   * @param count enrolments, each of a device of its own
   * @param keys key ids, taken in turns
   * @param product slug
   * @param activationId the year
   */
  record Plan(int count, List<String> keys, String product, String activationId) {}

  /**
   * What came back.
   *
   * @param devices devices asked for, by request
   * @param seconds from the first request to the last answer
   */
  record Outcome(Map<String, String> devices, double seconds) {
    double perSecond() {
      return devices.size() / seconds;
    }
  }

  /** Enrols; every one must be accepted. */
  Outcome enrol(Plan plan) {
    Map<String, String> devices = new HashMap<>(plan.count() * 2);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(plan.count());
    String run = Long.toString(System.nanoTime(), 36);
    Instant now = Instant.now();
    for (int i = 0; i < plan.count(); i++) {
      String device = "bench-" + run + "-" + i;
      Answer request =
          Answer.of(
              EventType.ESU_ENROLMENT_REQUESTED,
              EventIds.request(),
              "bench",
              now,
              enrolment(plan, device, plan.keys().get(i % plan.keys().size())));
      devices.put(request.id().toString(), device);
      records.add(request.on(requests).toRecord());
    }
    return new Outcome(devices, run(records, devices, EventType.ESU_ACCEPTED));
  }

  private static EsuEnrolmentRequested enrolment(Plan plan, String device, String key) {
    return new EsuEnrolmentRequested(
        device,
        plan.product(),
        "Enterprise",
        "22H2",
        "19045.6456",
        null,
        List.of("KB5066791", "KB5072653"),
        null,
        plan.activationId(),
        null,
        null,
        null,
        null,
        null,
        null,
        key,
        null,
        null,
        null,
        null);
  }

  /** Reports the activation of each enrolment as done and waits for the entitlement. */
  Outcome confirm(Outcome enrolled) {
    Instant now = Instant.now();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(enrolled.devices().size());
    enrolled
        .devices()
        .forEach(
            (enrolment, device) -> {
              ActivationAttempted done =
                  ActivationAttemptedBuilder.builder()
                      .requestId(activationRequestId(enrolment))
                      .deviceId(device)
                      .succeeded(true)
                      .stage(ActivationStage.ATO)
                      .licenseStatus(1)
                      .build();
              records.add(
                  Answer.of(EventType.ACTIVATION_ATTEMPTED, EventIds.request(), "bench", now, done)
                      .toRecord());
            });
    return new Outcome(
        enrolled.devices(), run(records, enrolled.devices(), EventType.ESU_ENTITLED));
  }

  /** As esu-service makes it from the enrolment's id. */
  private static String activationRequestId(String enrolment) {
    return EventIds.answer(UUID.fromString(enrolment), "esu-service", "ACTIVATION").toString();
  }

  private double run(
      List<ProducerRecord<byte[], byte[]>> records, Map<String, String> devices, EventType wanted) {
    Map<String, String> open = new HashMap<>(devices);
    long begin = System.nanoTime();
    int sent = 0;
    while (!open.isEmpty()) {
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new IllegalStateException(open.size() + " of " + devices.size() + " have no answer");
      }
      int due = Math.min(records.size(), sent + AT_ONCE);
      for (; sent < due; sent++) {
        // What the broker does not take is never answered, and the run says so at its limit.
        Future<RecordMetadata> unused = producer.send(records.get(sent));
      }
      for (ConsumerRecord<byte[], byte[]> answer :
          consumer.poll(Duration.ofMillis(sent < records.size() ? 1 : 50))) {
        String id = requestId(answer.value());
        String type = CloudEventHeaders.text(answer.headers(), CloudEventHeaders.TYPE);
        if (type.equals(wanted.typeName())) {
          open.remove(id);
        } else if (open.containsKey(id)) {
          throw new IllegalStateException(
              type + " for " + id + ": " + new String(answer.value(), StandardCharsets.UTF_8));
        }
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Finds the request id without reading the whole answer; it is its first field. */
  private static String requestId(byte[] value) {
    String head = new String(value, 0, Math.min(value.length, 80), StandardCharsets.UTF_8);
    int start = head.indexOf("\"requestId\":\"");
    return start < 0 ? "" : head.substring(start + 13, Math.min(head.length(), start + 49));
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
