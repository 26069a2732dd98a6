package io.kagimori.agent.collect.publish;

import static io.kagimori.agent.Typed.typed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.agent.Typed;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.collect.Collector;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.Fields;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectCommandTest {
  private static final Path SAMPLE =
      Path.of("src/test/resources/samples/slmgr-dlv/03-win11-pro-retail-typed-note-ja.txt");
  private static final Path KMS_HOST =
      Path.of(
          "src/test/resources/samples/slmgr-dlv/02-office2010-kms-host-licensed-and-removed.txt");

  @TempDir private Path folder;

  @Test
  @DisplayName("A missing file is named, and the others are read all the same")
  void missingFile() {
    String missing = folder.resolve("nowhere.txt").toString();

    Typed typed = typed("collect", missing, SAMPLE.toString(), "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.json().at("/ok").asBoolean()).isFalse();
    assertThat(typed.json().at("/files/0/name").asText()).isEqualTo(missing);
    assertThat(typed.json().at("/files/0/reason").asText()).contains("no such file");
    assertThat(typed.json().at("/files/1/kind").asText()).isEqualTo("SLMGR_DLV");
    assertThat(typed.json().at("/files/1/reason").isMissingNode()).isTrue();
  }

  @Test
  @DisplayName("A text that is nothing known is named with the reason")
  void unknownText() throws IOException {
    Path note = Files.writeString(folder.resolve("note.txt"), "Dear diary\n");

    Typed typed = typed("collect", note.toString());

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.out()).contains("UNKNOWN").contains("no known output");
  }

  @Test
  @DisplayName("Archives, pictures and folders are named with the reason, and the others are read")
  void noTexts() throws IOException {
    Path archive = Files.write(folder.resolve("a.txt"), new byte[] {'P', 'K', 3, 4, 1, 2, 3});
    Path log = Files.write(folder.resolve("b.txt"), "ElfFile\0\0\0".getBytes(ISO_8859_1));
    byte[] mainframe =
        "Partial Product Key and License Status are here".getBytes(Charset.forName("IBM500"));
    Path ebcdic = Files.write(folder.resolve("c.txt"), mainframe);
    byte[] noise = new byte[5_000];
    new Random(1).nextBytes(noise);
    Path random = Files.write(folder.resolve("d.txt"), noise);
    Path empty = Files.createFile(folder.resolve("e.txt"));

    Typed typed =
        typed(
            "collect",
            archive.toString(),
            log.toString(),
            ebcdic.toString(),
            random.toString(),
            empty.toString(),
            folder.toString(),
            SAMPLE.toString(),
            "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.json().at("/files").findValuesAsText("reason"))
        .satisfiesExactly(
            reason -> assertThat(reason).contains("ZIP archive"),
            reason -> assertThat(reason).contains("event log in its binary form"),
            reason -> assertThat(reason).contains("EBCDIC"),
            reason -> assertThat(reason).isEqualTo("the file is no text"),
            reason -> assertThat(reason).isEqualTo("the text is empty"),
            reason -> assertThat(reason).isEqualTo("it is a folder"));
    assertThat(typed.json().at("/files/6/kind").asText()).isEqualTo("SLMGR_DLV");
  }

  @Test
  @DisplayName("What would control a terminal is not sent to it")
  void controlCharacters() throws IOException {
    String text =
        "License Status: Licensed\nPartial Product Key: 3V66T\nred \u001B[31malarm\u0007\n";
    Path file = Files.writeString(folder.resolve("note.txt"), text);

    Typed typed = typed("collect", file.toString());

    assertThat(typed.out()).contains("3V66T").contains("alarm").doesNotContain("\u001B", "\u0007");
  }

  @Test
  @DisplayName("--publish without a device is wrong usage")
  void publishWithoutDevice() {
    Typed typed = typed("collect", SAMPLE.toString(), "--publish", "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.json().at("/error/message").asText()).contains("--device");
  }

  @Test
  @DisplayName("The facts of a listing become a report that the services accept")
  void report() throws IOException {
    Collected collected = Collector.read("sample", Files.readAllBytes(KMS_HOST));

    DeviceReported report =
        DeviceReports.of(collected, Optional.of("pc-1"), Instant.parse("2026-11-21T00:00:00Z"))
            .get(0);

    Fields fields = new Fields();
    report.check(fields);
    assertThat(fields.invalid()).isEmpty();
    assertThat(report.source()).isEqualTo("SLMGR");
    assertThat(report.licenses()).isNotEmpty();
    assertThat(report.licenses())
        .anySatisfy(license -> assertThat(license.licenseStatus()).isEqualTo(1));
    assertThat(EventJson.read(EventJson.bytes(report), DeviceReported.class)).isEqualTo(report);
  }

  @Test
  @DisplayName("A short answer of a command lists no license and is no report")
  void noReport() {
    Collected message =
        Collector.read(
            "sample", "Product activated successfully.".getBytes(StandardCharsets.UTF_8));

    assertThat(DeviceReports.of(message, Optional.of("pc-1"), Instant.EPOCH)).isEmpty();
  }
}
