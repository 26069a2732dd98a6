package io.kagimori.agent.keys;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Terminal;
import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.ProductKeyCheck;
import io.kagimori.contracts.ProductKeyCheck.Finding;
import io.kagimori.contracts.ProductKeyCheck.Severity;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/**
 * Where a product key comes from, mixed into commands that take one: a file, the prompt without
 * echo, standard input, or for throw-away keys the command line.
 */
public final class SecretKeyInput {
  @Option(
      names = "--product-key-file",
      paramLabel = "FILE",
      description = "File whose first line is the product key.")
  private Path file;

  @Option(
      names = "--product-key",
      paramLabel = "KEY",
      description =
          "The product key itself; stays in the shell's history. Without this and without a file"
              + " it is asked for, or read from standard input.")
  private String argument;

  /**
   * The key.
   *
   * @throws CommandFailure when there is none or it is not well formed; the message says what was
   *     noticed and nothing of the key beyond the offending characters
   */
  ProductKey read() {
    String text = text();
    ProductKeyCheck check = ProductKey.check(text);
    if (!check.valid()) {
      throw CommandFailure.no(
          ProductKeyCheck.KEY_FORMAT_INVALID,
          "The product key is not well formed: "
              + check.findings().stream()
                  .filter(finding -> finding.severity() == Severity.ERROR)
                  .map(SecretKeyInput::sentence)
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return ProductKey.of(text);
  }

  private static String sentence(Finding finding) {
    return finding.position() == null
        ? finding.code() + " (" + finding.found() + ")"
        : finding.code() + " at character " + finding.position();
  }

  private String text() {
    if (argument != null) {
      return argument;
    }
    try {
      if (file != null) {
        return firstLine(Files.newBufferedReader(file));
      }
      Optional<Console> console = Terminal.console();
      if (console.isPresent()) {
        char[] typed = console.get().readPassword("Product key: ");
        return typed == null ? "" : new String(typed);
      }
      return firstLine(
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw CommandFailure.outside(
          "KEY_NOT_READ",
          "The product key could not be read from "
              + (file == null ? "standard input" : file)
              + ".",
          e);
    }
  }

  private static String firstLine(BufferedReader reader) throws IOException {
    try (reader) {
      String line = reader.readLine();
      return line == null ? "" : line;
    }
  }
}
