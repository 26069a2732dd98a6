package io.kagimori.esu;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.esu.domain.Ask;
import io.kagimori.esu.domain.EnrolmentRule;
import io.kagimori.esu.domain.World;
import io.kagimori.local.EventProbe;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of esu-service on a real broker and a real database share. */
abstract class ServiceTest {
  static final String API = "/api/v1";
  static final Instant YEAR_1 = Instant.parse("2025-12-01T12:00:00Z");

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  EventProbe probe;
  String run;

  @BeforeEach
  void open() {
    probe =
        new EventProbe(
            brokers,
            Topics.ESU_RESULTS,
            Topics.ACTIVATION_REQUESTS,
            Topics.deadLetter(Topics.ESU_REQUESTS));
    run = UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  @AfterEach
  void close() {
    probe.close();
  }

  UUID ask(Ask ask, Instant at) {
    return probe.send(EventType.ESU_ENROLMENT_REQUESTED, at, ask.event());
  }

  List<EsuResult> results(int count, Predicate<EsuResult> fits) {
    return probe
        .await(
            count,
            r ->
                r.topic().equals(Topics.ESU_RESULTS)
                    && !EventProbe.isType(r, EventType.ESU_YEAR_TURNING)
                    && fits.test(read(r)))
        .stream()
        .map(EsuServiceTest::read)
        .toList();
  }

  static EsuResult read(ConsumerRecord<byte[], byte[]> record) {
    return EventJson.read(record.value(), EsuResult.class);
  }

  EsuResult result(String device, EsuVerdict verdict) {
    return results(1, r -> r.deviceId().equals(device) && r.verdict() == verdict).get(0);
  }

  /** activation-service's part, played by the test. */
  void activation(UUID enrolment, String device, Verdict verdict, Instant at) {
    String id = EnrolmentRule.activationRequestId(enrolment).toString();
    probe.send(
        EventType.of(verdict),
        at,
        ActivationResultBuilder.builder()
            .requestId(id)
            .deviceId(device)
            .product("windows-10")
            .edition("Enterprise")
            .channel(Channel.MAK)
            .verdict(verdict)
            .keyId("esu-key")
            .partialKey("AAAAA")
            .steps(verdict == Verdict.GRANTED ? List.of("slmgr /ipk {key:esu-key}") : null)
            .activationId(World.WIN10_Y1)
            .initiator(Initiator.ESU)
            .decidedAt(at)
            .build());
  }

  UUID covered(String device, Instant at) {
    UUID id = ask(Ask.windows10().device(device).site(run + "site"), at);
    probe.await(EventType.ACTIVATION_REQUESTED, device, ActivationRequested.class);
    activation(id, device, Verdict.GRANTED, at);
    activation(id, device, Verdict.CONFIRMED, at);
    result(device, EsuVerdict.ENTITLED);
    return id;
  }
}
