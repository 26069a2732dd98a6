package io.kagimori.agent.collect.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.collect.Collector;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Fields;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsHostReportedBuilder;
import io.kagimori.contracts.event.KmsRequestLogged;
import io.kagimori.contracts.event.Probe;
import io.kagimori.contracts.event.ProbeBuilder;
import io.kagimori.contracts.event.ProbeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final Instant THEN = Instant.parse("2026-11-21T01:02:03Z");

  private static List<Answer> reports(String file, String device) throws IOException {
    byte[] bytes = Files.readAllBytes(RESOURCES.resolve(file));
    return Reports.of(Collector.read(file, bytes), bytes, Optional.ofNullable(device), THEN);
  }

  private static <E extends Event> E only(List<Answer> events, EventType type, Class<E> as) {
    List<Answer> found = events.stream().filter(event -> event.type() == type).toList();
    assertThat(found).hasSize(1);
    E event = EventJson.read(found.get(0).body(), as);
    Fields fields = new Fields();
    event.check(fields);
    assertThat(fields.invalid()).isEmpty();
    return event;
  }

  @Test
  @DisplayName(
      "S2-34, S2-41 the listing of a KMS host reports the device, the host and its counters")
  void reportsTheHost() throws IOException {
    List<Answer> events = reports("samples/slmgr-dli/02-server2008r2-kms-host.txt", "kms01");

    KmsHostReported host = only(events, EventType.KMS_HOST_REPORTED, KmsHostReported.class);
    assertThat(host)
        .isEqualTo(
            KmsHostReportedBuilder.builder()
                .host("kms01")
                .port(1688)
                .activated(true)
                .currentCount(2)
                .partialKey("PYWKV")
                .dnsPublishing(true)
                .priority("NORMAL")
                .collectedAt(THEN)
                .requests(new KmsHostReported.Requests(826L, 0L, 0L, 826L, 0L, 0L, 0L, 0L))
                .build());
    DeviceReported device = only(events, EventType.DEVICE_REPORTED, DeviceReported.class);
    assertThat(device.licenses().get(0).channel()).isEqualTo("VOLUME_KMS_C");
  }

  @Test
  @DisplayName("S2-40 event 12290 becomes a logged request of the host that logged it")
  void reportsLoggedRequests() throws IOException {
    List<Answer> events = reports("outputs/event-12290-and-12293.txt", null);

    KmsRequestLogged request = only(events, EventType.KMS_REQUEST_LOGGED, KmsRequestLogged.class);
    assertThat(request)
        .isEqualTo(
            new KmsRequestLogged(
                "kms01.contoso.com",
                "36f27b39-2fd5-440b-be67-a09996d27a38",
                "PC-17.contoso.com",
                25,
                "0x00000000",
                2,
                41520L,
                Instant.parse("2024-03-01T07:12:00Z")));
  }

  @Test
  @DisplayName("S2-40 event 12288 without 12289 becomes evidence that the host did not respond")
  void reportsUnansweredRequests() {
    String unanswered = asked("07:12") + asked("09:12") + answered("07:12");

    Probe silent = only(probes(unanswered));
    assertThat(silent)
        .isEqualTo(
            ProbeBuilder.builder()
                .kind(ProbeKind.KMS_RESPONSE)
                .succeeded(false)
                .target("kms01.contoso.com")
                .port(1688)
                .code("0xC004F074")
                .at(Instant.parse("2024-03-01T09:12:00Z"))
                .build());
    assertThat(
            new Diagnosis(Catalogue.get())
                .rank(
                    new Evidence(
                        List.of("0xC004F074"), null, List.of(silent), null, null, null, null))
                .get(0)
                .cause())
        .isEqualTo("NO_HOST_RESPONSE");
    assertThat(only(probes(unanswered + answered("09:12"))).succeeded()).isTrue();
    assertThat(probes(answered("09:12"))).isEmpty();
  }

  private static Probe only(List<Probe> probes) {
    assertThat(probes).hasSize(1);
    return probes.get(0);
  }

  private static List<Probe> probes(String log) {
    byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
    return Reports.of(Collector.read("client.txt", bytes), bytes, Optional.of("pc-17"), THEN)
        .stream()
        .map(event -> EventJson.read(event.body(), DeviceReported.class))
        .flatMap(
            report -> {
              assertThat(report.deviceId()).isEqualTo("pc-17");
              assertThat(report.licenses()).isNull();
              return report.probes().stream();
            })
        .toList();
  }

  private static String asked(String time) {
    return """
        The client has sent an activation request to the key management service machine.
        Info:
        0xC004F074, 0x00000000, kms01.contoso.com:1688, 36f27b39-2fd5-440b-be67-a09996d27a38, 2024/03/01 %s, 0, 2, 41760, 68531fb9-5511-4989-97be-d11a0f55633f, 25

        """
        .formatted(time);
  }

  private static String answered(String time) {
    return """
        The client has processed an activation response from the key management service machine.
        Info:
        0x00000000, 0x00000000, 1, 0, 50, 120, 10080, 2024/03/01 %s

        """
        .formatted(time);
  }

  @Test
  @DisplayName("S2-21 event 12293 becomes a report of the host whose record was refused")
  void reportsRefusedRecords() throws IOException {
    List<Answer> events = reports("outputs/event-12290-and-12293.txt", null);

    KmsHostReported host = only(events, EventType.KMS_HOST_REPORTED, KmsHostReported.class);
    assertThat(host.host()).isEqualTo("kms01.contoso.com");
    assertThat(host.collectedAt()).isEqualTo(THEN);
    assertThat(host.events())
        .containsExactly(new KmsHostReported.Logged(12293, THEN, "0x80072338", "contoso.com"));
    assertThat(events).hasSize(2);
  }

  @Test
  @DisplayName("S2-12, S2-19 registry and service beside a listing name the service and the policy")
  void reportsServiceAndPolicy() {
    String text =
        """
        Name: Windows Server(R), ServerStandard edition
        Description: Windows(R) Operating System, VOLUME_KMS_WS22 channel
        License Status: Licensed
        Key Management Service is enabled on this machine
            Current count: 12

        SERVICE_NAME: sppsvc
                TYPE               : 10  WIN32_OWN_PROCESS
                STATE              : 4  RUNNING

        HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\CurrentVersion\\Software Protection Platform
            KeyManagementServiceName    REG_SZ    kms01.corp.example
            KeyManagementServicePort    REG_SZ    1700
        """;

    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<Answer> events =
        Reports.of(Collector.read("all", bytes), bytes, Optional.of("kms01"), THEN);

    KmsHostReported host = only(events, EventType.KMS_HOST_REPORTED, KmsHostReported.class);
    assertThat(host.serviceName()).isEqualTo("sppsvc");
    assertThat(host.configuredBy()).isEqualTo("GROUP_POLICY");
    DeviceReported device = only(events, EventType.DEVICE_REPORTED, DeviceReported.class);
    assertThat(device.licenses().get(0).kms().registeredHost()).isEqualTo("kms01.corp.example");
    assertThat(device.licenses().get(0).kms().configuredBy()).isEqualTo("GROUP_POLICY");
  }

  @Test
  @DisplayName("S2-41 a service that started dates a KMS host and makes none of a client")
  void startsOfTheService() {
    String started = event(902, "2026-11-20T08:00:00.000Z", "The service has started.");
    String published =
        event(12294, "2026-11-20T08:00:05.000Z", "Publishing to DNS was successful.");

    assertThat(hosts(started)).isEmpty();
    assertThat(hosts(started + published))
        .extracting(KmsHostReported::host, KmsHostReported::events)
        .containsExactly(
            tuple(
                "kms01.contoso.com",
                List.of(
                    new KmsHostReported.Logged(
                        902, Instant.parse("2026-11-20T08:00:00Z"), null, null),
                    new KmsHostReported.Logged(
                        12294, Instant.parse("2026-11-20T08:00:05Z"), null, null))));
  }

  private static String event(int id, String at, String message) {
    return """
        Event[0]:
          Log Name: Application
          Source: Microsoft-Windows-Security-SPP
          Date: %s
          Event ID: %d
          Level: Information
          Computer: kms01.contoso.com
          Description:
        %s

        """
        .formatted(at, id, message);
  }

  private static List<KmsHostReported> hosts(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Collected collected = Collector.read("events.txt", bytes);
    assertThat(collected.facts()).containsKey("events");
    return Reports.of(collected, bytes, Optional.empty(), THEN).stream()
        .filter(event -> event.type() == EventType.KMS_HOST_REPORTED)
        .map(event -> EventJson.read(event.body(), KmsHostReported.class))
        .toList();
  }

  @Test
  @DisplayName("An export names its devices: one report for each")
  void reportsEachDeviceOfAnExport() throws IOException {
    List<Answer> events = reports("outputs/vamt-export.csv", null);

    assertThat(events)
        .extracting(Answer::key)
        .containsExactly("pc-1.contoso.com", "pc-2.contoso.com");
    DeviceReported first = EventJson.read(events.get(0).body(), DeviceReported.class);
    assertThat(first.source()).isEqualTo("VAMT");
    assertThat(first.licenses().get(0).kms().host()).isEqualTo("kms01.contoso.com");
    assertThat(first.licenses().get(0).licenseStatus()).isEqualTo(1);
  }

  @Test
  @DisplayName("DISM and systeminfo report edition, targets, build and updates")
  void reportsTheMachine() throws IOException {
    DeviceReported dism =
        only(
            reports("outputs/dism-japanese.txt", "pc-1"),
            EventType.DEVICE_REPORTED,
            DeviceReported.class);
    assertThat(dism.edition()).isEqualTo("ServerStandard");
    assertThat(dism.targetEditions()).containsExactly("ServerDataCenter", "ServerEnterprise");
    assertThat(dism.source()).isEqualTo("DISM");

    DeviceReported info =
        only(
            reports("outputs/systeminfo-english.txt", "pc-1"),
            EventType.DEVICE_REPORTED,
            DeviceReported.class);
    assertThat(info.osBuild()).isEqualTo("17763");
    assertThat(info.updates()).containsExactly("KB5011495", "KB4577586");
  }

  @Test
  @DisplayName("S0-01 S0-02 the present edition is the same report in Japanese and in English")
  void sameReportInBothLanguages() {
    DeviceReported english =
        said("Image Version: 6.1.7600.16385", "Current Edition : ServerStandard", "");
    DeviceReported japanese =
        said("イメージのバージョン: 6.1.7600.16385", "現在のエディション : ServerStandard", "操作は正常に完了しました。");

    assertThat(english.edition()).isEqualTo("ServerStandard");
    assertThat(japanese.language()).isEqualTo("ja");
    assertThat(japanese).usingRecursiveComparison().ignoringFields("language").isEqualTo(english);
  }

  @Test
  @DisplayName("S1-25 DISM tells build and revision of the running system where they are its own")
  void build() {
    assertThat(said("Image Version: 10.0.17763.5458", "Current Edition : ServerStandard").osBuild())
        .isEqualTo("17763.5458");
    assertThat(said("Image Version: 6.1.7601.18489", "Current Edition : ServerStandard").osBuild())
        .isNull();
  }

  private static DeviceReported said(String... lines) {
    String text = "C:\\>DISM /online /Get-CurrentEdition\n\n" + String.join("\n\n", lines);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return only(
        Reports.of(Collector.read("dism.txt", bytes), bytes, Optional.of("pc-1"), THEN),
        EventType.DEVICE_REPORTED,
        DeviceReported.class);
  }

  @Test
  @DisplayName("What belongs to no device is refused rather than guessed")
  void needsADevice() {
    assertThatThrownBy(() -> reports("samples/slmgr-dli/01-win7-kms-client.txt", null))
        .isInstanceOf(MissingDeviceException.class);
  }

  @Test
  @DisplayName("The same text of the same device and time is the same event, byte for byte")
  void sameTextSameEvent() throws IOException {
    List<Answer> once = reports("samples/slmgr-dli/01-win7-kms-client.txt", "pc-1");
    List<Answer> again = reports("samples/slmgr-dli/01-win7-kms-client.txt", "pc-1");

    assertThat(once.get(0).id()).isEqualTo(again.get(0).id());
    assertThat(once.get(0).body()).isEqualTo(again.get(0).body());
    assertThat(new String(once.get(0).body(), StandardCharsets.UTF_8)).contains("DVQ7P");
  }
}
