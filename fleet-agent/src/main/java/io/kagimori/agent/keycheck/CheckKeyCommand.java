package io.kagimori.agent.keycheck;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.ProductKeyCheck;
import io.kagimori.contracts.ProductKeyCheck.Finding;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.SetupKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Examines product keys without sending or showing them. */
@Command(
    name = "check-key",
    description =
        "Format, alphabet, look-alikes, hyphens and full-width input of a product key."
            + " Shows no more of it than the last five characters.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori check-key XXXXX-XXXXX-XXXXX-XXXXX-XXXXX",
      "  kagimori check-key - < keys.txt      (one key a line, not in the shell's history)"
    })
public final class CheckKeyCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Parameters(
      paramLabel = "KEY",
      arity = "1..*",
      description = "Product keys; - reads them from standard input, one a line.")
  private List<String> keys;

  /**
   * The answer for all keys.
   *
   * @param valid whether every key is valid
   * @param keys what was noticed about each, in the order given
   */
  record Checked(boolean valid, List<CheckedKey> keys) {}

  /**
   * What was noticed about one key.
   *
   * @param valid whether no finding is an error
   * @param partialKey last five characters, when there are 25
   * @param setupKeyId id of the published setup key that it is, when it is one
   * @param findings what was noticed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CheckedKey(boolean valid, String partialKey, String setupKeyId, List<Finding> findings) {}

  @Override
  public Integer call() {
    List<CheckedKey> checked = texts().stream().map(CheckKeyCommand::check).toList();
    boolean valid = !checked.isEmpty() && checked.stream().allMatch(CheckedKey::valid);
    if (output.json()) {
      output.document(new Checked(valid, checked));
    } else {
      checked.forEach(this::print);
    }
    return valid ? Exit.DONE : Exit.NO;
  }

  private static CheckedKey check(String text) {
    ProductKeyCheck check = ProductKey.check(text);
    String setupKeyId =
        ProductKey.parse(text)
            .flatMap(
                key ->
                    Catalogue.get()
                        .products()
                        .setupKeyByPartial(key.partialKey())
                        .filter(setup -> setup.productKey().equals(key)))
            .map(SetupKey::keyId)
            .orElse(null);
    return new CheckedKey(check.valid(), check.partialKey(), setupKeyId, check.findings());
  }

  private void print(CheckedKey key) {
    String name = key.partialKey() == null ? "key" : "*****-*****-*****-*****-" + key.partialKey();
    output.line(name + ": " + (key.valid() ? output.good("valid") : output.bad("invalid")));
    if (key.setupKeyId() != null) {
      output.line("  published setup key " + key.setupKeyId());
    }
    for (Finding finding : key.findings()) {
      String place = finding.position() == null ? "" : " at character " + finding.position();
      output.line(
          "  %s %s%s: %s; %s"
              .formatted(
                  finding.severity().name().toLowerCase(Locale.ROOT),
                  finding.code(),
                  place,
                  finding.found(),
                  finding.suggestion()));
    }
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String key : keys) {
      if (key.equals("-")) {
        texts.addAll(lines());
      } else {
        texts.add(key);
      }
    }
    return texts;
  }

  private static List<String> lines() {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      return in.lines().filter(line -> !line.isBlank()).toList();
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw CommandFailure.outside(
          "STDIN", "Standard input could not be read: " + cause.getMessage() + ".", cause);
    }
  }
}
