package io.kagimori.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.Probe;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbingTest {
  private final Probing probing = new Probing(Duration.ofSeconds(5));

  @Test
  @DisplayName(
      "S1-13 clock wrong: a time server five hours ahead is CLOCK_SKEW with the difference")
  void clock() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(() -> answer(server, Duration.ofHours(5)));

      Probe probe = probing.clock("127.0.0.1", server.getLocalPort());
      answering.join();

      assertThat(probe.differenceSeconds()).isBetween(-18_003L, -17_997L);
      assertThat(
              new Diagnosis(Catalogue.get())
                  .rank(new Evidence(null, null, List.of(probe), null, null, null, null))
                  .get(0))
          .satisfies(
              cause -> {
                assertThat(cause.cause()).isEqualTo("CLOCK_SKEW");
                assertThat(cause.steps()).anyMatch(step -> step.contains("w32tm /resync"));
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIMARY_SUFFIX", "ACTIVE_DIRECTORY", "DHCP_OPTION_15"})
  @DisplayName("S2-01 S2-02 the SRV record of the zone gives host and port, and the zone is shown")
  void discovered(String zoneSource) throws IOException {
    try (DnsServer dns =
        new DnsServer(
            Map.of(
                "_vlmcs._tcp.corp.example.test",
                new DnsServer.Srv[] {
                  new DnsServer.Srv(10, 0, 1700, "kms2.corp.example.test"),
                  new DnsServer.Srv(0, 100, 1688, "kms1.corp.example.test")
                }))) {
      Probe found = probing.srv("corp.example.test", zoneSource, dns.address());

      assertThat(found.succeeded()).isTrue();
      assertThat(found.answers())
          .containsExactly("kms1.corp.example.test:1688", "kms2.corp.example.test:1700");
      assertThat(found.zone()).isEqualTo("corp.example.test");
      assertThat(found.zoneSource()).isEqualTo(zoneSource);

      Probe missing = probing.srv("other.example.test", zoneSource, dns.address());

      assertThat(missing.succeeded()).isFalse();
      assertThat(missing.code()).isEqualTo("0x8007232B");
      assertThat(
              new Diagnosis(Catalogue.get())
                  .rank(new Evidence(null, null, List.of(missing), null, null, null, null))
                  .get(0))
          .satisfies(
              cause -> {
                assertThat(cause.cause()).isEqualTo("DISCOVERY_FAILED");
                assertThat(cause.supporting().get(0).facts())
                    .containsEntry("zone", "other.example.test")
                    .containsEntry("zoneSource", zoneSource);
              });
    }
  }

  private static void answer(DatagramSocket server, Duration ahead) {
    try {
      byte[] packet = new byte[48];
      DatagramPacket asked = new DatagramPacket(packet, packet.length);
      server.receive(asked);
      long seconds = Instant.now().plus(ahead).getEpochSecond() + 2_208_988_800L;
      ByteBuffer.wrap(packet).putInt(40, (int) seconds);
      server.send(new DatagramPacket(packet, packet.length, asked.getSocketAddress()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
