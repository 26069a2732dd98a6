package io.kagimori.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A folder per user for what can be made again at any time: unpacked programs. {@code
 * KAGIMORI_CACHE} moves it.
 */
final class Cache {
  private Cache() {}

  /** The folder, made when missing. */
  static Path folder() {
    Path folder =
        environment("KAGIMORI_CACHE")
            .or(() -> environment("XDG_CACHE_HOME").map(base -> base.resolve("kagimori")))
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "kagimori"))
            .toAbsolutePath();
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StackException(
          "The cache folder %s cannot be made; choose another with KAGIMORI_CACHE."
              .formatted(folder),
          e);
    }
  }

  static String digest(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Enough of a SHA-256 digest to tell contents apart, as hexadecimal digits. */
  static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Optional<Path> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank()).map(Path::of);
  }
}
