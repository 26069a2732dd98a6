package io.kagimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  @DisplayName("--fresh removes what a stack made and nothing else")
  void freshRemovesOwnOnly() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    try (DataDirectory first = open(false)) {
      Files.createDirectories(first.broker());
      Files.writeString(first.broker().resolve("records"), "old");
      first.sealingKey();
    }

    try (DataDirectory second = open(true)) {
      assertThat(second.broker()).doesNotExist();
      assertThat(folder.resolve("sealing.key")).doesNotExist();
      assertThat(folder.resolve("notes.txt")).hasContent("mine");
    }
  }

  @Test
  @DisplayName("--fresh follows no link out of the folder")
  void freshFollowsNoLink(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("notes.txt"), "mine");
    try (DataDirectory first = open(false)) {
      Files.createSymbolicLink(first.broker(), elsewhere);
    }

    open(true).close();

    assertThat(folder.resolve("broker")).doesNotExist();
    assertThat(elsewhere.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  @DisplayName("A folder with entries of the stack's names that no stack made is refused untouched")
  void foreignFolderIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("logs"));

    assertThatThrownBy(() -> open(true))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("'logs', which no stack made")
        .hasMessageContaining("--data");
    try (var entries = Files.list(folder)) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  @DisplayName("The sealing key is made once, for its owner only, with two keys of 32 bytes")
  void sealingKeyIsMadeOnce() throws IOException {
    try (DataDirectory data = open(false)) {
      Path file = data.sealingKey();
      List<String> lines = Files.readAllLines(file);

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0)).startsWith("fingerprint:");
      assertThat(lines.get(1)).matches("\\d{4}-\\d{2}:.+");
      assertThat(lines)
          .allSatisfy(
              line ->
                  assertThat(Base64.getDecoder().decode(line.substring(line.indexOf(':') + 1)))
                      .hasSize(32));
      data.sealingKey();
      assertThat(Files.readAllLines(file)).isEqualTo(lines);
    }
  }

  @Test
  @DisplayName("A service that is not built is named with the command that builds it")
  void missingJarIsNamed() {
    StackOptions options =
        StackOptions.usual(folder)
            .withServices(Map.of("key", 8081))
            .withData(folder.resolve("data"))
            .onFreePorts();

    assertThatThrownBy(() -> LocalStack.start(options))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("key-service is not built")
        .hasMessageContaining("./mvnw -q -B -DskipTests package");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  private DataDirectory open(boolean fresh) {
    DataDirectory data = DataDirectory.open(folder);
    data.prepare(fresh);
    return data;
  }
}
