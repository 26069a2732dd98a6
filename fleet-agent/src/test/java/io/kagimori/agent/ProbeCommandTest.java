package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real tries on the loopback device. */
class ProbeCommandTest {

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  @DisplayName("S1-11 firewall or proxy: a connection that fails is told with host, port and proxy")
  void tcp() throws IOException {
    try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int closed = closedPort();
      JsonNode probes =
          typed(
                  "probe",
                  "--tcp",
                  "127.0.0.1:" + open.getLocalPort(),
                  "--tcp",
                  "127.0.0.1:" + closed,
                  "--timeout",
                  "3",
                  "--json")
              .json()
              .path("probes");

      assertThat(probes.at("/0/succeeded").asBoolean()).isTrue();
      assertThat(probes.at("/1/succeeded").asBoolean(true)).isFalse();
      assertThat(probes.at("/1/port").asInt()).isEqualTo(closed);
    }
    String proxy = "http://127.0.0.1:" + closedPort();
    Typed blocked =
        typed(
            "probe",
            "--tcp",
            "activation.example.test:443",
            "--proxy",
            proxy,
            "--timeout",
            "3",
            "--json");
    assertThat(blocked.exitCode()).isEqualTo(Exit.NO);
    assertThat(blocked.json().at("/causes/0/cause").asText()).isEqualTo("NETWORK_BLOCKED");
    assertThat(blocked.json().at("/causes/0/supporting/0/facts").toString())
        .contains("activation.example.test", "443", proxy);
  }

  @Test
  @DisplayName("S1-12 DNS wrong: a resolver that does not answer is DNS_FAILURE with both names")
  void dns() throws IOException {
    String resolver = "127.0.0.1:" + closedPort();

    Typed failed =
        typed(
            "probe",
            "--name",
            "activation.example.test",
            "--resolver",
            resolver,
            "--timeout",
            "1",
            "--json");

    assertThat(failed.exitCode()).isEqualTo(Exit.NO);
    assertThat(failed.json().at("/causes/0/cause").asText()).isEqualTo("DNS_FAILURE");
    assertThat(failed.json().at("/causes/0/supporting/0/facts").toString())
        .contains("activation.example.test", resolver);
  }

  @Test
  @DisplayName("S2-02 discovery in a workgroup: no zone at all is DISCOVERY_FAILED by that cause")
  void noZone() {
    Typed failed = typed("probe", "--srv", "--zone-source", "DHCP_OPTION_15", "--json");

    assertThat(failed.json().at("/causes/0/cause").asText()).isEqualTo("DISCOVERY_FAILED");
    assertThat(failed.json().at("/causes/0/supporting/0/finding").asText())
        .isEqualTo("ZONE_MISSING");
    assertThat(failed.json().at("/probes/0/zoneSource").asText()).isEqualTo("DHCP_OPTION_15");
  }

  @Test
  @DisplayName("Nothing to try, or no port, is wrong usage")
  void usage() {
    assertThat(typed("probe").exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed("probe", "--tcp", "kms1.example.org").exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed("probe", "--tcp", "kms1:70000").exitCode()).isEqualTo(Exit.USAGE);
  }
}
