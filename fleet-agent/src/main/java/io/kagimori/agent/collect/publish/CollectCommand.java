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
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.Fields;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
      "Known: slmgr, DISM, systeminfo, CIM/WMI, OSLicense, event logs, VAMT, Configuration Manager"
          + " and inventory tools, told apart by their content.",
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

  @Option(names = "--publish", description = "Send the facts as reports of devices and KMS hosts.")
  private boolean publish;

  /** What a machine prints has kilobytes, the export of a large site some ten megabytes. */
  private static final long BYTES_MAX = 128L << 20;

  private static final String TOO_LARGE = "it is larger than 128 MiB; split it first";

  @Option(
      names = "--device",
      paramLabel = "ID",
      description =
          "The device or KMS host the files come from; --publish needs it for whatever does not"
              + " name its device itself.")
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
   * @param kinds all that the file is; its kind is the foremost
   * @param reason why it was not read or not published; absent when all went well
   * @param eventIds ids of the events published
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReadFile(
      String name,
      Kind kind,
      List<Kind> kinds,
      String language,
      Map<String, Object> facts,
      List<Finding> findings,
      List<String> unrecognized,
      String reason,
      List<UUID> eventIds) {

    static ReadFile of(Collected collected) {
      return new ReadFile(
          collected.name(),
          collected.kind(),
          collected.kinds(),
          collected.language(),
          collected.facts(),
          collected.findings(),
          collected.unrecognized(),
          collected.reason().orElse(null),
          null);
    }

    static ReadFile unreadable(String name, String reason) {
      return new ReadFile(
          name, Kind.UNKNOWN, List.of(), "und", Map.of(), List.of(), List.of(), reason, null);
    }

    ReadFile because(String why) {
      return new ReadFile(
          name, kind, kinds, language, facts, findings, unrecognized, why, eventIds);
    }

    ReadFile published(List<UUID> ids) {
      return new ReadFile(name, kind, kinds, language, facts, findings, unrecognized, reason, ids);
    }
  }

  /** A file and the events it gives, not yet sent. */
  private record Prepared(ReadFile file, List<Answer> events) {}

  @Override
  public Integer call() {
    if (deviceId != null && new Fields().device(deviceId).invalid().isPresent()) {
      throw CommandFailure.usage(Failures.USAGE, "--device takes 1 to 128 characters.");
    }
    // All is read before anything is sent: wrong usage must not leave half of it done.
    List<Prepared> prepared = files.stream().map(this::prepare).toList();
    List<ReadFile> read =
        publish ? publish(prepared) : prepared.stream().map(Prepared::file).toList();
    boolean ok = read.stream().allMatch(file -> file.reason() == null);
    if (output.json()) {
      output.document(new ReadFiles(ok, read));
    } else {
      read.forEach(this::print);
    }
    return ok ? Exit.DONE : Exit.NO;
  }

  private Prepared prepare(String file) {
    try {
      boolean standardInput = file.equals("-");
      if (!standardInput && Files.isRegularFile(Path.of(file)) && isTooLarge(Path.of(file))) {
        return new Prepared(ReadFile.unreadable(file, TOO_LARGE), List.of());
      }
      byte[] bytes =
          standardInput
              ? System.in.readNBytes((int) BYTES_MAX + 1)
              : Files.readAllBytes(Path.of(file));
      if (bytes.length > BYTES_MAX) {
        return new Prepared(ReadFile.unreadable(file, TOO_LARGE), List.of());
      }
      Collected collected = Collector.read(standardInput ? "standard input" : file, bytes);
      ReadFile read = ReadFile.of(collected);
      if (!publish || read.reason() != null) {
        return new Prepared(read, List.of());
      }
      Instant collectedAt =
          standardInput ? Instant.now() : Files.getLastModifiedTime(Path.of(file)).toInstant();
      List<Answer> events =
          Reports.of(collected, bytes, Optional.ofNullable(deviceId), collectedAt);
      return events.isEmpty()
          ? new Prepared(
              read.because("it describes no device, so there is nothing to report"), events)
          : new Prepared(read, events);
    } catch (MissingDeviceException e) {
      throw CommandFailure.usage(
          Failures.USAGE, "--publish needs --device: of %s, %s.".formatted(file, e.getMessage()));
    } catch (AccessDeniedException e) {
      return new Prepared(
          ReadFile.unreadable(file, "this user has no right to read it"), List.of());
    } catch (NoSuchFileException e) {
      return new Prepared(ReadFile.unreadable(file, "there is no such file"), List.of());
    } catch (IOException e) {
      String reason =
          Files.isDirectory(Path.of(file))
              ? "it is a folder"
              : "it cannot be read: " + e.getMessage();
      return new Prepared(ReadFile.unreadable(file, reason), List.of());
    } catch (InvalidPathException e) {
      return new Prepared(ReadFile.unreadable(file, "that is no file name"), List.of());
    }
  }

  private static boolean isTooLarge(Path file) throws IOException {
    return Files.size(file) > BYTES_MAX;
  }

  private List<ReadFile> publish(List<Prepared> prepared) {
    List<ReadFile> read = new ArrayList<>();
    try (EventSender sender = new EventSender(connections.kafka())) {
      for (Prepared one : prepared) {
        one.events().forEach(sender::publish);
        List<UUID> ids = one.events().stream().map(Answer::id).toList();
        read.add(ids.isEmpty() ? one.file() : one.file().published(ids));
      }
    }
    return read;
  }

  private void print(ReadFile file) {
    output.line(output.strong(file.name()) + ": " + file.kind() + " (" + file.language() + ")");
    file.facts().forEach((name, value) -> output.line(printable("  " + name + ": " + value)));
    file.findings()
        .forEach(f -> output.line(printable("  finding " + f.code() + ": " + f.detail())));
    file.unrecognized().forEach(line -> output.line(printable("  not understood: " + line)));
    if (file.reason() != null) {
      output.line("  " + output.bad(file.reason()));
    }
    if (file.eventIds() != null) {
      file.eventIds().forEach(id -> output.line("  published as " + id));
    }
  }

  /** The text without signs that would control the terminal it is shown on. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      if (Character.isISOControl(out.charAt(i)) && out.charAt(i) != '\t') {
        out.setCharAt(i, '\uFFFD');
      }
    }
    return out.toString();
  }
}
