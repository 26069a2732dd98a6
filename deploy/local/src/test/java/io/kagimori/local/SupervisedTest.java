package io.kagimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final int port = Ports.free();
  private Supervised service;

  @AfterEach
  void endService() {
    if (service != null) {
      service.discard();
    }
  }

  @Test
  @DisplayName("A service that dies comes back and the death is counted")
  void diedServiceComesBack() {
    service = supervised(fakeService(FakeService.class.getName()));
    service.start();
    service.awaitReady(SOON);
    long first = service.pid();

    service.kill();

    await().atMost(SOON).until(() -> service.restarts() == 1 && service.isReady());
    assertThat(service.pid()).isNotEqualTo(first);
  }

  @Test
  @DisplayName("A stopped service got the signal, ended in good order and stays away")
  void stoppedServiceStaysAway() {
    service = supervised(fakeService(FakeService.class.getName()));
    service.start();
    service.awaitReady(SOON);

    service.stop();

    assertThat(farewell()).hasContent("ended in good order");
    await()
        .during(Duration.ofSeconds(1))
        .atMost(SOON)
        .untilAsserted(() -> assertThat(service.isRunning()).isFalse());
    assertThat(service.restarts()).isZero();
  }

  @Test
  @DisplayName("A service ends in good order when the supervisor's end of its input goes away")
  void endsWithItsParent() throws IOException {
    Process process = fakeService(FakeService.class.getName()).launch();
    ServiceProcess part = fakeService(FakeService.class.getName());
    await().atMost(SOON).until(part::isReady);

    process.getOutputStream().close();

    await().atMost(SOON).until(() -> !process.isAlive());
    assertThat(farewell()).hasContent("ended in good order");
  }

  @Test
  @DisplayName("A service that never starts is given up with its log's last lines")
  void hopelessServiceIsGivenUp() {
    service = supervised(fakeService("io.kagimori.local.NoSuchService"));
    service.start();

    assertThatThrownBy(() -> service.awaitReady(SOON))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("fake-service died 3 times while starting")
        .hasMessageContaining("ClassNotFoundException");
  }

  @Test
  @DisplayName("Environment reaches the service and output reaches its log")
  void handsInEnvironmentAndKeepsLog() {
    service = supervised(fakeService(FakeService.class.getName()));
    service.start();
    service.awaitReady(SOON);

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Files.readString(folder.resolve("fake.log")))
                    .contains("greeting=good day"));
  }

  private ServiceProcess fakeService(String mainClass) {
    return new ServiceProcess(
        "fake-service",
        Launch.codeOf(FakeService.class),
        mainClass,
        port,
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m"),
        Map.of("quarkus.http.port", Integer.toString(port), "farewell", farewell().toString()),
        Map.of("GREETING", "good day"),
        folder.resolve("fake.log"));
  }

  private static Supervised supervised(Part part) {
    return new Supervised(part, Duration.ofSeconds(10));
  }

  private Path farewell() {
    return folder.resolve("farewell");
  }
}
