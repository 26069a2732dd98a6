package io.kagimori.agent.collect.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.collect.Collector;
import io.kagimori.agent.collect.Finding;
import io.kagimori.agent.collect.Kind;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads what licensing tools printed and shows or publishes the facts. */
@Command(
    name = "collect",
    description = {
      "Reads what licensing tools print, in any UI language, and shows the facts.",
      "A file that cannot be read or is not known is named; the others are read all the same."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori collect dlv.txt --json",
      "  cscript slmgr.vbs /dlv | kagimori collect - --publish --device pc-17"
    })
public final class CollectCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files with the output of a tool; - is standard input.")
  private List<String> files;

  @Option(names = "--publish", description = "Send the facts as the report of a device.")
  private boolean publish;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The device the files come from; --publish needs it.")
  private String deviceId;

  /**
   * The answer for all files.
   *
   * @param ok whether every file was read, and published where that was wanted
   * @param files what each one states
   */
  record ReadFiles(boolean ok, List<ReadFile> files) {}

  /**
   * What one file states.
   *
   * @param reason why it was not read or not published; absent when all went well
   * @param eventId id of the event published
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReadFile(
      String name,
      Kind kind,
      String language,
      Map<String, Object> facts,
      List<Finding> findings,
      List<String> unrecognized,
      String reason,
      UUID eventId) {

    static ReadFile of(Collected collected) {
      return new ReadFile(
          collected.name(),
          collected.kind(),
          collected.language(),
          collected.facts(),
          collected.findings(),
          collected.unrecognized(),
          collected.reason().orElse(null),
          null);
    }

    static ReadFile unreadable(String name, String reason) {
      return new ReadFile(name, Kind.UNKNOWN, "und", Map.of(), List.of(), List.of(), reason, null);
    }

    ReadFile because(String why) {
      return new ReadFile(name, kind, language, facts, findings, unrecognized, why, eventId);
    }

    ReadFile published(UUID id) {
      return new ReadFile(name, kind, language, facts, findings, unrecognized, reason, id);
    }
  }

  @Override
  public Integer call() {
    if (publish) {
      requireDevice();
    }
    List<ReadFile> read = new ArrayList<>();
    try (EventSender sender = publish ? new EventSender(connections.kafka()) : null) {
      for (String file : files) {
        read.add(read(file, Optional.ofNullable(sender)));
      }
    }
    boolean ok = read.stream().allMatch(file -> file.reason() == null);
    if (output.json()) {
      output.document(new ReadFiles(ok, read));
    } else {
      read.forEach(this::print);
    }
    return ok ? Exit.DONE : Exit.NO;
  }

  private void requireDevice() {
    Optional<String> invalid = new Fields().device(deviceId).invalid();
    if (invalid.isPresent()) {
      throw CommandFailure.usage(
          Failures.USAGE, "--publish needs --device with 1 to 128 characters.");
    }
  }

  private ReadFile read(String file, Optional<EventSender> sender) {
    try {
      boolean standardInput = file.equals("-");
      byte[] bytes = standardInput ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      Collected collected = Collector.read(standardInput ? "standard input" : file, bytes);
      ReadFile read = ReadFile.of(collected);
      if (sender.isEmpty() || read.reason() != null) {
        return read;
      }
      Instant collectedAt =
          standardInput ? Instant.now() : Files.getLastModifiedTime(Path.of(file)).toInstant();
      return published(read, collected, bytes, collectedAt, sender.get());
    } catch (NoSuchFileException e) {
      return ReadFile.unreadable(file, "there is no such file");
    } catch (IOException e) {
      return ReadFile.unreadable(file, "it cannot be read: " + e.getMessage());
    }
  }

  private ReadFile published(
      ReadFile read, Collected collected, byte[] bytes, Instant at, EventSender sender) {
    Instant collectedAt = at.truncatedTo(ChronoUnit.MILLIS);
    Optional<DeviceReported> report = DeviceReports.of(collected, deviceId, collectedAt);
    if (report.isEmpty()) {
      return read.because("it lists no license, so there is nothing to report");
    }
    // The same file of the same device is the same event, so sending it twice changes nothing.
    UUID id = EventIds.named("report/" + deviceId + "/" + collectedAt + "/" + digest(bytes));
    sender.publish(EventSender.event(EventType.DEVICE_REPORTED, id, Instant.now(), report.get()));
    return read.published(id);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void print(ReadFile file) {
    output.line(output.strong(file.name()) + ": " + file.kind() + " (" + file.language() + ")");
    file.facts().forEach((name, value) -> output.line("  " + name + ": " + value));
    file.findings().forEach(f -> output.line("  finding " + f.code() + ": " + f.detail()));
    file.unrecognized().forEach(line -> output.line("  not understood: " + line));
    if (file.reason() != null) {
      output.line("  " + output.bad(file.reason()));
    }
    if (file.eventId() != null) {
      output.line("  published as " + file.eventId());
    }
  }
}
