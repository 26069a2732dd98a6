package io.kagimori.key.store;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys that product keys are sealed with, one a line: {@code fingerprint:<base64>} tells keys
 * apart and never changes; of the others, {@code <id>:<base64>}, the first seals and all open. To
 * rotate, put a new line in front and keep the old ones until nothing is sealed with them.
 */
@Startup
@ApplicationScoped
public class SealingKeys {
  private static final String FINGERPRINT = "fingerprint";
  private static final int KEY_BYTES = 32;

  private final Map<String, SecretKey> sealing = new LinkedHashMap<>();
  private final SecretKey fingerprint;

  SealingKeys(
      @ConfigProperty(name = "kagimori.sealing.keys") Optional<String> keys,
      @ConfigProperty(name = "kagimori.sealing.key-file") Optional<Path> file) {
    Map<String, byte[]> lines = parse(keys.orElseGet(() -> read(file)));
    byte[] fingerprintKey = lines.remove(FINGERPRINT);
    if (fingerprintKey == null || lines.isEmpty()) {
      throw new IllegalStateException(
          "KGM0201 sealing keys need one line 'fingerprint:<base64>' and one '<id>:<base64>'");
    }
    fingerprint = new SecretKeySpec(fingerprintKey, "HmacSHA256");
    lines.forEach((id, bytes) -> sealing.put(id, new SecretKeySpec(bytes, "AES")));
  }

  private static String read(Optional<Path> file) {
    Path path =
        file.orElseThrow(
            () ->
                new IllegalStateException(
                    "KGM0202 no sealing keys: set KAGIMORI_SEALING_KEYS or"
                        + " KAGIMORI_SEALING_KEY_FILE"));
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new IllegalStateException("KGM0203 sealing key file is not readable: " + path, e);
    }
  }

  private static Map<String, byte[]> parse(String text) {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      int colon = line.lastIndexOf(':');
      byte[] key = colon < 1 ? new byte[0] : decode(line.substring(colon + 1));
      if (key.length != KEY_BYTES) {
        throw new IllegalStateException(
            "KGM0204 a sealing key is an id, a colon and " + KEY_BYTES + " bytes in base64");
      }
      String id = line.substring(0, colon);
      if (keys.put(id, key) != null) {
        throw new IllegalStateException(
            "KGM0204 sealing key id "
                + id
                + " stands twice; what one sealed, the other cannot open");
      }
    }
    return keys;
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // Answered like a key of the wrong length; the text itself must not reach a log.
      return new byte[0];
    }
  }

  /** The id of the key that seals today. */
  String currentId() {
    return sealing.keySet().iterator().next();
  }

  /** The sealing key of that id. */
  SecretKey sealing(String id) {
    SecretKey key = sealing.get(id);
    if (key == null) {
      throw new IllegalStateException("KGM0205 sealing key " + id + " is not configured");
    }
    return key;
  }

  /** The key of fingerprints. */
  SecretKey fingerprint() {
    return fingerprint;
  }
}
