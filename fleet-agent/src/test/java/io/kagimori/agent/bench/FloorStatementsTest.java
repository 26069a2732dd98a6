package io.kagimori.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The floor is worth its name only while it runs the statements of the services. It repeats them
 * because it must do without the services' code.
 */
class FloorStatementsTest {
  private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL);

  /** Table and columns of a COPY, as a text block or on one line. */
  private static final Pattern COPIED = Pattern.compile("\"\\s*(\\w+ \\(\\w+,[\\w,\\s]+\\))\\s*\"");

  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  /** The floor's keys never change but in number, so it sets two columns where we set all. */
  private static final String FEWER_COLUMNS = "update product_key set";

  /** The floor of stages has no documents, so what it writes is its own. */
  private static final String NO_DOCUMENT = "update floor.";

  @Test
  @DisplayName("each statement of the floor stands in a service word for word")
  void same() {
    String services =
        Stream.of("key-service", "activation-service", "esu-service", "stream-runtime")
            .map(module -> PROJECT.resolve(module).resolve("src/main/java"))
            .flatMap(FloorStatementsTest::sources)
            .reduce("", String::concat);
    List<String> floor =
        sources(Path.of("src/main/java/io/kagimori/agent/bench"))
            .flatMap(FloorStatementsTest::statements)
            .filter(statement -> !statement.strip().startsWith(FEWER_COLUMNS))
            .filter(statement -> !statement.strip().startsWith(NO_DOCUMENT))
            .map(FloorStatementsTest::oneSpace)
            .toList();

    assertThat(floor).hasSizeGreaterThanOrEqualTo(13);
    String all = oneSpace(services);
    assertThat(floor).allSatisfy(statement -> assertThat(all).contains(withoutColumns(statement)));
  }

  private static Stream<String> statements(String source) {
    return Stream.concat(
        TEXT_BLOCK
            .matcher(source)
            .results()
            .map(block -> block.group(1))
            .filter(FloorStatementsTest::isStatement),
        COPIED.matcher(source).results().map(into -> into.group(1)));
  }

  private static boolean isStatement(String block) {
    String start = block.strip().toLowerCase(Locale.ROOT);
    return Stream.of("select ", "insert ", "update ", "delete ").anyMatch(start::startsWith);
  }

  /** key-service puts the columns of a key together from a constant. */
  private static String withoutColumns(String statement) {
    return statement.startsWith("select key_id, kind")
        ? statement.substring(statement.indexOf("from product_key"))
        : statement;
  }

  private static String oneSpace(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static Stream<String> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream()
          .map(FloorStatementsTest::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
