package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.local.LocalStack;
import io.kagimori.local.StackException;
import io.kagimori.local.StackOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key-service without keys to seal with must not take a registration. */
class SealingKeysIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("without its sealing keys key-service ends at once and says why, without a trace")
  void start() {
    StackOptions options =
        StackOptions.usual(CrashStack.project())
            .withServices(Map.of("key", 0))
            .withSettings(
                Map.of("kagimori.sealing.key-file", folder.resolve("none.key").toString()))
            .withData(folder.resolve("data"))
            .onFreePorts();

    try (LocalStack stack = LocalStack.start(options)) {
      assertThatThrownBy(() -> stack.awaitReady(CrashStack.SOON))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("died")
          .hasMessageContaining("KGM0203")
          .hasMessageNotContaining("\tat ");
    }
  }
}
