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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
