package io.kagimori.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The words of the command line as they were typed. Under the POSIX locale, which containers and
 * scheduled jobs often have, Java loses every character outside ASCII, and with it full-width keys
 * and dashes; Linux still knows the bytes.
 */
public final class TypedWords {
  private static final char LOST = '\uFFFD';
  private static final Path BYTES = Path.of("/proc/self/cmdline");

  private TypedWords() {}

  /** The words, restored from UTF-8 where characters were lost and the system still has them. */
  public static String[] restored(String[] args) {
    if (Arrays.stream(args).noneMatch(word -> word.indexOf(LOST) >= 0)) {
      return args;
    }
    try {
      return lastWords(Files.readAllBytes(BYTES), args);
    } catch (IOException e) {
      return args;
    }
  }

  /** The last words of a command line whose words each end with a zero byte. */
  static String[] lastWords(byte[] commandLine, String[] args) {
    List<String> words =
        Arrays.asList(new String(commandLine, StandardCharsets.UTF_8).split("\0", -1));
    int end = words.size() - 1;
    return end < args.length ? args : words.subList(end - args.length, end).toArray(String[]::new);
  }
}
