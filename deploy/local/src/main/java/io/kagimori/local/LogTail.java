package io.kagimori.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last lines of a log, to be shown under a message about the process that wrote it. Frames of a
 * stack trace stay in the log: what the reader needs is the messages between them.
 */
final class LogTail {
  private static final int BYTES = 32_000;
  private static final int LINES = 8;
  private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ (more|common)).*");

  private LogTail() {}

  /** The last lines, each on a line of its own and indented; empty when there is no log. */
  static String of(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - BYTES);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> lines =
          new String(bytes, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !FRAME.matcher(line).matches())
              .toList();
      StringBuilder tail = new StringBuilder();
      for (String line : lines.subList(Math.max(0, lines.size() - LINES), lines.size())) {
        tail.append(System.lineSeparator()).append("    ").append(line);
      }
      return tail.toString();
    } catch (IOException none) {
      return "";
    }
  }
}
